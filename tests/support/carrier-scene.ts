import { exports } from 'cloudflare:workers'
import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './carrier-api.d.ts'
import type { CarrierTerms } from '../../worker/contracting/carriers/contract.ts'
import { addCarrier } from '../../worker/contracting/carriers/add-carrier.ts'
import { issueCarrierKey } from '../../worker/contracting/carriers/issue-carrier-key.ts'
import { newTenant, type TestTenant } from './new-tenant.ts'
import { asAdmin, ORIGIN, type Browser } from './scene.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

/** The entry is loaded by its first request, alone: a busy machine takes its time over that, and no test should be blamed for it. */
export const entryLoaded = async (): Promise<void> => void (await (await worker.fetch(`${ORIGIN}/healthz`)).text())

/** An FMO with its administrator at a browser. */
export type Fmo = { readonly tenant: TestTenant; readonly admin: Browser }

export async function newFmo(): Promise<Fmo> {
  const tenant = await newTenant({ kind: 'fmo', preset: 'contractiq' })
  return { tenant, admin: await asAdmin(tenant) }
}

const numbers = { next: 10_000 }

/** A carrier that writes life and health in four states; each one another company. */
export async function newCarrier(fmo: Fmo, terms: Partial<CarrierTerms> = {}): Promise<string> {
  numbers.next += 1
  const { id } = await fmo.admin.run((ctx) => addCarrier(ctx, { name: `Carrier ${numbers.next}`, naic: String(numbers.next), states: ['OR', 'WA', 'CA', 'NV'], lines: ['life', 'health'], asksFor: [], ...terms }))
  return id
}

export const issueKey = (fmo: Fmo, carrierId: string, label = 'Intake', days = 30) => fmo.admin.runConfirmed((ctx) => issueCarrierKey(ctx, carrierId, { label, days }))

/** A carrier's program: calls with a key of its own. */
export class CarrierProgram {
  readonly token: string
  /** As a carrier's own developers would make it, from the document. */
  readonly client: Client<paths>
  constructor(token: string) {
    this.token = token
    this.client = createClient<paths>({ baseUrl: ORIGIN, headers: { Authorization: `Bearer ${token}`, 'CF-Connecting-IP': '198.51.100.20' }, fetch: (request) => worker.fetch(request) })
  }
  fetch(path: string, init: { method?: string; json?: unknown; headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.token}`, 'CF-Connecting-IP': '198.51.100.20', ...(init.json === undefined ? {} : { 'Content-Type': 'application/json' }), ...init.headers }
    return worker.fetch(`${ORIGIN}${path}`, { method: init.method ?? (init.json === undefined ? 'GET' : 'POST'), headers, ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }) })
  }
}

/** A carrier of the FMO's with a program that holds a key. */
export async function newProgram(fmo: Fmo, terms: Partial<CarrierTerms> = {}): Promise<{ carrierId: string; keyId: string; program: CarrierProgram }> {
  const carrierId = await newCarrier(fmo, terms)
  const { key, token } = await issueKey(fmo, carrierId)
  return { carrierId, keyId: key.id, program: new CarrierProgram(token) }
}
