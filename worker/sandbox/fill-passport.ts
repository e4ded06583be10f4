import { addAppointment } from '../contracting/passport/add-appointment.ts'
import { addLicence } from '../contracting/passport/add-licence.ts'
import { makeCalendarFeed } from '../contracting/passport/make-calendar-feed.ts'
import { readPassport } from '../contracting/passport/read-passport.ts'
import { savePassport } from '../contracting/passport/save-passport.ts'
import { submitPassport } from '../contracting/passport/submit-passport.ts'
import { daysFrom, type DemoPassport, type DemoProducer } from './producers.ts'
import type { Stage } from './stage.ts'

/** The steps of a producer's passport that are still to be made, oldest first. A passport that was begun is left as it is. */
export async function passportSteps(stage: Stage, producer: DemoProducer, tenantId: string, today: number): Promise<{ daysAgo: number; run: (now: number) => Promise<void> }[]> {
  const { state } = await stage.asMember(producer.owner, tenantId, today, readPassport)
  if (state !== 'none') return []
  return producer.passport.map((filled) => ({ daysAgo: filled.daysAgo, run: (now: number) => fill(stage, producer, tenantId, filled, { now, today }) }))
}

async function fill(stage: Stage, { owner }: DemoProducer, tenantId: string, { change, licences, appointments, submits }: DemoPassport, { now, today }: { now: number; today: number }): Promise<void> {
  const day = daysFrom(today)
  const does = <T>(verb: Parameters<typeof stage.asMember<T>>[3]) => stage.asMember(owner, tenantId, now, verb)
  await does(async (ctx) => savePassport(ctx, change(day), (await readPassport(ctx)).tag))
  for (const licence of licences?.(day) ?? []) await does((ctx) => addLicence(ctx, licence))
  for (const appointment of appointments ?? []) await does((ctx) => addAppointment(ctx, appointment))
  if (submits) await does(async (ctx) => submitPassport(ctx, (await readPassport(ctx)).tag))
  if (licences) await does(makeCalendarFeed)
}
