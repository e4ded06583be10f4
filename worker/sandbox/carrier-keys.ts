import { carrierKeyIssued } from '../contracting/carriers/module.ts'
import { listCarriers } from '../contracting/carriers/list-carriers.ts'
import { makeKey } from '../core/api/make-key.ts'
import type { Ctx } from '../core/ctx.ts'
import { PLATFORM } from '../core/reach.ts'
import type { SealableField } from '../core/vault/sealed.ts'
import type { House, Step } from './links.ts'
import { demoCarriers } from './requests.ts'
import type { Scene } from './scene.ts'
import type { Stage } from './stage.ts'

/** A key that a demo carrier's program comes in by. */
export type DemoCarrierKey = { readonly carrierId: string; readonly carrier: string; readonly fmo: string; readonly token: string }

const DAYS = 365
const keyField = { name: 'sandbox.carrier_key', class: 'content' } as const satisfies SealableField

/** The keys of the demo's carriers, in the order they were made. */
export async function demoCarrierKeys(scene: Scene): Promise<DemoCarrierKey[]> {
  const rows = await scene.store.carrierKeys()
  const opened = await scene.reach.vault(PLATFORM, 1, scene.now).openMany<Omit<DemoCarrierKey, 'carrierId'>>(keyField, rows)
  return rows.map(({ id }, index) => ({ carrierId: id, ...(opened[index] ?? { carrier: '', fmo: '', token: '' }) }))
}

/** One key for each carrier of the demo that has none kept. Nobody stands at a browser to prove itself: the key is made as its verb makes it, and told. */
export function carrierKeySteps(scene: Scene, stage: Stage, houses: readonly House[]): Step[] {
  return houses.filter(({ name }) => demoCarriers.some(({ fmo }) => fmo === name)).map(({ name, owner, tenantId }) => ({
    daysAgo: 1, sealed: [tenantId], run: (now) => stage.asMember(owner, tenantId, now, (ctx) => issueMissing(ctx, scene, name)),
  }))
}

async function issueMissing(ctx: Ctx, scene: Scene, fmo: string): Promise<void> {
  const { carriers } = await listCarriers(ctx, { limit: 100 })
  const known = (await demoCarrierKeys(scene)).map(({ carrierId }) => carrierId)
  const ofDemo = carriers.filter(({ id, naic }) => !known.includes(id) && demoCarriers.some((each) => each.fmo === fmo && each.terms.naic === naic))
  for (const { id, name } of ofDemo) {
    const { token } = await makeKey(ctx, { label: 'Demo program', days: DAYS, carrierId: id, scopes: ['carrier'] }, (key, prefix) => carrierKeyIssued(key, { carrier: id, prefix, days: DAYS }))
    await scene.store.keepCarrierKey({ id, cell: await scene.reach.vault(PLATFORM, 1, scene.now).seal(keyField, id, { token, carrier: name, fmo }) })
  }
}
