import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { ImportProducers, type ImportView } from '../../../../worker/contracting/producers/contract.ts'
import { importProducers } from '../../../../worker/contracting/producers/import-producers.ts'
import { readInvitingProducers } from '../../../../worker/contracting/producers/read-inviting-producers.ts'
import { action as posted, input, page } from '../../../page.ts'
import { fieldErrors } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextArea } from '../../../ui/text-area.tsx'

export const meta: MetaFunction = () => [{ title: 'Import producers · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Producers', href: '/producers' }, { label: 'Import' }] }

export const loader = page(({ door }) => door.tenant(readInvitingProducers))

/** Looked at first; sent with the second button. */
export const action = posted(async ({ door, form }) => {
  const csv = form.get('csv') ?? ''
  return { csv, view: await door.tenant((ctx) => importProducers(ctx, input(ImportProducers, { csv, dryRun: form.get('intent') !== 'send' }))) }
})

type Row = ImportView['rows'][number]
const columns: readonly Column<Row>[] = [
  { key: 'line', header: 'Line', fit: true, quiet: true, cell: ({ line }) => line },
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => name || '–' },
  { key: 'email', header: 'E-mail', cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email || '–'}</span> },
  { key: 'problem', header: 'What comes of it', cell: ({ problem }) => (problem === null ? <StatusChip tone="ok">good</StatusChip> : <span className="text-bad">{problem}</span>) },
]

export default function ImportAList() {
  const { days } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>() ?? null
  const refused = done && 'problem' in done ? done : null
  const result = done && 'view' in done ? done : null
  const sent = result && !result.view.dryRun
  return (
    <>
      <PageHeader title="Import producers" lead={`Everybody in the list is invited; each link ends after ${days} ${days === 1 ? 'day' : 'days'}. Nothing is sent before you have seen what would come of each line.`} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
      {sent ? (
        <Notice tone="ok" title={`${result.view.accepted} ${result.view.accepted === 1 ? 'invitation is' : 'invitations are'} on the way`} live action={<LinkButton href="/producers/invitations">See them</LinkButton>}>
          {result.view.refused > 0 ? `${result.view.refused} lines were left out. Mend them in the file below and import that one.` : 'No line was left out.'}
        </Notice>
      ) : null}
      {sent ? null : (
        <Card title="The list">
          <PostForm className="grid gap-4">
            <TextArea name="csv" label="CSV with a first line of name,email" hint="Paste it from a spreadsheet or a file; at most 200 lines." mono rows={8} required spellCheck={false} error={fieldErrors(refused)['csv']} defaultValue={result?.csv ?? refused?.typed['csv']} placeholder={'name,email\nMaria Alvarez,maria@alvarez.example'} />
            <div className="flex flex-wrap gap-2.5">
              <Button name="intent" value="look" tone={result && result.view.accepted > 0 ? 'plain' : 'primary'}>
                Look first
              </Button>
              {result && result.view.accepted > 0 ? (
                <Button name="intent" value="send" tone="primary" icon="send">
                  Invite {result.view.accepted}
                </Button>
              ) : null}
            </div>
          </PostForm>
        </Card>
      )}
      {result ? <Outcome view={result.view} /> : null}
    </>
  )
}

function Outcome({ view }: { view: ImportView }) {
  return (
    <>
      <DataTable<Row> caption="What comes of each line" columns={columns} rows={view.rows} rowId={({ line }) => String(line)} empty={null} />
      {view.errors ? (
        <Card title="Lines that were left out" note="Each with its reason. Mend them and import this file.">
          <div className="grid gap-3">
            <TextArea name="errors" label="The file" labelHidden mono rows={6} readOnly defaultValue={view.errors} />
            <div>
              <LinkButton href={`data:text/csv;charset=utf-8,${encodeURIComponent(view.errors)}`} download="left-out.csv" icon="download">
                Save it
              </LinkButton>
            </div>
          </div>
        </Card>
      ) : null}
    </>
  )
}
