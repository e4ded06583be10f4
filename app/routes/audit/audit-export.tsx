import { redirect, type MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AuditFilter, exportForms, filterNames, type ExportForm } from '../../../worker/core/audit/contract.ts'
import { exportAudit } from '../../../worker/core/audit/export-audit.ts'
import { listAuditEntries } from '../../../worker/core/audit/list-audit-entries.ts'
import { action as posted, input, page } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { filterWords } from './audit-filters.tsx'
import { auditHref, figure, typedFilters } from './audit-links.ts'

export const meta: MetaFunction = () => [{ title: 'Export the audit log · Countersign' }]

export const handle = { crumbs: () => [{ label: 'Audit log', href: '/audit' }, { label: 'Export' }] }

const formOf = (search: URLSearchParams): ExportForm => exportForms.find((form) => form === search.get('form')) ?? 'csv'

/** Asks once more, and says what will leave. */
export const loader = page(async ({ door, url }) => {
  const filter = input(AuditFilter, typedFilters(url.searchParams))
  const { count, more, standing, actors } = await door.tenant((ctx) => listAuditEntries(ctx, filter, null, 1))
  const who = actors.find(({ id }) => id === filter.actor)?.name ?? filter.actor
  return { filter, form: formOf(url.searchParams), count, more, size: standing.size, who }
})

/** Records the export, then sends the browser to fetch the file: the record comes first, the file only for this session. */
export const action = posted(async ({ door, url }) => {
  const filter = input(AuditFilter, typedFilters(url.searchParams))
  const { ticket } = await door.tenant((ctx) => exportAudit(ctx, filter, formOf(url.searchParams)))
  return redirect(`/audit/exports/${ticket}`, 303)
})

const titles = { csv: 'Export CSV', ndjson: 'Export for verification' } as const
const leads = {
  csv: 'One line an entry, for a spreadsheet or a SIEM.',
  ndjson: 'The log up to a checkpoint made now. Anyone with the public key can tell, offline, whether a single entry was changed, taken out or put in.',
} as const

export default function AuditExport() {
  const { filter, form, count, more, size, who } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const said = filterNames.filter((name) => filter[name]).map((name) => ({ term: filterWords[name], value: name === 'actor' ? who : name === 'kind' ? 'sensitive reads' : filter[name] }))
  return (
    <>
      <PageHeader title={titles[form]} lead={leads[form]} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="grid max-w-200 gap-6">
        <Card title="What leaves">
          <div className="grid gap-4">
            <DefinitionList
              items={[
                { term: 'Entries', value: `${more ? 'more than ' : ''}${figure(count)}` },
                ...(form === 'ndjson' ? [{ term: 'Left out', value: said.length > 0 ? `the other ${figure(Math.max(0, size - count))} are present as bare hashes` : 'none' }] : []),
                ...(said.length > 0 ? said : [{ term: 'Filter', value: 'none: the whole log' }]),
                { term: 'Not in it', value: 'addresses, browsers and reasons: they stay sealed' },
              ]}
            />
            <PostForm reload className="flex flex-wrap items-center gap-2">
              <Button tone="primary" icon="download">
                {titles[form]}
              </Button>
              <LinkButton href={auditHref({ filter, live: false, before: null })}>Back to the log</LinkButton>
            </PostForm>
            <p className="text-xs text-ink-3">You confirm that it is you. The export is an entry in the log, with this filter and the number of entries.</p>
          </div>
        </Card>
        {form === 'ndjson' ? (
          <Card title="How to verify it">
            <div className="grid gap-3 text-sm text-ink-2">
              <p>Drop the file on the trust page, which checks it in your own browser, or run this where the source of Countersign lies. Keep the last line of the file: with it, any later export can be held against this one.</p>
              <CodeBlock label="Command" text="npm run verify-audit -- EXPORT.ndjson --key KEY" />
            </div>
          </Card>
        ) : null}
      </div>
    </>
  )
}
