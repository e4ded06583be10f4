import { accountTypes, backgroundQuestions, linesOfAuthority, producerKinds, type Address } from '../../../../worker/contracting/passport/contract.ts'
import type { VersionView } from '../../../../worker/contracting/passport/shown.ts'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'

const addressWords = (address: Address | null): string | null => address && `${[address.line1, address.line2].filter(Boolean).join(', ')}, ${address.city}, ${address.state} ${address.zip}`

/** One version, to look at. */
export function VersionPage({ version: { number, state, submittedAt, summary, secrets, contact, content } }: { version: VersionView }) {
  const name = [contact.name.first, contact.name.middle, contact.name.last, contact.name.suffix].filter(Boolean).join(' ')
  return (
    <>
      <PageHeader
        title={`Version ${number}`}
        status={<StatusChip tone={state === 'submitted' ? 'ok' : 'warn'}>{state}</StatusChip>}
        lead={submittedAt === null ? 'As it stands in the draft.' : <>Submitted <RelativeTime at={submittedAt} />, and unchanged since.</>}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="Who">
          <DefinitionList
            items={[
              { term: 'Kind', value: producerKinds[summary.kind] }, { term: 'Name', value: name }, { term: 'Business', value: contact.businessName }, { term: 'Date of birth', value: contact.bornOn }, { term: 'NPN', value: summary.npn, mono: true },
              { term: 'E-mail', value: contact.email }, { term: 'Telephone', value: contact.phone }, { term: 'Residential', value: addressWords(contact.addresses.residential) }, { term: 'Mailing', value: addressWords(contact.addresses.mailing) }, { term: 'Business address', value: addressWords(contact.addresses.business) },
            ]}
          />
        </Card>
        <Card title="Tax and bank">
          <DefinitionList
            items={[
              { term: 'SSN', value: secrets.ssn?.shown, mono: true }, { term: 'EIN', value: secrets.ein?.shown }, { term: 'Routing number', value: secrets.routing?.shown, mono: true }, { term: 'Account number', value: secrets.account?.shown, mono: true }, { term: 'Kind of account', value: summary.accountType && accountTypes[summary.accountType] }, { term: 'Voided cheque', value: content.voidedCheque && 'on file' },
            ]}
          />
        </Card>
        <Card title="Cover and training">
          <DefinitionList items={[{ term: 'Insurer', value: summary.coverCarrier }, { term: 'Policy number', value: content.coverPolicyNumber, mono: true }, { term: 'Expires', value: summary.coverExpiresOn }, { term: 'AML training', value: summary.amlOn }, { term: 'CE due', value: summary.ceDueOn }]} />
        </Card>
        {state === 'submitted' ? (
          <Card title="Licences and appointments">
            <DefinitionList
              items={[
                ...content.licences.map((licence) => ({ term: `${licence.state}${licence.resident ? ', resident' : ''}`, value: `${licence.number}: ${licence.lines.map((line) => linesOfAuthority[line]).join(', ')}; ${licence.status}${licence.expiresOn ? `, until ${licence.expiresOn}` : ''}` })),
                ...content.appointments.map(({ carrier, state: where, status }, index) => ({ term: `${carrier} (${index + 1})`, value: `${where}, ${status}` })),
              ]}
            />
          </Card>
        ) : null}
        <Card title="Background">
          <DefinitionList stacked items={content.background.map(({ question, answer, explanation }) => ({ term: backgroundQuestions[question], value: answer ? `Yes. ${explanation ?? ''}` : 'No' }))} />
        </Card>
        <Card title="Employment">
          <DefinitionList items={content.employment.map(({ employer, title, from, to }, index) => ({ term: `${from} to ${to ?? 'now'}${index ? '' : ''}`, value: `${title}, ${employer}` }))} />
        </Card>
      </div>
    </>
  )
}
