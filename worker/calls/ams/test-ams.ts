import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { toE164 } from '../intake/phone.ts'
import type { AmsTested, TestAms } from './contract.ts'
import { readAms } from './list-ams.ts'
import { amsTested, rights } from './module.ts'
import type { Ams, AmsTrouble } from './port.ts'
import { changeAms } from './store.ts'
import { withAms } from './with-ams.ts'

/** Try the open connection: one call that changes nothing, and the contacts of a number where one is given. How many there are is said; who they are is not. */
export async function testAms(ctx: Ctx, id: string, { phone }: TestAms): Promise<AmsTested> {
  demand(ctx, rights.writeAms)
  const row = await readAms(ctx, id)
  if (row.revokedAt !== null) throw new Fault({ code: 'not_found' })
  const number = phone === undefined || phone === '' ? null : toE164(phone)
  if (phone && number === null) throw new Fault({ code: 'invalid', errors: [{ pointer: '/phone', detail: 'This cannot be read as a telephone number.' }] })
  const tested = await withAms(ctx, 'test', (ams) => tried(ams, number))
  if (!tested) throw new Fault({ code: 'not_found' })
  await ctx.commit([changeAms(ctx.db, row, { testedAt: ctx.now, testTrouble: tested.trouble })], amsTested(id, { kind: row.kind, trouble: tested.trouble ?? 'none' }))
  return tested
}

async function tried(ams: Ams, number: string | null): Promise<{ trouble: AmsTrouble | null; contacts: number | null }> {
  const answer = await ams.test()
  if (!answer.ok) return { trouble: answer.trouble, contacts: null }
  const found = number === null ? null : await ams.findByPhone(number)
  if (found === null) return { trouble: null, contacts: null }
  return found.ok ? { trouble: null, contacts: found.value.length } : { trouble: found.trouble, contacts: null }
}

/** How the test ended, for whoever made it and did not hear the answer. */
export async function testedAms(ctx: Ctx, id: string): Promise<AmsTested> {
  demand(ctx, rights.writeAms)
  return { trouble: (await readAms(ctx, id)).testTrouble, contacts: null }
}
