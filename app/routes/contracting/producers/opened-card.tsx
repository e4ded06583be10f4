import type { OpenedCopy } from '../../../../worker/contracting/producers/contract.ts'
import { backgroundQuestions, type Address } from '../../../../worker/contracting/passport/contract.ts'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'

const oneLine = (address: Address | null): string | null => (address ? [address.line1, address.line2, address.city, `${address.state} ${address.zip}`].filter(Boolean).join(', ') : null)

/** What was just opened. It stands in this answer alone: loaded again, the page is closed. */
export function OpenedCard({ opened: { number, contact, content } }: { opened: OpenedCopy }) {
  const { name, addresses } = contact
  return (
    <Card title={`Version ${number}, opened`} note="Written into your log and into theirs. Load the page again to close it.">
      <div className="grid gap-5">
        <DefinitionList
          items={[
            { term: 'Legal name', value: [name.first, name.middle, name.last, name.suffix].filter(Boolean).join(' ') || contact.businessName },
            { term: 'Business', value: contact.businessName },
            { term: 'E-mail', value: contact.email },
            { term: 'Telephone', value: contact.phone },
            { term: 'Born', value: contact.bornOn },
            { term: 'Lives at', value: oneLine(addresses.residential) },
            { term: 'Mail to', value: oneLine(addresses.mailing) },
            { term: 'Works at', value: oneLine(addresses.business) },
            { term: 'E&O policy', value: content.coverPolicyNumber, mono: true },
          ]}
        />
        {content.licences.length > 0 ? <DefinitionList items={content.licences.map(({ state, number: licence }) => ({ term: `Licence, ${state}`, value: licence, mono: true }))} /> : null}
        {content.background.map(({ question, answer, explanation }) => (
          <div key={question} className="grid gap-1 text-sm">
            <p>{backgroundQuestions[question]}</p>
            <p className="text-ink-2">
              <strong className="font-medium text-ink">{answer ? 'Yes.' : 'No.'}</strong> {explanation}
            </p>
          </div>
        ))}
      </div>
    </Card>
  )
}
