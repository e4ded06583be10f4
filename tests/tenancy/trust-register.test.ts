import { beforeAll, expect, test } from 'vitest'
import canonicalize from 'canonicalize'
import proofs from '#proofs'
import ci from '../../.ci/run?raw'
import threats from '../../docs/threat-model.md?raw'
import { DEFAULT_TERMS } from '../../durable-objects/account-facts.ts'
import { ADDRESS_WINDOW } from '../../durable-objects/sign-in-gate.ts'
import { policyFields, presets } from '../../worker/core/tenancy/contract.ts'
import type { TrustView } from '../../worker/core/trust/read-trust.ts'
import { vendorVersions } from '../../worker/core/trust/standing.ts'
import { sha256Hex } from '../../worker/core/vault/digest.ts'
import { elsewhere, manifests, sweeps } from '../../worker/modules.ts'
import { entrances } from './route-table.ts'
import { asStranger } from '../support/scene.ts'
import { newTenant } from '../support/new-tenant.ts'

const records = Object.keys(import.meta.glob(['../../docs/**/*.md', '../../docs/*.md'])).map((file) => file.replace('../../', ''))

let html: string
let trust: TrustView

beforeAll(async () => {
  await newTenant()
  html = (await (await asStranger().page('/trust')).text()).replaceAll(/<script[\s\S]*?<\/script>/g, ' ')
  trust = await (await asStranger().call('/trust.json')).json()
}, 60_000)

const words = () => html.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#x27;', "'").replaceAll(/\s+/g, ' ')
const section = (id: string) => new RegExp(`id="${id}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? ''
const fragments = () => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
const ids = () => new Set(trust.controls.map(({ id }) => id))

test('[CIQ-02] security is a process that is written down: a threat model whose rows name tests, a map from controls to code, a run of the suite for every push, and no absolute word', () => {
  expect(trust.controls.find(({ id }) => id === 'process.threats')).toMatchObject({ status: 'process', enforcedBy: ['docs/threat-model.md'] })
  const rows = threats.split('\n').filter((line) => /^\| (?!threat|---)/.test(line))
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) expect(row).toMatch(/\.(test|e2e)\.tsx?/)
  for (const each of trust.controls) if (each.status === 'active') expect([each.id, each.enforcedBy.length > 0]).toEqual([each.id, true])
  expect(ci).toContain('npm test')
  expect(words()).not.toMatch(/\b(unbreakable|unhackable|100 ?% secure|bank-grade|military-grade|guaranteed?)\b/i)
})

test('[CLN-83] whoever has a question finds an address and a button that writes to it', async () => {
  expect(trust.securityContact).toMatch(/^[^@\s]+@[^@\s]+$/)
  expect(html).toMatch(new RegExp(`<a[^>]*href="mailto:${trust.securityContact}\\?subject=Responsible%20Disclosure"[^>]*>Security contact</a>`))
  expect(await (await asStranger().call('/.well-known/security.txt')).text()).toContain(`Contact: mailto:${trust.securityContact}`)
})

test('[CLN-84] the register of vendors tells of each what for and which data, and every change of it is a version', async () => {
  for (const { name, purpose, handles } of trust.subprocessors) {
    expect([name, purpose.length > 10, handles.length > 10]).toEqual([name, true, true])
    for (const said of [name, purpose, handles]) expect(words()).toContain(said)
  }
  expect(trust.vendorVersions.map(({ version }) => version)).toEqual(trust.vendorVersions.map((_, at) => at + 1))
  expect(words()).toContain(`Version ${trust.vendorVersions.at(-1)?.version} of the register`)
  const declared = manifests.flatMap(({ subprocessors }) => [...subprocessors])
  expect(vendorVersions.at(-1)?.digest, 'the register changed: add a version with this digest').toBe(await sha256Hex(canonicalize(declared) ?? ''))
})

test('[CLN-85] six categories, each with who is in it or an explicit none', () => {
  expect(trust.categories.map(({ category }) => category)).toEqual(['hosting', 'authentication', 'ai', 'licence registry', 'email', 'analytics'])
  for (const { category, names, none } of trust.categories) {
    expect([category, names.length > 0 ? none : none?.startsWith('none')]).toEqual([category, names.length > 0 ? null : true])
    expect(section('vendor-categories')).toContain(none ?? names.join(', '))
  }
})

test('[SPO-17] the page says what we do and what the customer decides; each line of ours leads to a control with tests, each of theirs to a page of settings', () => {
  for (const { href, says } of trust.ours) {
    const control = trust.controls.find(({ id }) => `#${id}` === href)
    expect([says, control !== undefined && (control.proofs.length > 0 || control.status === 'process'), fragments().has(href.slice(1))]).toEqual([says, true, true])
  }
  const pages = new Set(entrances().filter(({ kind }) => kind === 'page').map(({ path }) => path))
  for (const { href, says } of trust.yours) expect([says, pages.has(href)]).toEqual([says, true])
  for (const { says } of [...trust.ours, ...trust.yours]) expect(words()).toContain(says)
})

test('[SPO-81] six areas of a Type I report, designed to meet their criteria, each with evidence that is there', () => {
  expect(trust.areas.map(({ name }) => name)).toEqual(['Encryption', 'Access', 'Monitoring', 'Change management', 'Incident response', 'Vendor management'])
  for (const { name, says, controls, records: files } of trust.areas) {
    expect([name, says.startsWith('Designed to meet CC'), controls.length > 0]).toEqual([name, true, true])
    for (const id of controls) expect([name, id, ids().has(id), section('areas').includes(`href="#${id}"`), fragments().has(id)]).toEqual([name, id, true, true, true])
    for (const file of files) expect([file, records.some((record) => record === file || record.startsWith(`${file}/`))]).toEqual([file, true])
  }
})

test('[CAL-20] four principles, each led back to controls with tests and to the decision behind it', () => {
  expect(trust.principles).toHaveLength(4)
  for (const { name, controls, records: files } of trust.principles) {
    expect([name, controls.length > 0, files.length > 0]).toEqual([name, true, true])
    for (const id of controls) expect([name, id, (trust.controls.find((control) => control.id === id)?.proofs.length ?? 0) > 0, section('principles').includes(`href="#${id}"`)]).toEqual([name, id, true, true])
    for (const file of files) expect([file, records.includes(file)]).toEqual([file, true])
  }
})

test('[SPO-86] Type II depends on Type I: its row comes after it and leads to it, and neither is held', () => {
  const [first, second] = ['roadmap.soc2_type1', 'roadmap.soc2_type2'].map((id) => trust.controls.find((control) => control.id === id))
  expect(second).toMatchObject({ status: 'roadmap', after: { id: 'roadmap.soc2_type1', name: 'SOC 2 Type I' }, how: expect.stringContaining('right after the Type I report') })
  expect(first?.status).toBe('roadmap')
  expect(/id="roadmap\.soc2_type2"[\s\S]*?<\/details>/.exec(html)?.[0]).toContain('href="#roadmap.soc2_type1"')
})

test('[CLN-79] controls are mapped to five sets of rules, and said to be aligned with them, never more', () => {
  for (const column of ['SOC 2 criteria', 'HIPAA Security Rule', 'TCPA', 'CAN-SPAM', 'CCPA / CPRA']) expect(section('alignment')).toContain(column)
  expect(words()).toContain('What the controls are aligned with')
  expect(words()).not.toMatch(/\b(compliant|certified|certification)\b/i)
  for (const { control } of trust.alignments) expect([control, ids().has(control)]).toEqual([control, true])
  for (const rules of ['hipaa', 'canSpam', 'ccpa'] as const) expect([rules, trust.alignments.some((row) => row[rules].length > 0)]).toEqual([rules, true])
})

test('[CAL-47] everything that is kept has a path in and out, from the rules that the job runs; every sealed field lies on one', () => {
  const rules = manifests.flatMap(({ retention }) => retention)
  expect(trust.flows.map(({ name }) => name)).toEqual(rules.map(({ name }) => name))
  const carriers = [...Object.values(elsewhere), 'the hourly job']
  for (const flow of trust.flows) {
    expect([flow.name, flow.enters.length > 10, carriers.includes(flow.carriedOutBy)]).toEqual([flow.name, true, true])
    expect([flow.name, flow.carriedOutBy === 'the hourly job']).toEqual([flow.name, sweeps.some(({ rule }) => rule === flow.name)])
    for (const said of [flow.what, flow.enters, flow.keep]) expect(section('flows')).toContain(said)
  }
  const onPath = new Set(trust.flows.flatMap(({ sealedIn }) => sealedIn))
  expect(trust.sealedFields.map(({ name }) => name).filter((name) => !onPath.has(name))).toEqual([])
  expect([...onPath].filter((name) => !trust.sealedFields.some((field) => field.name === name))).toEqual([])
})

test('isolation is told for what it is: an application-enforced row policy, for D1 has none', () => {
  expect(words()).toContain('application-enforced row policy')
  expect(words()).not.toMatch(/row[- ]level security/i)
})

test('[CLN-17] every control that is declared active has a test that carries it', () => {
  const active = manifests.flatMap(({ controls }) => [...controls]).filter(({ status }) => status === 'active')
  expect(active.length).toBeGreaterThan(12)
  for (const { id, claims, provenBy } of active) {
    const tests = [...claims.flatMap((claim) => proofs.claims[claim] ?? []), ...(provenBy ?? []).flatMap((file) => proofs.files[file] ?? [])]
    expect([id, tests.length > 0]).toEqual([id, true])
  }
})

test('the limits that the page tells of people, keys and addresses are those that are counted by', () => {
  const limit = (name: string) => trust.limits.find((each) => each.name === name)
  const ceiling = policyFields['rate.api_user'].max
  for (const name of ['person', 'key']) expect(limit(name)).toMatchObject({ quota: ceiling, windowS: 60, policy: 'rate.api_user' })
  expect(DEFAULT_TERMS.requests).toBe(ceiling)
  for (const [preset, policy] of Object.entries(presets)) expect([preset, policy['rate.api_user'] <= ceiling]).toEqual([preset, true])
  expect(limit('sign_in.address')).toMatchObject({ quota: ADDRESS_WINDOW.quota, windowS: ADDRESS_WINDOW.windowMs / 1000 })
})
