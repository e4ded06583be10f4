import { expect, test } from 'vitest'
import { advance, atOnce, post, postAsScript, tally } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { codeAt, type Factors, withAuthenticator, wrongCode } from './factor-acts.ts'
import type { Person } from './person.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
const GUESSES = 1000
const LINKS = isFull ? 1000 : 200
/** The second step of a sign-in. */
const secondFactor = '/sign-in/second-factor'

test('of a thousand wrong passwords at once at most ten reach the hash; the right one waits for the lock’s end, save from a browser of old', async () => {
  const { origin } = product
  const priya = product.as('member', 'Anchor Agency')
  const known = await product.signedIn(priya)
  await (await post(known, '/sign-out')).arrayBuffer()
  await (await known.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
  const attacker = await product.stranger()
  const spellings = [priya.email, priya.email.toUpperCase(), ` ${priya.email} `, priya.email.replace(/^./, (first) => first.toUpperCase())]
  const statuses = await atOnce(GUESSES, (index) => postAsScript(attacker, '/sign-in', { email: spellings[index % 4] ?? '', password: `wrong password number ${index}` }, { 'CF-Connecting-IP': `198.51.100.${index % 100}` }))
  const reached = statuses.filter((status) => status === 401).length
  expect(reached).toBeGreaterThan(0)
  expect(reached).toBeLessThanOrEqual(10)
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([])

  const anew = await product.stranger()
  const right = { email: priya.email, password: priya.password }
  expect((await post(anew, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.200' })).status).toBeGreaterThanOrEqual(400)
  expect((await post(known, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.201' })).status).toBe(302)
  await product.signedIn(product.as('owner'))
  await advance(origin, 3700)
  expect((await post(anew, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.202' })).status).toBe(302)
  evidence('G7', 'wrong passwords at once', { sent: GUESSES, addresses: 100, spellings: 4, 'reached the hash': reached, ...tally(statuses) })
}, 600_000)

test('of a thousand wrong codes at once at most five are compared, the authenticator’s and recovery codes alike; the right one waits for the window’s end', async () => {
  const { origin } = product
  const person = product.as('member')
  const factors = await withAuthenticator(origin, await product.signedIn(person), person.password)
  const kinds: Record<string, { wrong(now: number, index: number): string; right(now: number): string }> = {
    totp: { wrong: (now, index) => wrongCode(factors.secret, now, index), right: (now) => codeAt(factors.secret, now) },
    recovery_code: { wrong: (_now, index) => wrongRecoveryCode(factors, index), right: () => factors.codes[0] ?? '' },
  }
  for (const [kind, { wrong, right }] of Object.entries(kinds)) {
    // Each wave in a minute of its own: a person's hundred requests a minute must not be what keeps the guesses out.
    let now = await advance(origin, 1000)
    const halves: Person[] = []
    for (let browser = 0; browser < 4; browser += 1) halves.push(await product.signedIn(person))
    const guess = (half: number, code: string, send = postAsScript): Promise<Response> => send(halves[half % 4] as Person, secondFactor, { kind, code }) // `as`: there are four
    const statuses = await atOnce(GUESSES, (index) => guess(index, wrong(now, index)))
    const compared = statuses.filter((status) => status === 401).length
    expect([kind, compared]).toEqual([kind, 5])
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([])

    now = await advance(origin, 61)
    const later = await atOnce(80, (index) => guess(index, index === 40 ? right(now) : wrong(now, index)))
    expect([kind, tally(later)]).toEqual([kind, { 423: 80 }])

    now = await advance(origin, 900)
    expect((await guess(0, right(now), post)).status).toBe(302)
    evidence('G7', `wrong codes at once (${kind})`, { sent: GUESSES, browsers: 4, compared, ...tally(statuses), 'a minute later': later.length, 'of them compared': 0 })
  }
}, 600_000)

test(`of ${LINKS} made-up links of each kind none opens anything`, async () => {
  const stranger = await product.stranger()
  const elena = await product.signedIn(product.as('owner', 'Anchor Agency'))
  const made = (index: number, part: string): string => `${part}.${Buffer.from(`guess ${index}`.padEnd(32, 'x')).toString('base64url')}.${Buffer.from(`mac ${index}`.padEnd(32, 'x')).toString('base64url')}`
  const kinds: Record<string, (index: number) => Promise<Response>> = {
    invitation: (index) => postAsScript(elena, `/invitation/${made(index, 'inv_00000000000000000000000000')}`, {}, { 'CF-Connecting-IP': `198.51.100.${index % 100}` }),
    reset: (index) => postAsScript(stranger, `/reset-password/${made(index, 'acc_00000000000000000000000000')}`, { password: 'a newer long password' }, { 'CF-Connecting-IP': `198.51.101.${index % 100}` }),
  }
  for (const [kind, send] of Object.entries(kinds)) {
    const statuses = await atOnce(LINKS, send)
    expect([kind, statuses.filter((status) => status < 400 || status >= 500)]).toEqual([kind, []])
    evidence('G7', `made-up links (${kind})`, { sent: LINKS, opened: 0, ...tally(statuses) })
  }
}, 300_000)

/** A recovery code that was never given out, in the spelling that one has. */
function wrongRecoveryCode({ codes }: Factors, index: number): string {
  const code = `0000-${index.toString(32).padStart(4, '0').replaceAll(/[ilou]/g, 'z')}-0000`
  if (codes.includes(code)) throw new Error('a guess that is right')
  return code
}
