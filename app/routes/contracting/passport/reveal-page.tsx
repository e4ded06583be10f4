import { useEffect, useState } from 'react'
import type { Refused } from '../../../refused.ts'
import { ResumeForm } from '../../../shell/resume-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { GetForm } from '../../../ui/links.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RadioGroup } from '../../../ui/radio-group.tsx'

/** Why somebody looks at a number of its own. */
export const revealReasons = [
  { word: 'check', says: 'Checking what I typed' },
  { word: 'form', says: 'Copying it into a form of my own' },
  { word: 'asked', says: 'Somebody asked me for it' },
] as const

const names: Readonly<Record<string, string>> = { ssn: 'social security number', ein: 'EIN', routing: 'routing number', account: 'account number' }

/** How long a value stays on screen. */
const SHOWN_MS = 60_000

export type RevealPageProps = { field: string; shown: string; mayReveal: boolean; why: string | null; revealed: string | null; refused: Refused | null }

/** A reason first, then a proof for this very value, then the value for a minute. */
export function RevealPage({ field, shown, mayReveal, why, revealed, refused }: RevealPageProps) {
  const name = names[field] ?? field
  return (
    <>
      <PageHeader title={`Your ${name}`} lead={`On file as ${shown}. Seeing it in full is an entry in your log, with the reason.`} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="max-w-160">
        {revealed ? <Shown key={revealed} name={name} value={revealed} /> : null}
        {revealed || mayReveal ? null : (
          <Notice title="The policy of this tenant shows no full value" action={<LinkButton href={field === 'ssn' || field === 'ein' ? '/passport/tax' : '/passport/bank'}>Type it anew</LinkButton>}>
            To correct it, type it anew.
          </Notice>
        )}
        {revealed || !mayReveal ? null : (
          <Card>
            {why === null ? (
              <GetForm action="" className="grid gap-5">
                <RadioGroup name="why" label="Why do you want to see it?" required defaultValue="check" choices={revealReasons.map(({ word, says }) => ({ value: word, label: says }))} />
                <Buttons yes="Go on" />
              </GetForm>
            ) : (
              <ResumeForm className="grid gap-5">
                <p className="text-sm text-ink-2">You will be asked to confirm that it is you: for this one value, and once.</p>
                <Buttons yes="Show it for a minute" />
              </ResumeForm>
            )}
          </Card>
        )}
      </div>
    </>
  )
}

const Buttons = ({ yes }: { yes: string }) => (
  <div className="flex flex-wrap gap-2">
    <Button tone="primary">{yes}</Button>
    <LinkButton href="/passport" tone="quiet">
      Rather not
    </LinkButton>
  </div>
)

function Shown({ name, value }: { name: string; value: string }) {
  const [gone, setGone] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setGone(true), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Card title={gone ? 'Hidden again' : `Your ${name}`} footer={gone ? undefined : 'It disappears by itself after a minute.'}>
      {gone ? <p className="text-sm text-ink-2">A minute is over. Ask again to see it again.</p> : <p className="font-mono text-xl tracking-wide">{value}</p>}
    </Card>
  )
}
