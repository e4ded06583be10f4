import type { ReactNode } from 'react'
import type { Refused } from '../refused.ts'
import { PostForm } from './post-form.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { ProblemBanner } from '../ui/problem-banner.tsx'

export type QuestionProps = {
  title: string
  lead?: string | undefined
  /** What a yes means, one sentence each: what ends, what stays, how to undo it. */
  means: readonly string[]
  /** The words of the button. */
  yes: string
  danger?: boolean | undefined
  /** Where a no leads. */
  back: string
  refused: Refused | null
  /** The person has just proven itself for this: one press is left. */
  confirmed?: boolean | undefined
  /** Fields to fill in before the button. */
  children?: ReactNode
}

/** A page that asks before something that cannot be taken back by a press. It works without scripts, and its address can be sent. */
export function Question({ title, lead, means, yes, danger, back, refused, confirmed, children }: QuestionProps) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {confirmed && !refused ? (
        <Notice tone="ok" title="That was you" live>
          The confirmation is good for two minutes, for this one thing. Press the button again to do it.
        </Notice>
      ) : null}
      <div className="max-w-160">
        <Card>
          <div className="grid gap-5">
            <ul className="grid gap-2 text-sm">
              {means.map((sentence) => (
                <li key={sentence} className="grid grid-cols-[1rem_1fr] gap-2.5">
                  <Icon name="right" size={12} className="mt-1 text-ink-3" />
                  {sentence}
                </li>
              ))}
            </ul>
            <PostForm className="grid gap-5">
              {children}
              <div className="flex flex-wrap items-center gap-2.5">
                <Button tone={danger ? 'danger' : 'primary'}>{yes}</Button>
                <LinkButton href={back} tone="quiet">
                  Rather not
                </LinkButton>
              </div>
            </PostForm>
          </div>
        </Card>
      </div>
    </>
  )
}
