import { addAppointment } from '../../worker/contracting/passport/add-appointment.ts'
import { addLicence } from '../../worker/contracting/passport/add-licence.ts'
import type { Appointment, Licence } from '../../worker/contracting/passport/contract.ts'
import { dayOf } from '../../worker/contracting/passport/gaps.ts'
import { makeCalendarFeed } from '../../worker/contracting/passport/make-calendar-feed.ts'
import { rights as passport } from '../../worker/contracting/passport/module.ts'
import { readPassport } from '../../worker/contracting/passport/read-passport.ts'
import { remindProducer } from '../../worker/contracting/passport/remind-producer.ts'
import { policyChanged } from '../../worker/core/tenancy/module.ts'
import { policyHistory, raisePolicyVersion } from '../../worker/core/tenancy/policy-store.ts'
import { insertPolicyVersion } from '../../worker/core/tenancy/store.ts'
import { saved, submitted, wholePassport } from '../support/producer-scene.ts'
import type { Ask } from './ask.ts'
import type { Home } from './home.ts'
import type { Case } from './case.ts'

/** The producer's own passport, in the sweep. */

const licenceOf = (word = 'New'): Licence => ({ state: 'OR', number: `${word}-${crypto.randomUUID().slice(0, 8)}`, lines: ['life'], issuedOn: null, expiresOn: '2031-02-28', resident: true, status: 'active' })
const appointmentOf = (word = 'Summit'): Appointment => ({ carrier: `${word} Mutual`, state: 'OR', writingNumber: null, appointedOn: null, status: 'active' })

/** A whole passport in which the home's word stands; answers with what stands. */
async function filled(home: Home) {
  await home.tenant.asJob((ctx) => saved(ctx, { ...wholePassport, cover: { coverCarrier: home.word, coverPolicyNumber: home.word, coverExpiresOn: '2031-05-01' } }))
  return home.tenant.asJob(readPassport)
}

const licence = async (home: Home): Promise<Ask & { params: Record<string, string> }> => ({ params: { licenceId: (await home.tenant.asJob((ctx) => addLicence(ctx, licenceOf(home.word)))).id } })
const appointment = async (home: Home): Promise<Ask & { params: Record<string, string> }> => ({ params: { appointmentId: (await home.tenant.asJob((ctx) => addAppointment(ctx, appointmentOf(home.word)))).id } })

async function version(home: Home): Promise<Ask> {
  await filled(home)
  return { params: { versionId: (await home.tenant.asJob(submitted)).versionId } }
}

/** Ids and the tag of a whole passport, for whoever makes requests of them. */
export async function passportIds(home: Home): Promise<string[]> {
  const [{ params: { licenceId = '' } }, { params: { appointmentId = '' } }] = [await licence(home), await appointment(home)]
  const { tag, version: newest } = await filled(home)
  return [licenceId, appointmentId, newest?.id ?? '', tag, ...Object.values(ifMatch(home, tag)), ...Object.values(ifMatch(home, 1))]
}

/** Tags name their tenant (see worker/core/api/mount.ts). */
const ifMatch = (home: Home, tag: string | number): Record<string, string> => ({ 'If-Match': `"${tag}.${home.tenant.id.slice(-8)}"` })

/** A secret of a home whose policy lets its owner see it, which the preset's own floor does not: put in force past it. */
async function openable(home: Home): Promise<string> {
  const { version: shown } = await filled(home)
  await home.tenant.asJob(async (ctx) => {
    const [newest] = await ctx.db.read(policyHistory(ctx.db))
    if (!newest || ctx.policy.reveal === 'owner_reasoned') return
    const row = { id: ctx.newId('pol'), version: newest.version + 1, document: JSON.stringify({ ...ctx.policy, reveal: 'owner_reasoned' }), changedBy: 'test', changedAt: ctx.now }
    await ctx.commit([raisePolicyVersion(ctx.db, newest.version, row.version), insertPolicyVersion(ctx.db, row)], policyChanged(ctx.tenant.id, { version: row.version, fields: 'reveal' }))
  })
  return shown?.secrets.ssn?.id ?? ''
}

/** A home that was reminded of something, and has a feed. */
async function reminded(home: Home): Promise<Ask> {
  await home.tenant.asJob((ctx) => addLicence(ctx, { ...licenceOf(home.word), expiresOn: dayOf(ctx.now + 7 * 86_400_000) }))
  await home.tenant.asJob(remindProducer)
  await home.tenant.asJob(makeCalendarFeed)
  return {}
}

export const passportCases: readonly Case[] = [
  { entrance: 'GET /api/v1/passport', may: passport.readPassport, ask: async (home) => (await filled(home), {}) },
  { entrance: 'PATCH /api/v1/passport', may: passport.writePassport, once: true, records: 'contracting.passport.saved', ask: async (home) => ({ json: { training: { amlOn: '2026-05-05', ceDueOn: null } }, headers: ifMatch(home, (await filled(home)).tag) }) },
  { entrance: 'POST /api/v1/passport/submission', may: passport.submitPassport, once: true, records: 'contracting.passport', ask: async (home) => ({ json: { tag: (await filled(home)).tag } }) },
  { entrance: 'GET /api/v1/passport/versions', may: passport.readPassport, ask: async () => ({}) },
  { entrance: 'GET /api/v1/passport/versions/:versionId', may: passport.readPassport, ask: version },
  { entrance: 'POST /api/v1/passport/reveals', may: passport.revealPassport, records: 'contracting.sensitive.revealed', ask: async (home) => ({ json: { secretId: await openable(home), reason: 'Looking it over' } }) },
  { entrance: 'POST /api/v1/passport/licences', may: passport.writePassport, once: true, records: 'contracting.licence.added', ask: async () => ({ json: licenceOf() }) },
  { entrance: 'GET /api/v1/passport/licences/:licenceId', may: passport.readPassport, ask: licence },
  { entrance: 'PUT /api/v1/passport/licences/:licenceId', may: passport.writePassport, records: 'contracting.licence.changed', ask: async (home) => ({ ...(await licence(home)), json: licenceOf(), headers: ifMatch(home, 1) }) },
  { entrance: 'DELETE /api/v1/passport/licences/:licenceId', may: passport.writePassport, records: 'contracting.licence.removed', ask: licence },
  { entrance: 'POST /api/v1/passport/appointments', may: passport.writePassport, records: 'contracting.appointment.added', ask: async () => ({ json: appointmentOf() }) },
  { entrance: 'GET /api/v1/passport/appointments/:appointmentId', may: passport.readPassport, ask: appointment },
  { entrance: 'PUT /api/v1/passport/appointments/:appointmentId', may: passport.writePassport, records: 'contracting.appointment.changed', ask: async (home) => ({ ...(await appointment(home)), json: appointmentOf(), headers: ifMatch(home, 1) }) },
  { entrance: 'DELETE /api/v1/passport/appointments/:appointmentId', may: passport.writePassport, records: 'contracting.appointment.removed', ask: appointment },

  { entrance: 'GET /passport', may: passport.readPassport, ask: async (home) => (await filled(home), {}) },
  { entrance: 'POST /passport', may: passport.submitPassport, once: true, records: 'contracting.passport', ask: async (home) => ({ form: { tag: (await filled(home)).tag } }) },
  { entrance: 'GET /passport/:step', may: passport.readPassport, ask: async () => ({ params: { step: 'identity' } }) },
  { entrance: 'POST /passport/:step', may: passport.writePassport, once: true, records: 'contracting.passport.saved', ask: async (home) => ({ params: { step: 'cover' }, form: { tag: (await filled(home)).tag, coverCarrier: 'Beacon' } }) },
  { entrance: 'GET /passport/licences', may: passport.readPassport, ask: async () => ({}) },
  { entrance: 'POST /passport/licences', may: passport.writePassport, once: true, records: 'contracting.licence.added', ask: async () => ({ form: { state: 'OR', number: licenceOf().number, lines: 'life', status: 'active' } }) },
  { entrance: 'POST /passport/licences', which: 'change', may: passport.writePassport, records: 'contracting.licence.changed', ask: async (home) => ({ form: { licence: (await licence(home)).params['licenceId'] ?? '', seen: '1', state: 'OR', number: licenceOf().number, lines: 'life', status: 'active' } }) },
  { entrance: 'POST /passport/licences', which: 'remove', may: passport.writePassport, records: 'contracting.licence.removed', ask: async (home) => ({ form: { licence: (await licence(home)).params['licenceId'] ?? '', intent: 'remove' } }) },
  { entrance: 'GET /passport/appointments', may: passport.readPassport, ask: async () => ({}) },
  { entrance: 'POST /passport/appointments', may: passport.writePassport, records: 'contracting.appointment.added', ask: async () => ({ form: { carrier: 'Summit', state: 'OR', status: 'active' } }) },
  { entrance: 'POST /passport/appointments', which: 'change', may: passport.writePassport, records: 'contracting.appointment.changed', ask: async (home) => ({ form: { appointment: (await appointment(home)).params['appointmentId'] ?? '', seen: '1', carrier: 'Summit', state: 'OR', status: 'active' } }) },
  { entrance: 'POST /passport/appointments', which: 'remove', may: passport.writePassport, records: 'contracting.appointment.removed', ask: async (home) => ({ form: { appointment: (await appointment(home)).params['appointmentId'] ?? '', intent: 'remove' } }) },
  { entrance: 'GET /passport/versions/:versionId', may: passport.readPassport, ask: version },
  { entrance: 'GET /passport/reveal/:secretId', may: passport.writePassport, ask: async (home) => ({ params: { secretId: await openable(home) }, query: { why: 'check' } }) },
  { entrance: 'POST /passport/reveal/:secretId', may: passport.revealPassport, records: 'contracting.sensitive.revealed', ask: async (home) => ({ params: { secretId: await openable(home) }, query: { why: 'check' }, form: {} }) },
  { entrance: 'GET /passport/calendar', may: passport.readPassport, ask: reminded },
  { entrance: 'POST /passport/calendar', may: passport.feedCalendar, records: 'contracting.calendar_feed.made', ask: async () => ({ form: { intent: 'make' } }) },
  { entrance: 'POST /passport/calendar', which: 'end', may: passport.feedCalendar, once: true, records: 'contracting.calendar_feed.ended', ask: async (home) => (await home.tenant.asJob(makeCalendarFeed), { form: { intent: 'end' } }) },
]
