import type { ReactNode } from 'react'
import type { PassportPart } from '../../../../worker/contracting/passport/contract.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { isDone, passportSteps, stepOrder, type PassportStep } from './step-words.ts'

/** One page of the passport beside the list of all of them: on a phone the list folds into the step's number. */
export function StepFrame({ step, missing, children }: { step: PassportStep; missing: readonly PassportPart[]; children: ReactNode }) {
  const { title, lead } = passportSteps[step]
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <div className="grid items-start gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <details className="rounded-lg border border-line bg-panel lg:hidden">
          <summary className="flex min-h-11 items-center gap-2 px-4 text-sm">
            <span className="font-medium">Step {stepOrder.indexOf(step) + 1} of {stepOrder.length}</span>
            <span className="text-ink-2">{title}</span>
            <Icon name="down" className="ms-auto text-ink-3" />
          </summary>
          <StepList step={step} missing={missing} label="All steps" />
        </details>
        <div className="max-lg:hidden">
          <StepList step={step} missing={missing} label="Steps" />
        </div>
        <div className="grid min-w-0 max-w-180 gap-6">{children}</div>
      </div>
    </>
  )
}

function StepList({ step, missing, label }: { step: PassportStep; missing: readonly PassportPart[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ol className="grid gap-px p-1">
        {stepOrder.map((each) => (
          <li key={each}>
            <Anchor
              href={`/passport/${each}`}
              aria-current={each === step ? 'step' : undefined}
              className={cx('flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm max-lg:min-h-11', each === step ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink')}
            >
              <DoneMark done={isDone(each, missing)} />
              {passportSteps[each].title}
            </Anchor>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Whether a step is complete, in a shape and in words. */
export function DoneMark({ done }: { done: boolean | null }) {
  if (done === null) return <Icon name="minus" size={14} className="text-ink-3" />
  return (
    <>
      <Icon name={done ? 'done' : 'clock'} size={14} className={done ? 'text-ok' : 'text-ink-3'} />
      <span className="sr-only">{done ? 'Complete: ' : 'Something is missing: '}</span>
    </>
  )
}
