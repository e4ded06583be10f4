import type { AccountCtx, Ctx, Visit } from '../core/ctx.ts'
import { addressIndex } from '../core/identity/address.ts'
import { accountByEmail } from '../core/identity/store.ts'
import { jobVisit, type DueWork } from '../core/job.ts'
import { roles } from '../core/module.ts'
import { PLATFORM } from '../core/reach.ts'
import { atSeat } from '../core/rerun.ts'
import { findSeat, policyOf } from '../core/tenancy/find-seat.ts'
import { tenantCtx } from '../core/tenant-ctx.ts'
import type { Person } from './cast.ts'
import type { Scene } from './scene.ts'

/** Runs the product's own verbs as the people of the demo, at moments in the past, so that the log reads like two weeks of work. */
export class Stage {
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  /** What anybody has at a moment. What a verb leaves for later is left: `sealed` does it at that very moment instead. */
  visit(now: number): Visit {
    const parts = { reach: this.#scene.reach, now, later: () => undefined }
    return { ...jobVisit(parts, 'demo'), origin: { sealed: null, ip: '127.0.0.1', userAgent: 'Demo' } }
  }

  async accountId(person: Person, now: number): Promise<string | null> {
    const visit = this.visit(now)
    return (await visit.directory.read(accountByEmail(visit.directory, await addressIndex(visit, person.email))))?.id ?? null
  }

  /** Run a verb of a person beside any tenant. */
  async asPerson<T>(person: Person, now: number, verb: (account: AccountCtx) => Promise<T>): Promise<T> {
    const accountId = await this.accountId(person, now)
    if (!accountId) throw new TypeError('the demo has no such person')
    return verb({ ...this.visit(now), accountId, session: sessionAt(now), eventActor: { kind: 'account', id: accountId, role: null } })
  }

  /** Run a verb of a person in a tenant, under the role it holds there; it has just proven itself. */
  asMember<T>(person: Person, tenantId: string, now: number, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
    return this.asPerson(person, now, async (account) => {
      const find = () => findSeat(account.reach, account.accountId, tenantId)
      const known = await find()
      if (!known) throw new TypeError('the demo has no such member')
      return atSeat(known, find, (seat) => {
        const role = roles.find((each) => each === seat.role) ?? 'viewer'
        const actor = { kind: 'member', accountId: account.accountId, memberId: seat.memberId, role, session: account.session } as const
        return tenantCtx(account, seat, policyOf(seat.preset, seat.policy), actor, async () => undefined)
      }, verb)
    })
  }

  /** Work that is due in a tenant at a moment is done then, as its alarm would have. */
  async due(works: readonly DueWork[], tenantId: string, now: number): Promise<void> {
    for (const work of works) await work.ofTenant({ reach: this.#scene.reach, now, later: () => undefined }, tenantId)
  }

  /**
   * Seal what was done, at the moment it was done, and what follows from it: a mail that is queued, a seat that is told. What
   * stayed unsealed until the next moment would be days old by then, and a log that lags refuses changes.
   */
  async sealed(tenantId: string, now: number): Promise<void> {
    const works: Promise<unknown>[] = []
    const parts = { reach: this.#scene.reach, now, later: (work: () => Promise<unknown>) => void works.push(work()) }
    for (const log of [tenantId, PLATFORM, tenantId, PLATFORM]) {
      await this.#scene.house.wake(parts, 'drain-outbox', log)
      await Promise.allSettled(works.splice(0))
    }
  }
}

const sessionAt = (now: number) => ({ sid: 'ses_demo', openedAt: now, seenAt: now, mfaAt: now, provenAt: now })
