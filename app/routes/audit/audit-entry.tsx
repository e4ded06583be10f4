import type { MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useLocation } from '@remix-run/react'
import type { AuditFilter } from '../../../worker/core/audit/contract.ts'
import { openAuditEntry } from '../../../worker/core/audit/open-audit-entry.ts'
import { readAuditEntry, type AuditEntryDetail } from '../../../worker/core/audit/read-audit-entry.ts'
import { action as posted, page, type PageArgs } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Anchor } from '../../ui/links.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { auditHref, figure } from './audit-links.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data ? `No. ${figure(data.n)} · ` : ''}Audit · Countersign` }]

export const handle = { crumbs: (loaded: { n: number } | undefined) => (loaded ? [{ label: `No. ${figure(loaded.n)}` }] : []) }

const numberOf = (params: PageArgs['params']): number => Number(/^[1-9][0-9]{0,15}$/.exec(params['number'] ?? '')?.[0] ?? 0)

export const loader = page(async ({ door, params, product }) => {
  const entry = await door.tenant((ctx) => readAuditEntry(ctx, numberOf(params)))
  return { ...entry, says: product.events().find(({ name }) => name === entry.event)?.says ?? null }
})

/** Opening the sealed part is an event of its own, so it is asked for by a button and never by a link. */
export const action = posted(async ({ door, params }) => ({ n: numberOf(params), opened: await door.tenant((ctx) => openAuditEntry(ctx, numberOf(params))) }))

export default function AuditEntry() {
  const entry = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { search } = useLocation()
  const refused = done && 'problem' in done ? done : null
  const like = (filter: AuditFilter): string => auditHref({ filter, live: false, before: null }, entry.n)
  const opened = done && 'opened' in done && done.n === entry.n ? done.opened : null
  return (
    <div className="max-[84rem]:order-first min-[84rem]:sticky min-[84rem]:top-[calc(var(--spacing-bar)+1rem)] min-[84rem]:max-h-[calc(100dvh-var(--spacing-bar)-2rem)] min-[84rem]:overflow-y-auto">
      <Card title={`No. ${figure(entry.n)}`} aside={<LinkButton href={`/audit${search}`} size="sm" icon="close">Close</LinkButton>}>
        <div className="grid gap-5">
          {entry.says ? <p className="text-sm text-ink-2">{entry.says}</p> : null}
          <DefinitionList
            stacked
            items={[
              { term: 'Event', value: <Anchor href={like({ event: entry.event })} className="text-link">{entry.event}</Anchor>, mono: true },
              { term: 'When', value: <RelativeTime at={entry.at} exact /> },
              { term: 'Sealed', value: <RelativeTime at={entry.sealedAt} exact /> },
              { term: 'Who', value: <Anchor href={like({ actor: entry.actor.id })} className="text-link">{entry.actor.name ?? entry.actor.id}</Anchor> },
              { term: 'As', value: [entry.actor.kind, entry.actor.role].filter(Boolean).join(', ') },
              { term: 'Subject', value: <Anchor href={like({ subject: entry.subject })} className="text-link">{entry.subject}</Anchor>, mono: true },
              ...Object.entries(entry.meta).map(([term, value]) => ({ term, value: String(value ?? ''), mono: true })),
            ]}
          />
          {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
          <Personal entry={entry} opened={opened} />
          <Proof entry={entry} />
        </div>
      </Card>
    </div>
  )
}

function Personal({ entry, opened }: { entry: AuditEntryDetail; opened: { ip: string; userAgent: string; reason: string | null } | null }) {
  if (opened) {
    return (
      <DefinitionList
        stacked
        items={[
          { term: 'Address', value: opened.ip, mono: true },
          { term: 'Browser', value: opened.userAgent },
          { term: 'Reason', value: opened.reason },
        ]}
      />
    )
  }
  if (entry.personalState === 'none') return <p className="text-sm text-ink-2">Done by the system: no address and no browser belong to it.</p>
  if (entry.personalState === 'erased') return <p className="text-sm text-ink-2">Address, browser and reason were destroyed. The entry still verifies without them.</p>
  return (
    <PostForm className="grid gap-1.5">
      <div>
        <Button icon="eye">Open address and browser</Button>
      </div>
      <p className="text-xs text-ink-3">They are sealed apart from the entry. Opening them is written into this log.</p>
    </PostForm>
  )
}

function Proof({ entry }: { entry: AuditEntryDetail }) {
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        {entry.proof ? (
          <>
            <StatusChip tone="ok">signed</StatusChip>
            <span className="text-ink-2">
              by the checkpoint over {figure(entry.proof.size)} entries, <RelativeTime at={entry.proof.signedAt} />
            </span>
          </>
        ) : (
          <StatusChip tone="info">signed within a minute</StatusChip>
        )}
      </div>
      <CodeBlock label="Hash of this entry" text={entry.hash} wrap />
      <CodeBlock label="Hash of the one before" text={entry.prev} wrap />
      <details>
        <summary className="text-link inline-flex min-h-6 cursor-pointer items-center text-sm">The line that was hashed, and its path to the signed root</summary>
        <div className="mt-2 grid gap-3">
          <CodeBlock label="Line (RFC 8785)" text={entry.line} wrap />
          {entry.proof ? <CodeBlock label="Audit path (RFC 6962)" text={[...entry.proof.path, `root ${entry.proof.root}`].join('\n')} wrap /> : null}
        </div>
      </details>
    </div>
  )
}
