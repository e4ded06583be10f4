import { useEffect, useState } from 'react'
import type { FileVerdict } from '../../../../worker/contracting/packets/contract.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { proofHolds } from './proof-holds.ts'

/** What a deployment knows of a file, in a sentence, and what proves it. */
export function FileVerdictNotice({ asked, verdict }: { asked: string; verdict: FileVerdict }) {
  if (verdict.verdict === 'unknown')
    return (
      <Notice tone="mute" title="Not known here" live>
        No file with this digest was sealed here, and it carries none of our seals. That says nothing about it but that.
      </Notice>
    )
  if (verdict.verdict === 'changed')
    return (
      <Notice tone="bad" title="Carries our seal but was changed or extended since: do not rely on it" live>
        The file that was sealed <RelativeTime at={verdict.sealedAt} /> is another one. Ask whoever gave you this one for the original.
      </Notice>
    )
  return (
    <div className="grid gap-3">
      <Notice tone="ok" title="Exactly the file that was sealed" live>
        Sealed <RelativeTime at={verdict.sealedAt} />. Not one byte is another.
      </Notice>
      {verdict.proof ? <Proof asked={asked} proof={verdict.proof} /> : <p className="text-sm text-ink-2">The public log signs this within a minute. Ask again then for the proof.</p>}
    </div>
  )
}

type Proven = NonNullable<Extract<FileVerdict, { verdict: 'exact' }>['proof']>

function Proof({ asked, proof }: { asked: string; proof: Proven }) {
  const [holds, setHolds] = useState<boolean | null>(null)
  useEffect(() => {
    proofHolds(asked, proof).then(setHolds, () => setHolds(null))
  }, [asked, proof])
  return (
    <details>
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-sm text-ink-2 hover:text-ink">
        Proof: entry {proof.number.toLocaleString('en-US')} of the public log{holds === null ? '' : holds ? ', checked in this browser' : ', which does not hold'}
      </summary>
      <div className="mt-2 grid gap-3">
        <CodeBlock label="The line that was hashed (RFC 8785)" text={proof.line} wrap />
        <CodeBlock label="Path to the signed root (RFC 6962)" text={proof.path.join('\n')} wrap />
        <CodeBlock label="Checkpoint (C2SP signed note)" text={proof.note} wrap />
        <CodeBlock label="Public key" text={proof.publicKey} wrap />
      </div>
    </details>
  )
}
