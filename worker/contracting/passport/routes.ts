import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { addAppointment } from './add-appointment.ts'
import { addLicence } from './add-licence.ts'
import { changeAppointment } from './change-appointment.ts'
import { changeLicence } from './change-licence.ts'
import { Appointment, Licence } from './contract.ts'
import { listPassportVersions } from './list-passport-versions.ts'
import { readAppointment } from './read-appointment.ts'
import { readLicence } from './read-licence.ts'
import { readPassport } from './read-passport.ts'
import { readPassportVersion } from './read-passport-version.ts'
import { removeAppointment } from './remove-appointment.ts'
import { removeLicence } from './remove-licence.ts'
import { revealOwnValue } from './reveal-own-value.ts'
import { savePassport } from './save-passport.ts'
import { AppointmentView, LicenceView, ListedVersionView, PassportView, VersionView } from './shown.ts'
import { PassportChange, RevealOwnValue } from './steps/contract.ts'
import { submitPassport } from './submit-passport.ts'

const tag = 'Passport'
const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), 'Not an id of this kind.')
const licence = z.strictObject({ licenceId: idOf('lic') })
const appointment = z.strictObject({ appointmentId: idOf('apt') })
const removesOnce = 'It is there or it is not.'
const reads = async (ctx: Parameters<typeof readPassport>[0]) => {
  const passport = await readPassport(ctx)
  return { body: passport, version: passport.tag }
}

/** The producer's own passport. For its people alone: no workspace key opens it, and no route names another tenant's. */
export const passportRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/passport', operationId: 'readPassport', tag,
    summary: 'The tenant’s own passport, secrets by their last four digits, with what is missing',
    answer: PassportView,
    versioned: true,
    run: reads,
  }),
  route({
    method: 'patch', path: '/api/v1/passport', operationId: 'savePassport', tag,
    summary: 'Save steps of the draft; after a submission this begins the next version',
    body: PassportChange,
    answer: PassportView,
    versioned: true,
    run: async (ctx, { body, ifMatch }) => {
      await savePassport(ctx, body, ifMatch ?? '')
      return reads(ctx)
    },
  }),
  route({
    method: 'post', path: '/api/v1/passport/submission', operationId: 'submitPassport', tag,
    summary: 'Submit the draft that was shown under this tag',
    body: z.strictObject({ tag: z.string().max(40) }),
    alsoRefuses: [412],
    answer: PassportView,
    status: 201,
    run: async (ctx, { body }) => {
      await submitPassport(ctx, body.tag)
      return reads(ctx)
    },
    again: readPassport,
  }),
  route({
    method: 'get', path: '/api/v1/passport/versions', operationId: 'listPassportVersions', tag,
    summary: 'Versions of the passport, newest first',
    query: z.strictObject(Paging),
    answer: z.object({ versions: z.array(ListedVersionView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const list = await listPassportVersions(ctx, query)
      return { body: list, next: list.next }
    },
  }),
  route({
    method: 'get', path: '/api/v1/passport/versions/{versionId}', operationId: 'readPassportVersion', tag,
    summary: 'One version, as it was submitted',
    params: z.strictObject({ versionId: idOf('pve') }),
    answer: VersionView,
    run: async (ctx, { params: { versionId } }) => ({ body: await readPassportVersion(ctx, versionId) }),
  }),
  route({
    method: 'post', path: '/api/v1/passport/reveals', operationId: 'revealOwnValue', tag,
    summary: 'Show one full value to its owner, where the policy allows it; asks for a proof of exactly that',
    body: RevealOwnValue,
    answer: z.object({ field: z.string(), value: z.string() }),
    status: 201,
    showsOnce: true,
    run: async (ctx, { body }) => ({ body: await revealOwnValue(ctx, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/passport/licences', operationId: 'addLicence', tag,
    summary: 'Add a licence',
    body: Licence,
    answer: LicenceView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await addLicence(ctx, body) }),
    again: readLicence,
  }),
  route({
    method: 'get', path: '/api/v1/passport/licences/{licenceId}', operationId: 'readLicence', tag,
    summary: 'One licence',
    params: licence,
    answer: LicenceView,
    versioned: true,
    run: async (ctx, { params: { licenceId } }) => versioned(await readLicence(ctx, licenceId)),
  }),
  route({
    method: 'put', path: '/api/v1/passport/licences/{licenceId}', operationId: 'changeLicence', tag,
    summary: 'Change a licence',
    params: licence,
    body: Licence,
    answer: LicenceView,
    versioned: true,
    run: async (ctx, { params: { licenceId }, body, ifMatch }) => versioned(await changeLicence(ctx, licenceId, body, Number(ifMatch))),
  }),
  route({
    method: 'delete', path: '/api/v1/passport/licences/{licenceId}', operationId: 'removeLicence', tag,
    summary: 'Take a licence out of the passport',
    params: licence,
    overwritesNothing: removesOnce,
    status: 204,
    run: async (ctx, { params: { licenceId } }) => {
      await removeLicence(ctx, licenceId)
      return { body: null }
    },
  }),
  route({
    method: 'post', path: '/api/v1/passport/appointments', operationId: 'addAppointment', tag,
    summary: 'Add an appointment that a carrier has made',
    body: Appointment,
    answer: AppointmentView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await addAppointment(ctx, body) }),
    again: readAppointment,
  }),
  route({
    method: 'get', path: '/api/v1/passport/appointments/{appointmentId}', operationId: 'readAppointment', tag,
    summary: 'One appointment',
    params: appointment,
    answer: AppointmentView,
    versioned: true,
    run: async (ctx, { params: { appointmentId } }) => versioned(await readAppointment(ctx, appointmentId)),
  }),
  route({
    method: 'put', path: '/api/v1/passport/appointments/{appointmentId}', operationId: 'changeAppointment', tag,
    summary: 'Change an appointment',
    params: appointment,
    body: Appointment,
    answer: AppointmentView,
    versioned: true,
    run: async (ctx, { params: { appointmentId }, body, ifMatch }) => versioned(await changeAppointment(ctx, appointmentId, body, Number(ifMatch))),
  }),
  route({
    method: 'delete', path: '/api/v1/passport/appointments/{appointmentId}', operationId: 'removeAppointment', tag,
    summary: 'Take an appointment out of the passport',
    params: appointment,
    overwritesNothing: removesOnce,
    status: 204,
    run: async (ctx, { params: { appointmentId } }) => {
      await removeAppointment(ctx, appointmentId)
      return { body: null }
    },
  }),
]

/** A row names its version by how often it was saved. */
const versioned = <T extends { readonly savedN: number }>(view: T) => ({ body: view, version: view.savedN })
