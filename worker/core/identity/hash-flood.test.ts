import { expect, test } from 'vitest'
import { freshIp, HOUR, PASSWORD, personWithPassword, visitAt } from '../../../tests/support/account-scene.ts'
import { CHEAP } from '../../../tests/support/cheap-hashes.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { failureOf, replaced } from '../../../tests/support/scene.ts'
import type { Visit } from '../ctx.ts'
import { HashQueue } from './hash-queue.ts'
import { signIn } from './sign-in.ts'

/** A queue that counts what reaches the hash. */
class CountedQueue extends HashQueue {
  reached = 0
  override run<T>(key: string, work: () => Promise<T>): Promise<T> {
    return super.run(key, () => {
      this.reached += 1
      return work()
    })
  }
}

test('[CAL-88][CAL-105] a thousand wrong passwords at once, in four spellings from sixty-four addresses: at most ten reach the hash, and the right one must wait', async () => {
  const [{ email }, other] = [await personWithPassword(), await personWithPassword()]
  const now = await testClock()
  const queue = new CountedQueue(CHEAP)
  const places = await Promise.all(Array.from({ length: 64 }, () => visitAt({ now, ip: freshIp() })))
  const visits = places.map((visit): Visit => ({ ...visit, reach: replaced(visit.reach, 'hashes', queue) }))
  const spellings = [email, email.toUpperCase(), ` ${email}`, `${email} `]
  const attempt = (n: number, password: string) => {
    const visit = visits[n % visits.length]
    if (!visit) throw new Error('no place')
    return failureOf(signIn(visit, { email: spellings[n % 4] ?? email, password }, crypto.randomUUID()))
  }
  const flood = Array.from({ length: 1000 }, (_, n) => attempt(n, n === 500 ? PASSWORD : `wrong password ${n}`))
  const bystander = failureOf(signIn({ ...(await visitAt({ now })), reach: replaced((await visitAt({ now })).reach, 'hashes', queue) }, { email: other.email, password: PASSWORD }, 'b'))
  const codes = (await Promise.all(flood)).map((failure) => failure?.code ?? 'in')
  expect(queue.reached).toBeLessThanOrEqual(11) // ten of the flood and the bystander's own
  expect(codes.filter((code) => code === 'in')).toEqual([])
  expect(await bystander).toBeNull()
  expect(await attempt(0, PASSWORD)).toMatchObject({ code: 'locked' })
  const later = async (at: number) => failureOf(signIn(await visitAt({ now: at }), { email, password: PASSWORD }, crypto.randomUUID()))
  expect(await later(now + HOUR - 60_000)).toMatchObject({ code: 'locked' })
  expect(await later(now + HOUR + 60_000)).toBeNull()
}, 60_000)
