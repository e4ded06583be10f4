import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import proofs from '#proofs'
import architecture from '../../docs/architecture.md?raw'
import runbook from '../../docs/runbooks/deploy.md?raw'
import wrangler from '../../wrangler.toml?raw'
import { mayAs } from '../../worker/core/rights.ts'
import { presets } from '../../worker/core/tenancy/contract.ts'
import type { TrustView } from '../../worker/core/trust/read-trust.ts'
import { runProbes } from '../../worker/core/trust/run-probes.ts'
import { manifests, probes } from '../../worker/modules.ts'
import { newTenant, testParts } from '../support/new-tenant.ts'
import { asOwner, asStranger, bindings } from '../support/scene.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

let html: string
let trust: TrustView

/** What the cron does every five minutes. */
async function probe(): Promise<void> {
  const sealedFields = manifests.flatMap((manifest) => manifest.sealedFields)
  await runProbes({ ...(await testParts()), sealedFields, knock: (request) => worker.fetch(request) }, probes)
}

beforeAll(async () => {
  await newTenant()
  await newTenant()
  await probe()
  html = await (await asStranger().page('/trust')).text()
  trust = await (await asStranger().call('/trust.json')).json()
}, 60_000)

/** The page as a reader reads it. */
const words = () => html.replaceAll(/<script[\s\S]*?<\/script>/g, ' ').replaceAll(/<[^>]+>/g, ' ').replaceAll('&#x27;', "'").replaceAll(/\s+/g, ' ')
const control = (id: string) => trust.controls.find((each) => each.id === id)

test('[CIQ-03] a stranger reads how data is protected: encryption, transport, access, audit, attestation, disclosure', async () => {
  expect((await asStranger().page('/trust')).status).toBe(200)
  for (const section of ['Field encryption', 'Transport and browser hardening', 'Who may do what', 'Append-only audit log', 'SOC 2 Type II', 'Reporting a vulnerability']) expect(words()).toContain(section)
})

test('[CLN-16] every control has a name, a status and how it works, on the page and for machines', () => {
  expect(trust.controls.length).toBeGreaterThan(15)
  for (const { name, status, how } of trust.controls) {
    expect(name.length > 3 && status.length > 3 && how.length > 20).toBe(true)
    for (const said of [name, status]) expect(words()).toContain(said)
  }
})

test('[CAL-03] the page claims nothing that neither a test, a provider, a process nor a plan stands behind', () => {
  for (const each of trust.controls) {
    const behind = ['active', 'failing', 'unread', 'stale'].includes(each.status) ? each.proofs.length > 0 && each.probe !== null : true
    expect([each.id, behind]).toEqual([each.id, true])
    if (each.status === 'provider') expect([each.id, each.evidence?.href.startsWith('https://')]).toEqual([each.id, true])
  }
})

test('every control that is enforced names tests that exist, and files that do', () => {
  const known = new Set([proofs.claims, proofs.files].flatMap((by) => Object.values(by).flat()).map(({ title }) => title))
  for (const each of trust.controls) for (const { title } of each.proofs) expect(known.has(title)).toBe(true)
})

test('[CIQ-66][CLN-63][CAL-31] SOC 2 is a plan and said to be one; no page says that we hold a report', async () => {
  expect(control('roadmap.soc2_type2')?.status).toBe('roadmap')
  expect(control('roadmap.soc2_type2')?.how).toContain('no attestation today')
  for (const path of ['/', '/trust', '/subprocessors', '/sign-in', '/api/docs']) {
    const page = (await (await asStranger().page(path)).text()).replaceAll(/<script[\s\S]*?<\/script>/g, ' ')
    expect([path, /\b(certified|compliant|SOC 2 ready)\b/i.exec(page)?.[0]]).toEqual([path, undefined])
  }
})

test('[SPO-84] Type I is in progress, and Type II waits for it', () => {
  expect(control('roadmap.soc2_type1')).toMatchObject({ status: 'roadmap', how: expect.stringContaining('in progress') })
})

test('[CIQ-67] every control names the criteria it is built along, and a test or evidence', () => {
  for (const each of trust.controls.filter(({ id }) => id !== 'sandbox')) {
    expect([each.id, each.frameworks.length > 0]).toEqual([each.id, true])
    if (each.status === 'active') expect([each.id, each.proofs.length > 0]).toEqual([each.id, true])
    if (each.status === 'provider') expect([each.id, each.evidence !== null]).toEqual([each.id, true])
  }
})

test('[CLN-62][CAL-91][CAL-96] the host is named with its own report, and no vendor that is not used', () => {
  expect(control('provider.soc2')).toMatchObject({ status: 'provider', how: expect.stringContaining('Cloudflare') })
  expect(control('provider.soc2')?.evidence?.href).toContain('cloudflare.com')
  const names = trust.subprocessors.map(({ name }) => name)
  for (const absent of ['AWS', 'Vercel', 'Neon', 'Railway', 'Supabase', 'Clerk', 'Upstash']) expect(names).not.toContain(absent)
})

test('[SPO-77] the vendors of the five pages that we do not use are said to be replaced, and by whom', () => {
  const replaced = new Map(trust.subprocessors.flatMap((vendor) => vendor.replaces.map((name) => [name, vendor.name] as const)))
  for (const name of ['Vercel', 'Neon', 'Upstash', 'Railway', 'AWS', 'Supabase']) expect([name, replaced.get(name)]).toEqual([name, 'Cloudflare'])
})

test('[CAL-92][CAL-93][CAL-94] protection from floods, the network in front and scaling are the host’s, and said to be', () => {
  const edge = control('provider.edge')
  expect(edge?.status).toBe('provider')
  for (const word of ['DDoS protection', 'CDN', 'scaling']) expect(edge?.name).toContain(word)
  expect(edge?.evidence?.checked).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test('[CAL-95] the product runs on the edge runtime', () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers')
})

test('[CAL-37][CAL-101] the page says who runs sign-in: we do, and no identity vendor is listed', () => {
  expect(control('identity.own')?.how).toContain('run by this deployment, in place of Clerk')
  expect(trust.subprocessors.some(({ category }) => category === 'authentication')).toBe(false)
})

test('[IFD-22][IFD-46] what is not claimed stands on the page: no end-to-end encryption, no associate, no bounty, no report of our own', async () => {
  for (const line of ['No end-to-end encryption', 'Not a HIPAA business associate', 'No bug bounty', 'No SOC 2 report of our own']) expect(words()).toContain(line)
  expect(words()).toContain('guards against whoever gets the database alone')
  for (const path of ['/', '/subprocessors', '/sign-in']) expect(await (await asStranger().page(path)).text()).not.toMatch(/end-to-end/i)
})

test('[IFD-29][IFD-30] the architecture page tells the true stack, and the register names the true host', () => {
  for (const part of ['D1', 'AuditChain', 'R2', 'Remix', 'Hono']) expect(architecture).toContain(part)
  expect(architecture).not.toMatch(/Railway|Postgres/)
  expect(trust.subprocessors.find(({ category }) => category === 'hosting')?.name).toBe('Cloudflare')
})

test('[IFD-36] databases, buckets and objects are bindings, and none has an address', () => {
  expect(wrangler).toContain('[[d1_databases]]')
  expect(wrangler).not.toMatch(/postgres:|mysql:|connection_string|hyperdrive/)
  expect(control('provider.private')?.status).toBe('provider')
})

test('[IFD-114][SPO-80] subprocessors have a page: who, what each handles, what for, and whether one can do without it', async () => {
  const answer = await asStranger().page('/subprocessors')
  expect(answer.status).toBe(200)
  const page = await answer.text()
  for (const { name, purpose, handles } of trust.subprocessors) for (const said of [name, purpose, handles]) expect(page).toContain(said)
  expect(page).toContain('Optional')
})

test('[CAL-90] each vendor shows what it attests itself, where, and when we last looked', () => {
  for (const vendor of trust.subprocessors) {
    expect(vendor.attests?.says.length).toBeGreaterThan(5)
    expect(vendor.attests?.href).toMatch(/^https:\/\//)
    expect(vendor.attests?.checked).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

test('[CAL-63] the whole register is there for a questionnaire, as JSON, to anyone', async () => {
  const answer = await asStranger().call('/trust.json')
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/json'])
  expect(trust.controls.map(({ id }) => id)).toEqual(expect.arrayContaining(manifests.flatMap((manifest) => manifest.controls).map(({ id }) => id)))
})

test('[IFD-31][CAL-27] everything in transit is TLS: the zone’s setting in the runbook, the Worker’s own guard, the provider’s row', async () => {
  expect(runbook).toContain('Always use HTTPS')
  const plain = await worker.fetch(new Request('http://countersign.test/trust', { redirect: 'manual' }))
  expect(plain.status).toBe(308)
  expect(control('provider.tls')?.status).toBe('provider')
})

test('[CAL-82] the permission matrix is the table that decides', () => {
  const rights = manifests.flatMap((manifest) => manifest.rights)
  expect(trust.matrix).toHaveLength(rights.length)
  for (const right of rights) {
    const shown = trust.matrix.find((row) => row.right === right.right)
    for (const role of ['owner', 'admin', 'member', 'viewer'] as const) expect([right.right, role, shown?.roles[role]]).toEqual([right.right, role, mayAs(role, right, presets.combined)])
  }
})

test('a probe that fails turns its control over, and passing again turns it back', async () => {
  await bindings.DIRECTORY.prepare('DROP TRIGGER platform_auth_log_no_update').run()
  try {
    await probe()
    const failing = (await (await asStranger().call('/trust.json')).json()) as TrustView // `as`: our own document
    expect(failing.controls.find(({ probe: read }) => read?.id === 'audit.triggers')?.status).toBe('failing')
    expect(await (await asStranger().page('/trust')).text()).toContain('failing')
  } finally {
    await bindings.DIRECTORY.prepare("CREATE TRIGGER platform_auth_log_no_update BEFORE UPDATE ON platform_auth_log BEGIN SELECT RAISE(ABORT, 'countersign:append_only'); END").run()
  }
  await probe()
  const mended = (await (await asStranger().call('/trust.json')).json()) as TrustView // `as`: our own document
  expect(mended.controls.find(({ probe: read }) => read?.id === 'audit.triggers')?.status).toBe('active')
})

test('a trigger that was emptied under its own name turns the control over as one that is gone does', async () => {
  const { sql } = (await bindings.SHARD_2.prepare("SELECT sql FROM sqlite_master WHERE name = 'outbox_no_update'").first<{ sql: string }>()) ?? { sql: '' }
  const reading = async () => {
    await probe()
    const shown = (await (await asStranger().call('/trust.json')).json()) as TrustView // `as`: our own document
    return shown.controls.find(({ probe: read }) => read?.id === 'audit.triggers')?.status
  }
  try {
    await bindings.SHARD_2.batch([bindings.SHARD_2.prepare('DROP TRIGGER outbox_no_update'), bindings.SHARD_2.prepare('CREATE TRIGGER outbox_no_update BEFORE UPDATE ON outbox BEGIN SELECT 1; END')])
    expect(await reading()).toBe('failing')
  } finally {
    await bindings.SHARD_2.batch([bindings.SHARD_2.prepare('DROP TRIGGER outbox_no_update'), bindings.SHARD_2.prepare(sql)])
  }
  expect(await reading()).toBe('active')
})

test('the page for everyone shows nothing of any tenant', async () => {
  const tenant = await newTenant({ name: 'Canary Insurance Brokers' })
  await (await asOwner(tenant)).page('/people')
  const page = await (await asStranger().page('/trust')).text()
  for (const secret of [tenant.id, tenant.name, tenant.owner.email, tenant.owner.accountId]) expect(page).not.toContain(secret)
})

test('security.txt says where, until when and under which policy (RFC 9116)', async () => {
  const answer = await asStranger().call('/.well-known/security.txt')
  const text = await answer.text()
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/)
  expect(text).toMatch(/^Contact: mailto:/m)
  expect(Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '')).toBeGreaterThan(Date.now() + 30 * 86_400_000)
})
