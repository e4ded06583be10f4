import type { Ctx } from '../../worker/core/ctx.ts'
import type { Role } from '../../worker/core/module.ts'
import type { PresetName } from '../../worker/core/tenancy/contract.ts'

/** A person's account. */
export type Account = { readonly accountId: string; readonly name: string; readonly email: string }

/** Somebody with a seat in a tenant of a test. */
export type Seated = { readonly accountId: string; readonly memberId: string; readonly name: string; readonly email: string; readonly role: Role }

/** A tenant that one test made for itself: count its rows only, for all tests share the databases. */
export type TestTenant = {
  readonly id: string
  readonly name: string
  readonly preset: PresetName
  readonly owner: Seated
  /** The shard it was put on. */
  readonly shard: string
  /** Its person in this role; made when first asked for. */
  someone(role: Role): Promise<Seated>
  /** One more person in this role, whoever is there already: a new one, or somebody who has an account. */
  newSomeone(role: Role, account?: Account): Promise<Seated>
  /** Run something as a job of this tenant. */
  asJob<T>(verb: (ctx: Ctx) => Promise<T>, now?: number): Promise<T>
}
