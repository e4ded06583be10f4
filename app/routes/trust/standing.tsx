import type { Duty, Held } from '../../../worker/core/trust/standing.ts'
import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { Card } from '../../ui/card.tsx'
import { Anchor } from '../../ui/links.tsx'

type Controls = TrustView['controls']

/** The four principles, each with the rows that hold it (CAL-20). */
export const Principles = ({ held, controls }: { held: readonly Held[]; controls: Controls }) => (
  <Card title="Four principles, built in" id="principles" flush>
    <HeldList held={held} controls={controls} columns="sm:grid-cols-2" />
  </Card>
)

/** Six areas, each with its evidence; designed to meet, which is all that can be said before a report (SPO-81). */
export const Areas = ({ held, controls }: { held: readonly Held[]; controls: Controls }) => (
  <Card title="The substance of a Type I report" note="Six areas, designed to meet the criteria named. Nobody has attested them; the evidence is in the rows." id="areas" flush>
    <HeldList held={held} controls={controls} columns="sm:grid-cols-2 lg:grid-cols-3" />
  </Card>
)

function HeldList({ held, controls, columns }: { held: readonly Held[]; controls: Controls; columns: string }) {
  return (
    <ul className={`-ms-px -mt-px grid overflow-hidden rounded-b-lg ${columns}`}>
      {held.map((each) => (
        <li key={each.name} className="grid content-start gap-1.5 border-s border-t border-line px-4 py-3.5">
          <h3 className="font-semibold">{each.name}</h3>
          <p className="text-sm text-ink-2">{each.says}</p>
          <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm">
            {each.controls.map((id) => (
              <li key={id}>
                <Anchor href={`#${id}`} className="inline-flex min-h-6 items-center underline decoration-line-2 underline-offset-4 hover:decoration-current">
                  {controls.find((control) => control.id === id)?.name ?? id}
                </Anchor>
              </li>
            ))}
          </ul>
          {each.records.length > 0 ? <p className="font-mono text-2xs break-all text-ink-3">{each.records.join(' ')}</p> : null}
        </li>
      ))}
    </ul>
  )
}

/** Who does what: our part leads to rows of this page, the customer's to the settings (SPO-17). */
export const Division = ({ ours, yours }: { ours: readonly Duty[]; yours: readonly Duty[] }) => (
  <Card title="Our part and yours" note="Ours leads to the control that is measured, yours to the setting." id="parts" flush>
    <div className="-ms-px grid overflow-hidden rounded-b-lg md:grid-cols-2">
      <Duties title="What we do" duties={ours} />
      <Duties title="What you decide" duties={yours} />
    </div>
  </Card>
)

const Duties = ({ title, duties }: { title: string; duties: readonly Duty[] }) => (
  <section className="border-s border-line px-4 py-3.5 max-md:not-first:border-t">
    <h3 className="mb-1 font-semibold">{title}</h3>
    <ul>
      {duties.map((duty) => (
        <li key={duty.href} className="flex items-baseline justify-between gap-4 border-t border-line py-1.5 text-sm first:border-0">
          <span className="text-ink-2">{duty.says}</span>
          <Anchor href={duty.href} className="inline-flex min-h-6 flex-none items-center underline decoration-line-2 underline-offset-4 hover:decoration-current">
            {duty.label}
          </Anchor>
        </li>
      ))}
    </ul>
  </section>
)
