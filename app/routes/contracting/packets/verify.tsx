import { useActionData, useLoaderData } from '@remix-run/react'
import { VerifyFile } from '../../../../worker/contracting/packets/contract.ts'
import { verifyFile } from '../../../../worker/contracting/packets/verify-file.ts'
import { action as posted, input, page } from '../../../page.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { PublicFrame } from '../../../shell/public-frame.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { FileVerdictNotice } from './file-verdict.tsx'
import { VerifyDrop } from './verify-drop.tsx'

export const meta = () => [{ title: 'Verify a PDF · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

/** Digests only: what a browser made of a file, or what somebody typed. */
export const action = posted(async ({ door, form }) => {
  const sha256 = (form.get('sha256') ?? '').trim().toLowerCase()
  return { asked: sha256, verdict: await verifyFile(door.visit(), input(VerifyFile, { sha256, seals: (form.get('seals') ?? '').split(' ').filter((seal) => seal !== '') })) }
})

export default function Verify() {
  const { csrf } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer && 'problem' in answer ? answer : null
  return (
    <PublicFrame title="Verify a PDF" width="wide" csrf={csrf} lead="Whether a signed packet is exactly the file that was sealed here. The file stays on your device: only its digest is sent, and the answer names nobody.">
      <div className="grid gap-5">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
        <VerifyDrop />
        {answer && 'verdict' in answer ? <FileVerdictNotice asked={answer.asked} verdict={answer.verdict} /> : null}
        <details open={refused !== null}>
          <summary className="inline-flex min-h-6 cursor-pointer items-center text-sm text-ink-2 hover:text-ink">Or type a digest you made yourself</summary>
          <PostForm className="mt-3 grid gap-3">
            <TextField name="sha256" label="SHA-256 of the file" hint="64 hexadecimal digits, as sha256sum prints them" mono spellCheck={false} required maxLength={64} />
            <div>
              <Button>Ask</Button>
            </div>
          </PostForm>
        </details>
      </div>
    </PublicFrame>
  )
}
