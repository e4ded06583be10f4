import { addCarrier } from '../../worker/contracting/carriers/add-carrier.ts'
import { issueCarrierKey } from '../../worker/contracting/carriers/issue-carrier-key.ts'
import { rights as carriers } from '../../worker/contracting/carriers/module.ts'
import type { Ask } from './ask.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'

const nothing = async (): Promise<Ask> => ({})

const numbers = { next: 50_000 }
const terms = ({ word }: Home) => ({ name: `Carrier ${word}`, naic: String((numbers.next += 1)), states: ['OR' as const], lines: ['life' as const], asksFor: [] })

/** A carrier of the home's, whose name holds its word. */
export const carrier = (home: Home): Promise<string> => home.tenant.asJob(async (ctx) => (await addCarrier(ctx, terms(home))).id)

/** A key of a carrier's. */
export const carrierKey = async (home: Home, carrierId?: string): Promise<{ id: string; token: string }> => {
  const id = carrierId ?? (await carrier(home))
  return home.tenant.asJob(async (ctx) => {
    const { key, token } = await issueCarrierKey(ctx, id, { label: `Key ${home.word}`, days: 30 })
    return { id: key.id, token }
  })
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
  { entrance: 'GET /api/v1/carriers/:carrierId/activity', may: carriers.readCarrierKeys, ask: ofCarrier },
]
