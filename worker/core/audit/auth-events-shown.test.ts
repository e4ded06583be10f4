import { afterEach, expect, test } from 'vitest'
import { linkTo, personWithPassword } from '../../../tests/support/account-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { codeOf, Person } from '../../../tests/support/person-scene.ts'
import { asMember, asOwner, drained, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { Somewhere } from '../../../tests/support/somewhere.ts'
import { wake } from '../../wake.ts'

afterEach(() => {
  clock.aheadMs = 0
})

/** The names and subjects on a browser's audit page, newest first. */
async function shown(browser: Browser, accountId: string): Promise<string[]> {
  const { entries } = (await (await browser.call(`/api/v1/audit-entries?subject=${accountId}&limit=50`)).json()) as { entries: { n: number; event: string }[] } // `as`: the route's own answer
  const page = await (await browser.page(`/audit?subject=${accountId}`)).text()
  for (const { n, event } of entries) expect(page, event).toMatch(new RegExp(`/audit/${n}[^0-9].*${event.replaceAll('.', '\\.')}`, 's'))
  return entries.map(({ event }) => event).toReversed()
}

test('[CIQ-61][SPO-40] a wrong password, a sign-in, a wrong and a right code, a sign-out and a reset are entries of their own, which the owner sees on its audit page and no other tenant’s', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const paula = await personWithPassword()
  await tenant.newSomeone('member', paula)
  const person = new Person(await signedIn(paula, tenant.id), paula.accountId, await testClock())
  await person.enrolTotp()

  const somewhere = new Somewhere()
  expect((await somewhere.signIn(paula.email, 'wrong password here')).status).toBe(401)
  expect((await somewhere.signIn(paula.email)).headers.get('Location')).toContain('/sign-in/second-factor')
  await somewhere.get('/sign-in/second-factor')
  clock.aheadMs = person.now - Date.now() // a code counts once, and setting the authenticator up took some
  const right = codeOf(person.secret, await testClock())
  const wrong = String((Number(right) + 7) % 1_000_000).padStart(6, '0')
  expect((await somewhere.post('/sign-in/second-factor', { kind: 'totp', code: wrong })).status).toBe(401)
  expect((await somewhere.post('/sign-in/second-factor', { kind: 'totp', code: right })).status).toBe(302)
  expect((await somewhere.post('/sign-out', {})).headers.get('Location')).toBe('/sign-in')
  await somewhere.get('/forgot-password')
  await somewhere.post('/forgot-password', { email: paula.email })
  const path = await linkTo(paula.email, 'password_reset')
  await somewhere.get(path)
  expect((await somewhere.post(path, { password: 'amber kettle by the canal' })).status).toBe(200)

  await wake(await testParts(), 'drain-guard', `account:${paula.accountId}`)
  await drained(tenant.id)
  const events = await shown(await asOwner(tenant), paula.accountId)
  expect(events.slice(events.indexOf('core.sign_in.failed'))).toEqual(['core.sign_in.failed', 'core.session.opened', 'core.mfa.failed', 'core.mfa.passed', 'core.session.closed', 'core.password.reset'])
  expect((await (await asMember(tenant)).page('/audit')).status).toBe(403)
  expect(await shown(await asOwner(other), paula.accountId)).toEqual([])
})
