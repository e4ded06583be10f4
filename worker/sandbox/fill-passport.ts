import { addAppointment } from '../contracting/passport/add-appointment.ts'
import { addLicence } from '../contracting/passport/add-licence.ts'
import { makeCalendarFeed } from '../contracting/passport/make-calendar-feed.ts'
import { readPassport } from '../contracting/passport/read-passport.ts'
import { savePassport } from '../contracting/passport/save-passport.ts'
import { submitPassport } from '../contracting/passport/submit-passport.ts'
import { createDocument } from '../core/documents/create-document.ts'
import { stageContent } from '../core/documents/stage-content.ts'
import { storeDocument } from '../core/documents/store-document.ts'
import type { Ctx } from '../core/ctx.ts'
import { makePdf } from './make-pdf.ts'
import { daysFrom, type DemoPassport, type DemoProducer } from './producers.ts'
import type { Stage } from './stage.ts'

/** The steps of a producer's passport that are still to be made, oldest first. A passport that was begun is left as it is. */
export async function passportSteps(stage: Stage, producer: DemoProducer, tenantId: string, today: number): Promise<{ daysAgo: number; run: (now: number) => Promise<void> }[]> {
  const { state } = await stage.asMember(producer.owner, tenantId, today, readPassport)
  if (state !== 'none') return []
  return producer.passport.map((filled) => ({ daysAgo: filled.daysAgo, run: (now: number) => fill(stage, producer, tenantId, filled, { now, today }) }))
}

async function fill(stage: Stage, { owner }: DemoProducer, tenantId: string, { change, licences, appointments, cheque, submits }: DemoPassport, { now, today }: { now: number; today: number }): Promise<void> {
  const day = daysFrom(today)
  const does = <T>(verb: Parameters<typeof stage.asMember<T>>[3]) => stage.asMember(owner, tenantId, now, verb)
  const { bank, ...rest } = change(day)
  const voidedCheque = cheque ? await does((ctx) => keepCheque(ctx, cheque)) : null
  await does(async (ctx) => savePassport(ctx, bank ? { ...rest, bank: { ...bank, voidedCheque } } : rest, (await readPassport(ctx)).tag))
  for (const licence of licences?.(day) ?? []) await does((ctx) => addLicence(ctx, licence))
  for (const appointment of appointments ?? []) await does((ctx) => addAppointment(ctx, appointment))
  if (submits) await does(async (ctx) => submitPassport(ctx, (await readPassport(ctx)).tag))
  if (licences) await does(makeCalendarFeed)
}

async function keepCheque(ctx: Ctx, lines: readonly string[]): Promise<string> {
  const { id } = await createDocument(ctx, { name: 'Voided cheque.pdf', category: 'other', phi_ack: true })
  const bytes = new Response(makePdf([...lines])).body ?? new ReadableStream<Uint8Array>()
  await storeDocument(ctx, await stageContent(ctx, { documentId: id, bytes, claimedType: 'application/pdf' }))
  return id
}
