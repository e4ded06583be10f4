import type { OpenedCopy, OpenedDocuments } from '../../../../worker/contracting/producers/contract.ts'
import type { ProducerDetail } from '../../../../worker/contracting/producers/read-producer.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { Split } from '../../../ui/stack.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { CredentialsCard } from './credentials-card.tsx'
import { LicencesTable } from './licences-table.tsx'
import { OpenedCard } from './opened-card.tsx'
import { OpenedDocumentsCard } from './opened-documents-card.tsx'
import { OpeningsCard } from './openings-card.tsx'
import { openingChoices } from './opening-choices.ts'
import { ReleasesCard } from './releases-card.tsx'
import { masked } from './words.ts'

export type ProducerAnswered = { done: 'opened'; linkId: string; opened: OpenedCopy } | { done: 'documents'; linkId: string; opened: OpenedDocuments } | { done: 'issued'; label: string } | { done: 'revoked' }

/** What the FMO has of one producer. Nothing sealed is on it before somebody says why it is needed. */
export function ProducerPage({ detail, answered, refused }: { detail: ProducerDetail; answered: ProducerAnswered | null; refused: Refused | null }) {
  const { producer, licences, documents, openings, releases, credentials, mayOpen, mayRelease, mayIssue } = detail
  const { passport } = producer
  const opened = answered?.done === 'opened' && answered.linkId === producer.id ? answered.opened : null
  const papers = answered?.done === 'documents' && answered.linkId === producer.id ? answered.opened : null
  const asked = releases.find(({ state }) => state === 'requested')
  return (
    <>
      <PageHeader
        title={producer.name}
        lead={passport ? <>Version {passport.number} of their passport, submitted <RelativeTime at={passport.submittedAt} />.</> : 'They have joined and not submitted their passport yet.'}
        actions={
          mayRelease && !asked ? (
            <LinkButton href={`/producers/${producer.id}/release`} icon="leave">
              Part ways …
            </LinkButton>
          ) : null
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
      {answered?.done === 'issued' ? <Notice tone="ok" title={`${answered.label} was given`} live>They see it once, after proving who they are. It is not shown here again.</Notice> : null}
      {answered?.done === 'revoked' ? <Notice tone="ok" title="The credential is revoked" live>What they had not seen yet they will not see.</Notice> : null}
      {asked ? (
        <Notice tone="warn" title={asked.askedBy === 'producer' ? 'They ask to be released' : 'You asked them to part'} action={<LinkButton href={`/releases/${asked.id}`}>{asked.askedBy === 'producer' ? 'Answer' : 'Look'}</LinkButton>}>
          Unanswered, it is granted <RelativeTime at={asked.dueAt} />.
        </Notice>
      ) : null}
      <Split
        side={
          <>
            <ReleasesCard releases={releases} />
            <OpeningsCard openings={openings} />
          </>
        }
      >
        {passport ? (
          <Card title="What may be read without opening" note="The last four are all that anybody here sees of these numbers.">
            <DefinitionList
              items={[
                { term: 'Kind', value: passport.kind === 'business' ? 'A business' : 'A person' },
                { term: 'NPN', value: passport.npn, mono: true },
                { term: 'SSN', value: passport.ssnLast4 ? masked.ssn(passport.ssnLast4) : null, mono: true },
                { term: 'EIN', value: passport.hasEin ? 'on file' : null },
                { term: 'Routing number', value: passport.routingLast4 ? masked.number(passport.routingLast4) : null, mono: true },
                { term: 'Account', value: passport.accountLast4 ? `${masked.number(passport.accountLast4)} ${passport.accountType ?? ''}` : null, mono: true },
                { term: 'E&O cover', value: [passport.coverCarrier, passport.coverExpiresOn && `until ${passport.coverExpiresOn}`].filter(Boolean).join(', ') },
                { term: 'AML training', value: passport.amlOn },
                { term: 'CE due', value: passport.ceDueOn },
                { term: 'Documents', value: documents > 0 ? `${documents} here, closed` : null },
              ]}
            />
          </Card>
        ) : (
          <EmptyState icon="file" title="Nothing submitted yet">You hold nothing of theirs until they submit their passport to you.</EmptyState>
        )}
        {passport ? <LicencesTable licences={licences} /> : null}
        {opened ? <OpenedCard opened={opened} /> : null}
        {papers ? <OpenedDocumentsCard opened={papers} /> : null}
        {passport && mayOpen && !opened && !papers ? <OpenForm documents={documents} refused={refused} /> : null}
        <CredentialsCard credentials={credentials} mayIssue={mayIssue} refused={refused} />
      </Split>
    </>
  )
}

function OpenForm({ documents, refused }: { documents: number; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <Card title={documents > 0 ? 'Open contact details and answers, or documents' : 'Open contact details and answers'} note="Who opened them, when and why is written into your log and into theirs.">
      <PostForm className="grid max-w-120 gap-4">
        <SelectField name="purpose" label="What for" none="Choose a purpose" required choices={openingChoices} error={errors['purpose']} defaultValue={refused?.typed['purpose']} />
        <TextField name="reason" label="Why" hint="In a few words. They read it." required error={errors['reason']} defaultValue={refused?.typed['reason']} />
        <div className="flex flex-wrap gap-2">
          <Button icon="eye" name="intent" value="open">
            Open
          </Button>
          {documents > 0 ? (
            <Button icon="file" name="intent" value="documents">
              {documents === 1 ? 'Open the document' : `Open the ${documents} documents`}
            </Button>
          ) : null}
        </div>
      </PostForm>
    </Card>
  )
}
