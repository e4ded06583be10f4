import { addCarrier } from '../../worker/contracting/carriers/add-carrier.ts'
import { issueCarrierKey } from '../../worker/contracting/carriers/issue-carrier-key.ts'
import { rights as carriers } from '../../worker/contracting/carriers/module.ts'
import { setWebhook } from '../../worker/contracting/carriers/set-webhook.ts'
import type { Ask } from './ask.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'

const nothing = async (): Promise<Ask> => ({})

const numbers = { next: 50_000 }
const terms = ({ word }: Home) => ({ name: `Carrier ${word}`, naic: String((numbers.next += 1)), states: ['OR' as const], lines: ['life' as const], asksFor: [] })

/** A carrier of the home's, whose name holds its word. */
export const carrier = (home: Home): Promise<string> => home.tenant.asJob(async (ctx) => (await addCarrier(ctx, terms(home))).id)

const standing = new WeakMap<Home, Promise<string>>()

/** The one carrier of a home whose programs ask: what they ask for is handed over to it. */
export const standingCarrier = (home: Home): Promise<string> => {
  const known = standing.get(home) ?? carrier(home)
  standing.set(home, known)
  return known
}

/** A key of that carrier's. */
export const carrierKey = async (home: Home): Promise<{ id: string; token: string }> => {
  const id = await standingCarrier(home)
  return home.tenant.asJob(async (ctx) => {
    const { key, token } = await issueCarrierKey(ctx, id, { label: `Key ${home.word}`, days: 30 })
    return { id: key.id, token }
  })
}

/** A carrier that is called when something is handed over. */
const called = async (home: Home) => {
  const carrierId = await carrier(home)
  await home.tenant.asJob((ctx) => setWebhook(ctx, carrierId, { url: `https://hooks.${home.word}.example/` }))
  return { params: { carrierId } }
}
const ofCarrier = async (home: Home) => ({ params: { carrierId: await carrier(home) } })
const ofKey = async (home: Home) => ({ params: { keyId: (await carrierKey(home)).id } })

/** Carriers, their keys, and what their programs ask. */
export const carrierCases: readonly Case[] = [
  { entrance: 'GET /api/carrier/openapi.json', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/carrier/v1/activity', may: 'carrier', records: 'contracting.carrier_api.read', ask: nothing },
  { entrance: 'GET /api/v1/carriers', may: carriers.readCarriers, ask: nothing },
  { entrance: 'POST /api/v1/carriers', may: carriers.writeCarriers, once: true, records: 'contracting.carrier.added', ask: async (home) => ({ json: { ...terms(home), name: 'Cascade Life' } }) },
  { entrance: 'GET /api/v1/carriers/:carrierId', may: carriers.readCarriers, ask: ofCarrier },
  { entrance: 'PUT /api/v1/carriers/:carrierId', may: carriers.writeCarriers, records: 'contracting.carrier.changed', ask: async (home) => ({ ...(await ofCarrier(home)), json: terms(home), headers: { 'If-Match': `"1.${home.tenant.id.slice(-8)}"` } }) },
  { entrance: 'GET /api/v1/carriers/:carrierId/keys', may: carriers.readCarrierKeys, ask: ofCarrier },
  { entrance: 'POST /api/v1/carriers/:carrierId/keys', may: carriers.issueCarrierKey, records: 'contracting.carrier_key.issued', ask: async (home) => ({ ...(await ofCarrier(home)), json: { label: 'New', days: 1 } }) },
  { entrance: 'POST /api/v1/carrier-keys/:keyId/replacement', may: carriers.issueCarrierKey, records: 'contracting.carrier_key.issued', ask: ofKey },
  { entrance: 'POST /api/v1/carrier-keys/:keyId/revocation', may: carriers.issueCarrierKey, records: 'contracting.carrier_key.revoked', ask: ofKey },
  { entrance: 'POST /api/v1/carriers/:carrierId/webhooks', may: carriers.setWebhook, records: 'contracting.webhook.set', ask: async (home) => ({ ...(await ofCarrier(home)), json: { url: 'https://hooks.example.org/' } }) },
  { entrance: 'DELETE /api/v1/carriers/:carrierId/webhooks', may: carriers.setWebhook, records: 'contracting.webhook.ended', ask: called },
  { entrance: 'GET /carriers', may: carriers.readCarriers, ask: nothing },
  { entrance: 'GET /carriers/new', may: carriers.writeCarriers, ask: nothing },
  { entrance: 'POST /carriers/new', may: carriers.writeCarriers, programs: false, once: true, records: 'contracting.carrier.added', ask: async (home) => ({ form: { name: 'Cascade Life', naic: terms(home).naic, states: 'OR', lines: 'life' } }) },
  { entrance: 'GET /carriers/:carrierId', may: carriers.readCarriers, ask: ofCarrier },
  { entrance: 'POST /carriers/:carrierId', which: 'issue', may: carriers.issueCarrierKey, programs: false, records: 'contracting.carrier_key.issued', ask: async (home) => ({ ...(await ofCarrier(home)), form: { intent: 'issue', label: 'New', days: '1' } }) },
  { entrance: 'POST /carriers/:carrierId', which: 'revoke', may: carriers.issueCarrierKey, programs: false, records: 'contracting.carrier_key.revoked', ask: async (home) => ({ ...(await ofCarrier(home)), form: { intent: 'revoke', key: (await carrierKey(home)).id } }) },
  { entrance: 'POST /carriers/:carrierId', which: 'webhook', may: carriers.setWebhook, programs: false, records: 'contracting.webhook.set', ask: async (home) => ({ ...(await ofCarrier(home)), form: { intent: 'webhook', url: 'https://hooks.example.org/' } }) },
  { entrance: 'GET /carriers/:carrierId/terms', may: carriers.writeCarriers, ask: ofCarrier },
  { entrance: 'POST /carriers/:carrierId/terms', may: carriers.writeCarriers, programs: false, records: 'contracting.carrier.changed', ask: async (home) => ({ ...(await ofCarrier(home)), form: { version: '1', name: 'Changed', naic: terms(home).naic, states: 'WA', lines: 'life' } }) },
  { entrance: 'GET /api/v1/carriers/:carrierId/activity', may: carriers.readCarrierKeys, ask: ofCarrier },
]
