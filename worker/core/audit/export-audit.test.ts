import { env } from 'cloudflare:workers'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, drained, failureOf, type Browser, replaced } from '../../../tests/support/scene.ts'
import type { Ctx } from '../ctx.ts'
import { verifyRaw } from '../../../tests/support/verify-raw.ts'
import { verifyExport } from '../../../durable-objects/chain-export.ts'
import type { Env } from '../env.ts'
import type { AuditFilter, ExportForm } from './contract.ts'
import { exportAudit } from './export-audit.ts'
import { fetchExport } from './fetch-export.ts'
import { tenantRenamed } from '../tenancy/module.ts'
import { listAuditEntries } from './list-audit-entries.ts'
import { sha256Hex } from '../vault/digest.ts'
import { publicVerifierKey, sha256 } from './signing.ts'

const secrets = env as unknown as Env // the bindings are made in vitest.config.ts

async function exportOf(browser: Browser, filter: AuditFilter, form: ExportForm): Promise<{ name: string; type: string; text: string }> {
  const { ticket } = await browser.runConfirmed((ctx) => exportAudit(ctx, filter, form))
  return browser.run(async (ctx) => {
    const { name, type, body } = await fetchExport(ctx, ticket)
    return { name, type, text: await new Response(body).text() }
  })
}

async function scene() {
  const [tenant, other] = [await newTenant(), await newTenant()]
  for (const role of ['admin', 'member', 'viewer'] as const) await tenant.someone(role)
  await Promise.all([drained(tenant.id), drained(other.id)])
  return { tenant, other, owner: await asOwner(tenant) }
}

test('[IFD-101][CLN-44] the CSV holds the rows that the filter shows on the page, with a header', async () => {
  const { tenant, other, owner } = await scene()
  await owner.run((ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {})))
  await drained(tenant.id)
  const admin = await asAdmin(tenant)
  await admin.run((ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {})))
  await drained(tenant.id)
  const filters: [AuditFilter, string, number][] = [[{ event: 'core.member' }, 'event=core.member', 3], [{ actor: tenant.owner.accountId }, `actor=${tenant.owner.accountId}`, 3], [{ actor: (await tenant.someone('admin')).accountId }, `actor=${(await tenant.someone('admin')).accountId}`, 1]]
  for (const [filter, query, rows] of filters) {
    const shown = await owner.run((ctx) => listAuditEntries(ctx, filter, null, 50))
    const page = await (await owner.page(`/audit?${query}`)).text()
    const { text, type, name } = await exportOf(owner, filter, 'csv')
    await drained(tenant.id)
    const { data } = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true, newline: '\r\n' })
    expect(data).toHaveLength(rows)
    expect(data.map(({ number, event, subject, actor_id, hash }) => ({ n: Number(number), event, subject, id: actor_id, hash }))).toEqual(
      shown.entries.toReversed().map(({ n, event, subject, actor, hash }) => ({ n, event, subject, id: actor.id, hash })),
    )
    expect(new Set([...page.matchAll(/class="cs-row-link"[^>]*href="\/audit\/(\d+)/g)].map(([, n]) => n))).toEqual(new Set(data.map(({ number }) => number)))
    expect(text.split('\r\n')[0]).toBe('number,time,sealed,event,subject,actor_kind,actor_id,actor_role,meta,hash')
    expect(text).not.toContain(other.id)
    expect([type, name.endsWith('.csv')]).toEqual(['text/csv; charset=utf-8', true])
  }
})

test('[CIQ-62] the file for verification ends at a checkpoint made for it and verifies, whole or filtered; a copy that was tampered with is flagged', async () => {
  const { tenant, owner } = await scene()
  for (const filter of [{}, { event: 'core.member' }]) {
    const { text } = await exportOf(owner, filter, 'ndjson')
    const lines = text.trimEnd().split('\n')
    const verify = (copy: readonly string[]) => verifyExport(copy, publicVerifierKey(secrets), { sha256, verify: verifyRaw })
    const verdict = await verify(lines)
    // The tenant's creation and the export before this one.
    const left = 'event' in filter ? 2 : 0
    expect(verdict).toMatchObject({ state: 'complete', tenant: tenant.id, leftOut: left })
    const entry = lines.findIndex((line) => line.includes('"core.member.joined"'))
    const edited = lines.with(entry, (lines[entry] ?? '').replace('"role":"admin"', '"role":"owner"').replace('"role":"member"', '"role":"owner"').replace('"role":"viewer"', '"role":"owner"'))
    for (const copy of [edited, lines.toSpliced(entry, 1), lines.with(entry, lines[entry + 1] ?? '').with(entry + 1, lines[entry] ?? '')]) expect(await verify(copy)).toMatchObject({ state: 'broken' })
    await drained(tenant.id)
  }
})

test('[IFD-99][CLN-36][SPO-48] an export is itself an entry, with its filter and its number of rows', async () => {
  const { tenant, owner } = await scene()
  await exportOf(owner, { event: 'core.member' }, 'csv')
  await exportOf(owner, { q: 'free text' }, 'csv')
  await drained(tenant.id)
  const { entries } = await owner.run((ctx) => listAuditEntries(ctx, { event: 'core.audit.exported' }, null, 5))
  expect(entries).toMatchObject([
    { actor: { id: tenant.owner.accountId }, meta: { form: 'csv', rows: 0, searched: await sha256Hex('free text') } },
    { actor: { id: tenant.owner.accountId }, meta: { form: 'csv', rows: 3, event: 'core.member', upTo: 4 } },
  ])
  expect(JSON.stringify(entries)).not.toContain('free text')
})

test('nobody exports without the right, without a fresh proof for exactly this, or from another tenant', async () => {
  const { tenant, other, owner } = await scene()
  expect(await failureOf((await asMember(tenant)).run((ctx) => exportAudit(ctx, {}, 'csv')))).toMatchObject({ code: 'role_required' })
  const refused = await failureOf(owner.run((ctx) => exportAudit(ctx, {}, 'csv')))
  expect(refused).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  if (refused?.code === 'step_up_required' && refused.ticket) await owner.confirm(refused.ticket)
  expect(await failureOf(owner.run((ctx) => exportAudit(ctx, {}, 'ndjson')))).toMatchObject({ code: 'step_up_required' })
  const { ticket } = await owner.run((ctx) => exportAudit(ctx, {}, 'csv'))
  expect(await failureOf(owner.run((ctx) => exportAudit(ctx, {}, 'csv')))).toMatchObject({ code: 'step_up_required' })
  for (const browser of [await asAdmin(tenant), await asOwner(tenant), await asOwner(other)]) {
    expect(await failureOf(browser.run((ctx) => fetchExport(ctx, ticket)))).toEqual({ code: 'not_found' })
  }
  expect(await failureOf(owner.run((ctx) => fetchExport(ctx, `${ticket}x`)))).toEqual({ code: 'not_found' })
  expect(await failureOf(owner.run((ctx) => fetchExport(ctx, 'nothing')))).toEqual({ code: 'not_found' })
})

test('a log that refuses to sign gives out no file in either form, and another tenant’s goes on', async () => {
  const { other, owner } = await scene()
  const unsigned = (ctx: Ctx): Ctx => ({ ...ctx, reach: replaced(ctx.reach, 'chain', replaced(ctx.reach.chain, 'checkpoint', async () => null)) })
  for (const form of ['csv', 'ndjson'] as const) expect(await failureOf(owner.run((ctx) => exportAudit(unsigned(ctx), {}, form)))).toMatchObject({ code: 'conflict', state: 'not_signed' })
  expect(await failureOf((await asOwner(other)).run((ctx) => exportAudit(ctx, {}, 'csv')))).toMatchObject({ code: 'step_up_required' })
})

test('a ticket is good for five minutes', async () => {
  const { owner } = await scene()
  const now = Date.now()
  const { ticket } = await owner.runConfirmed((ctx) => exportAudit(ctx, {}, 'csv'), now)
  expect(await failureOf(owner.run((ctx) => fetchExport(ctx, ticket), now + 4 * 60_000))).toBeNull()
  expect(await failureOf(owner.run((ctx) => fetchExport(ctx, ticket), now + 6 * 60_000))).toMatchObject({ code: 'gone' })
})
