import { beforeAll, expect, test } from 'vitest'
import { mayAs } from '../../worker/core/rights.ts'
import { roles, type Role } from '../../worker/core/module.ts'
import { manifests } from '../../worker/modules.ts'
import type { PresetName } from '../../worker/core/tenancy/contract.ts'
import { presets } from '../../worker/core/tenancy/contract.ts'
import { asStranger, signedIn, type Browser } from '../support/scene.ts'
import { send, withBrowser, withKey, type Answer, type Sender } from './ask.ts'
import { carrierKey } from './carrier-cases.ts'
import { newHome, type Home } from './home.ts'
import { personalRights } from './personal.ts'
import type { Case } from './case.ts'
import { cases } from './route-cases.ts'
import { entrances, type Entrance } from './route-table.ts'

/** What came of one case for one sender: what the manifests say, and what the product did. */
type Tried = { readonly case: Case; readonly who: string; readonly expected: Verdict; readonly found: Verdict; readonly status: number }
type Verdict = 'served' | 'refused' | 'signed out'

/** An owner and a key may send a hundred requests a minute: after so many cases others take their place. */
const CASES_A_HOME = 8

const everyPreset: readonly PresetName[] = ['combined', 'spartan']
const scene: { tried: Tried[] } = { tried: [] }

beforeAll(async () => {
  await asStranger().call('/healthz')
  for (const preset of everyPreset) scene.tried.push(...(await walk(preset)))
}, 600_000)

/** Each case in each role, with a key of every scope, and signed out. Under the second preset: where its policy says something else. */
async function walk(preset: PresetName): Promise<Tried[]> {
  const tried: Tried[] = []
  const all = entrances()
  const walked = cases.filter((each) => preset === 'combined' || differs(each, preset))
  let home = await newHome(`roles${preset}`, preset)
  let key = (await home.apiKey()).token
  let program = (await carrierKey(home)).token
  let over = false
  for (const [index, each] of walked.entries()) {
    const entrance = all.find(({ name }) => name === each.entrance)
    if (!entrance) continue
    if (over || index % CASES_A_HOME === CASES_A_HOME - 1) {
      home = await newHome(`roles${preset}${index}`, preset)
      key = (await home.apiKey()).token
      program = (await carrierKey(home)).token
    }
    for (const role of roles) {
      if (role === 'owner' && each.notOwner) continue
      const browser = role === 'owner' ? await home.ownerAnew() : await signedIn(await home.tenant.someone(role), home.tenant.id)
      tried.push(await tryOne(home, each, entrance, withBrowser(browser), role, expectedOf(each, role, preset)))
    }
    over = each.ends === true
    if (preset !== 'combined') continue
    if (entrance.kind === 'api' && each.programs !== false) tried.push(await tryOne(home, each, entrance, withKey(key), 'key', each.may === 'carrier' ? 'signed out' : keyMay(each) ? 'served' : 'refused'))
    if (entrance.kind === 'api' && each.programs !== false) tried.push(await tryOne(home, each, entrance, withKey(program), 'carrier', each.may === 'carrier' || each.may === 'anyone' ? 'served' : (each.strangers ?? 'signed out')))
    tried.push(await tryOne(home, each, entrance, withBrowser(await stranger()), 'stranger', each.may === 'anyone' ? 'served' : (each.strangers ?? 'signed out')))
  }
  return tried
}

async function tryOne(home: Home, each: Case, entrance: Entrance, sender: Sender, who: string, expected: Verdict): Promise<Tried> {
  const answer = await send(sender, entrance, await each.ask(home, sender.key || sender.browser.session ? sender : withBrowser(home.owner)))
  return { case: each, who, expected, found: verdictOf(answer), status: answer.status }
}

/** Somebody who has opened a page before, so that its forms have a token. */
async function stranger(): Promise<Browser> {
  const browser = asStranger()
  await browser.page('/')
  return browser
}

const differs = ({ may }: Case, preset: PresetName): boolean => typeof may === 'object' && roles.some((role) => mayAs(role, may, presets[preset]) !== mayAs(role, may, presets.combined))

const expectedOf = ({ may }: Case, role: Role, preset: PresetName): Verdict => (may === 'carrier' ? 'signed out' : may === 'anyone' || may === 'member' || mayAs(role, may, presets[preset]) ? 'served' : 'refused')

const keyMay = ({ may }: Case): boolean => may === 'anyone' || (typeof may === 'object' && may.keyScope !== undefined)

function verdictOf({ status, headers }: Answer): Verdict {
  if (status === 401 || headers.get('Location')?.startsWith('/sign-in')) return 'signed out'
  return status < 400 && !/^\/(step-up|profile\/security)/.test(headers.get('Location') ?? '') ? 'served' : 'refused'
}

const titleOf = ({ entrance, which }: Case): string => `${entrance}${which ? ` (${which})` : ''}`

test('[CLN-30][IFD-67] each route answers each of the four roles, a key, a carrier’s program and a stranger as the manifests say', () => {
  const wrong = scene.tried.filter(({ expected, found }) => expected !== found).map((tried) => `${titleOf(tried.case)} as ${tried.who}: ${tried.found} (${tried.status}), the manifest says ${tried.expected}`)
  expect(wrong).toEqual([])
  expect(scene.tried.length).toBeGreaterThan(cases.length * roles.length)
})

test('[IFD-67] whoever stands higher may all that is below: what a viewer is served, a member is; what a member, an admin; what an admin, the owner', () => {
  const served = (role: Role) => new Set(scene.tried.filter((tried) => tried.who === role && tried.found === 'served' && !tried.case.notOwner).map((tried) => titleOf(tried.case)))
  for (const [index, role] of roles.entries()) for (const lower of roles.slice(0, index)) expect([...served(lower)].filter((title) => !served(role).has(title))).toEqual([])
  expect(served('owner').size).toBeGreaterThan(served('viewer').size)
})

test('a refusal for want of a right is a 403 or, where the thing itself is not to be known, a 404', () => {
  const odd = scene.tried.filter(({ found, status }) => found === 'refused' && status !== 403 && status !== 404).map((tried) => `${titleOf(tried.case)} as ${tried.who}: ${tried.status}`)
  expect(odd).toEqual([])
})

test('every right that a manifest declares is asked for by some route', () => {
  const asked = new Set([...personalRights.map(({ right }) => right as string), ...cases.flatMap(({ may, also }) => [...(typeof may === 'object' ? [may.right] : []), ...(also ?? []).map(({ right }) => right)])])
  const declared = manifests.flatMap(({ rights }) => rights.map(({ right }) => right))
  expect(declared.filter((right) => !asked.has(right)).map((right) => `${right} is declared, but no case of tests/tenancy/route-cases.ts needs it.`)).toEqual([])
})
