import { passportParts } from '../../../../worker/contracting/passport/contract.ts'
import type { ListedVersionView, PassportView } from '../../../../worker/contracting/passport/shown.ts'
import type { Refused } from '../../../refused.ts'
import { Done } from '../../../shell/done.tsx'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Split } from '../../../ui/stack.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { DoneMark } from './step-frame.tsx'
import { isDone, passportSteps, stepOrder } from './step-words.ts'

export type PassportPageProps = { passport: PassportView; versions: readonly ListedVersionView[]; next: string | null; refused: Refused | null; submitted: number | null }

/** The passport as a whole: how it stands, what is missing, and its versions. */
export function PassportPage({ passport, versions, next, refused, submitted }: PassportPageProps) {
  return (
    <>
      <PageHeader title="My passport" status={<Standing passport={passport} />} lead="One record of you, filled in once. Whoever you have joined gets a copy of what you submit; carriers get what you send them, and nothing else." />
      {submitted === null ? null : <Done title={`Version ${submitted} is submitted`} detail="It stays as it is. A change begins the next version." />}
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} errors={refused.problem.errors.map(({ detail }) => ({ message: detail }))} /> : null}
      <Split side={<SubmitCard passport={passport} />}>
        <Card title="Steps" flush>
          <ol>
            {stepOrder.map((step) => (
              <li key={step} className="border-t border-line first:border-t-0">
                <Anchor href={`/passport/${step}`} className="flex min-h-13 items-center gap-3 px-4 py-2 text-sm hover:bg-hover focus-visible:-outline-offset-2">
                  <DoneMark done={isDone(step, passport.missing)} />
                  <span className="grid">
                    <span className="font-medium">{passportSteps[step].title}</span>
                    <span className="text-ink-2">{shortOf(step, passport)}</span>
                  </span>
                  <Icon name="right" size={14} className="ms-auto text-ink-3" />
                </Anchor>
              </li>
            ))}
          </ol>
        </Card>
        <Versions versions={versions} next={next} />
      </Split>
    </>
  )
}

function Standing({ passport: { state, version } }: { passport: PassportView }) {
  if (state === 'none' || !version) return <StatusChip>not begun</StatusChip>
  if (version.state === 'draft') return <StatusChip tone="warn">draft of version {version.number}</StatusChip>
  return <StatusChip tone="ok">version {version.number} {state === 'updated' ? 'updated' : 'submitted'}</StatusChip>
}

/** A line of what a step holds, as far as it may be seen. */
function shortOf(step: (typeof stepOrder)[number], { version, licences, appointments }: PassportView): string {
  if (step === 'licences') return licences.length === 0 ? 'None yet' : licences.map(({ state }) => state).join(', ')
  if (step === 'appointments') return appointments.length === 0 ? 'None stated' : [...new Set(appointments.map(({ carrier }) => carrier))].join(', ')
  if (!version) return 'Nothing yet'
  const { summary, contact, content, secrets } = version
  const told: Record<Exclude<typeof step, 'licences' | 'appointments'>, string | null> = {
    identity: [contact.name.first, contact.name.last].filter(Boolean).join(' ') || contact.businessName,
    tax: [secrets.ssn && `SSN ${secrets.ssn.shown}`, secrets.ein && 'EIN on file'].filter(Boolean).join(', '),
    addresses: [contact.addresses.residential, contact.addresses.business].flatMap((address) => (address ? [`${address.city}, ${address.state}`] : []))[0] ?? null,
    bank: secrets.account ? `${summary.accountType ?? 'account'} ${secrets.account.shown}` : null,
    cover: summary.coverCarrier,
    employment: content.employment[0]?.employer ?? null,
    background: content.background.length === 0 ? null : `${content.background.length} answered`,
  }
  return told[step] || 'Nothing yet'
}

function SubmitCard({ passport: { version, missing, missingToSubmit, may, tag } }: { passport: PassportView }) {
  const ready = version?.state === 'draft' && missingToSubmit.length === 0
  return (
    <Card title="Checklist" note={missing.length === 0 ? 'Nothing is missing.' : 'Carriers ask for more than a submission needs.'}>
      <div className="grid gap-4">
        <ul className="grid gap-1.5 text-sm">
          {missing.map((part) => (
            <li key={part} className="grid grid-cols-[1rem_1fr] gap-2.5">
              <Icon name={missingToSubmit.includes(part) ? 'warning' : 'clock'} size={14} className={missingToSubmit.includes(part) ? 'mt-0.75 text-warn' : 'mt-0.75 text-ink-3'} />
              <span>
                {passportParts[part]}
                {missingToSubmit.includes(part) ? <span className="text-ink-2"> – needed to submit</span> : null}
              </span>
            </li>
          ))}
        </ul>
        {may.submit && version?.state === 'draft' ? (
          <PostForm className="grid gap-2">
            <input type="hidden" name="tag" value={tag} />
            <Button tone="primary" wide disabled={!ready}>
              Submit version {version.number}
            </Button>
            <p className="text-sm text-ink-2">{ready ? 'From then on this version never changes.' : 'What is marked above comes first.'}</p>
          </PostForm>
        ) : null}
        {version?.state === 'submitted' ? <p className="text-sm text-ink-2">Version {version.number} is submitted. A change in any step begins the next one.</p> : null}
        <LinkButton href="/passport/calendar" icon="calendar" wide>
          What expires when
        </LinkButton>
      </div>
    </Card>
  )
}

const columns: readonly Column<ListedVersionView>[] = [
  { key: 'number', header: 'Version', phone: 'title', cell: ({ number, id }) => <Anchor href={`/passport/versions/${id}`} className="font-medium underline underline-offset-3">Version {number}</Anchor> },
  { key: 'state', header: 'State', cell: ({ state }) => <StatusChip tone={state === 'submitted' ? 'ok' : 'warn'}>{state}</StatusChip> },
  { key: 'submitted', header: 'Submitted', quiet: true, fit: true, cell: ({ submittedAt }) => (submittedAt === null ? 'not yet' : <RelativeTime at={submittedAt} />) },
  { key: 'saved', header: 'Last saved', quiet: true, fit: true, cell: ({ savedAt }) => <RelativeTime at={savedAt} /> },
]

function Versions({ versions, next }: { versions: readonly ListedVersionView[]; next: string | null }) {
  return (
    <DataTable
      caption="Versions"
      columns={columns}
      rows={versions}
      rowId={({ id }) => id}
      empty={<EmptyState icon="file" title="No version yet">The first one begins with the first step you save.</EmptyState>}
      footer={<Pagination summary={`${versions.length} shown`} next={next ? `/passport?cursor=${encodeURIComponent(next)}` : undefined} />}
    />
  )
}
