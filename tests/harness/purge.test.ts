import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { apiModule } from '../../worker/core/api/module.ts'
import { documentsModule } from '../../worker/core/documents/module.ts'
import { identityModule } from '../../worker/core/identity/module.ts'
import { tenancyModule } from '../../worker/core/tenancy/module.ts'
import { advance, confirmed, linkIn, post, serverNow, uploaded } from './acts.ts'
import { words } from './canaries.ts'
import { evidence } from '../support/evidence.ts'
import { filesHolding, seeker } from './on-disk.ts'
import { type Row, rowsOf } from './rows-on-disk.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
const HOUR = 3_600_000

/** How long a manifest says that something is kept. */
function keptMs(name: string): number {
  const rule = [apiModule, documentsModule, identityModule, tenancyModule].flatMap(({ retention }) => retention.map((each) => ({ name: each.name as string, keep: each.keep }))).find((each) => each.name === name)
  if (!rule || !('ms' in rule.keep)) throw new Error(`no manifest says how long ${name} are kept`)
  return rule.keep.ms
}

/** Each class that goes by its age alone: where its rows lie, and when one of them is over. */
const classes: Readonly<Record<string, { table: string; over(row: Row): number }>> = {
  sign_ups: { table: 'sign_ups', over: (row) => Number(row['expires_at']) },
  idempotency: { table: 'idempotency_keys', over: (row) => Number(row['expires_at']) },
  awaited_documents: { table: 'documents', over: (row) => (row['state'] === 'awaiting' ? Number(row['created_at']) + keptMs('awaited_documents') : Infinity) },
  deliveries: { table: 'deliveries', over: (row) => (row['state'] === 'sent' ? Number(row['due_at']) : Infinity) },
  platform_deliveries: { table: 'platform_deliveries', over: (row) => (row['state'] === 'sent' ? Number(row['due_at']) : Infinity) },
  invitations: { table: 'invitations', over: (row) => Number(row['expires_at']) + keptMs('invitations') },
  'auth_log.success': { table: 'platform_auth_log', over: (row) => (row['result'] === 'success' ? Number(row['at']) + keptMs('auth_log.success') : Infinity) },
  'auth_log.failure': { table: 'platform_auth_log', over: (row) => (row['result'] === 'success' ? Infinity : Number(row['at']) + keptMs('auth_log.failure')) },
}

type Kept = { readonly kind: string; readonly id: string; readonly over: number }

/** Every row of every class that will be over one day. */
const kept = (): Kept[] => Object.entries(classes).flatMap(([kind, { table, over }]) => rowsOf(product.server.state, table).map((row) => ({ kind, id: String(row['id']), over: over(row) })).filter((each) => Number.isFinite(each.over)))

test('of each class that goes by its age every row is there until its time is over, and none an hour later', async () => {
  const { origin } = product
  const owner = product.as('owner')
  const dana = await product.signedIn(owner)
  await (await confirmed(dana, owner.password, () => dana.call('/api/v1/invitations', { email: words.invitedAddress, name: words.invitedName, role: 'member' }))).arrayBuffer()
  await linkIn(origin, words.invitedAddress, /invited/i)
  await (await dana.call('/api/v1/documents', { name: `${words.documentName}.pdf`, category: 'other', phi_ack: true }, 'kept for a day')).arrayBuffer()
  const stranger = await product.stranger()
  await (await post(stranger, '/sign-in', { email: words.signUpAddress, password: 'not the password of anybody' })).arrayBuffer()
  await (await post(stranger, '/sign-up', { name: words.signUpName, email: words.signUpAddress, password: words.signUpPassword, tenantName: words.tenantName, kind: 'agency', preset: 'combined' })).arrayBuffer()
  await linkIn(origin, words.signUpAddress, /./)
  await advance(origin, 60)

  const made = kept()
  const counts = Object.fromEntries([...Map.groupBy(made, ({ kind }) => kind)].map(([kind, rows]) => [kind, rows.length]))
  expect(Object.keys(counts).sort()).toEqual(Object.keys(classes).sort())
  /** Moments at which something is over, those of one day together. */
  const ends = made.map(({ over }) => over).sort((a, b) => a - b).filter((over, index, all) => index === 0 || over - (all[index - 1] ?? 0) > 13 * 24 * HOUR)
  let [now, looks] = [await serverNow(origin), 0]
  for (const moment of ends.flatMap((over) => [over - HOUR, over + 14 * 24 * HOUR])) {
    if (moment <= now) continue
    now = await advance(origin, Math.ceil((moment - now) / 1000))
    looks += 1
    const left = new Set(kept().map(({ kind, id }) => `${kind} ${id}`))
    expect(made.filter((each) => each.over > now && !left.has(`${each.kind} ${each.id}`)), 'gone too early').toEqual([])
    expect(kept().filter(({ over }) => over < now - HOUR), 'still there').toEqual([])
  }
  expect(kept().filter(({ id }) => made.some((each) => each.id === id))).toEqual([])
  evidence('G16', 'rows past the time of their class', { looks, 'still there': 0, 'gone too early': 0, ...counts })
}, 600_000)

test('what was deleted is gone from every list and cannot be opened once its time is over', async () => {
  const { origin, server } = product
  const owner = product.as('owner')
  const dana = await product.signedIn(owner)
  const blobs = (): string[] => readdirSync(path.join(server.state, 'v3/r2/countersign-documents/blobs'))
  const before = blobs()
  const doomed = await uploaded(dana, `${words.documentName} doomed.pdf`, words.documentText)
  const itsBlobs = blobs().filter((name) => !before.includes(name))
  expect(itsBlobs).toHaveLength(1)
  expect((await dana.call(`/api/v1/documents/${doomed}/trash`, {})).status).toBe(201)
  for (const days of [29, 2]) await advance(origin, days * 86_400)
  const again = await product.signedIn(owner)
  expect((await again.fetch(`/api/v1/documents/${doomed}`)).status).toBe(404)
  const trashed = (await (await again.fetch('/api/v1/documents?state=trashed&limit=100')).json()) as { documents: { id: string }[] } // `as`: the route's own answer
  expect(trashed.documents.map(({ id }) => id)).not.toContain(doomed)
  expect(rowsOf(server.state, 'documents').filter(({ id }) => id === doomed)).toEqual([])
  expect(rowsOf(server.state, 'document_keys').filter((row) => Object.values(row).includes(doomed))).toEqual([])
  await server.kill()
  expect(blobs().filter((name) => itsBlobs.includes(name))).toEqual([])
  const find = seeker(Object.fromEntries(Object.entries(words).map(([name, word]) => [name, [word]])))
  expect(filesHolding(server.state, find, (file) => file.startsWith('bundle'))).toEqual([])
  evidence('G16', 'a purged document', { 'readable after its time': 0, 'keys left': 0, 'plaintext on the disk': 0 })
}, 600_000)
