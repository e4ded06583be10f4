import { backgroundQuestions } from '../../worker/contracting/passport/contract.ts'
import { confirmed, linkIn, until, uploaded } from './acts.ts'
import { words } from './canaries.ts'
import type { Person, SignIn } from './person.ts'

/** Who acts: an FMO's owner, and a producer that it is linked to. */
export type Parties = { readonly origin: string; readonly fmo: Person; readonly producer: Person; readonly passwords: { readonly fmo: string; readonly producer: string }; readonly nameOfProducer: string; /** Somebody new takes up the invitation behind a mailed link. */ readonly accept: (link: string) => Promise<Response> }

/** The demo's producer that the FMO of the demo works with. */
export const producerOf = (people: readonly SignIn[], name: string): SignIn => {
  const found = people.find(({ tenant, role }) => tenant === name && role === 'owner')
  if (!found) throw new Error(`the demo has no ${name}`)
  return found
}

/** Everything that an FMO and a producer can type about each other, one thing after the other. */
export function producerSteps({ origin, fmo, producer, passwords, nameOfProducer, accept }: Parties): Record<string, () => Promise<Response | undefined>> {
  const link = { id: '' }
  const typed = { credential: '', release: '', cheque: '' }
  const own = async (method: string, path: string, json: unknown): Promise<Response> => {
    const etag = (await producer.fetch('/api/v1/passport')).headers.get('ETag') ?? ''
    return producer.fetch(path, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': producer.csrf, 'If-Match': etag }, body: JSON.stringify(json) })
  }
  return {
    'an invitation of a producer': () => confirmed(fmo, passwords.fmo, () => fmo.call('/api/v1/producer-invitations', { name: words.invitedProducer, email: words.invitedProducerAddress })),
    'an invitation of a producer, accepted': async () => accept(await linkIn(origin, words.invitedProducerAddress, /invites you/)),
    'a voided cheque': async () => {
      typed.cheque = await uploaded(producer, `${words.chequeName}.pdf`, words.chequeText)
      return undefined
    },
    'a passport': () => own('PATCH', '/api/v1/passport', { ...passport, bank: { ...passport.bank, voidedCheque: typed.cheque } }),
    'a licence': () => producer.call('/api/v1/passport/licences', { state: 'NV', number: words.licenceNumber, lines: ['life'], issuedOn: null, expiresOn: '2031-01-31', resident: false, status: 'active' }),
    'an appointment': () => producer.call('/api/v1/passport/appointments', { carrier: 'Summit Mutual', state: 'NV', writingNumber: words.writingNumber, appointedOn: null, status: 'active' }),
    'a submission': async () => {
      const { tag } = (await (await producer.fetch('/api/v1/passport')).json()) as { tag: string } // `as`: the route's own answer
      return producer.call('/api/v1/passport/submission', { tag })
    },
    'its copy': async () => {
      const listed = (await (await fmo.fetch('/api/v1/producers')).json()) as { producers: { id: string; name: string }[] } // `as`: likewise
      link.id = listed.producers.find(({ name }) => name === nameOfProducer)?.id ?? ''
      await until(async () => ((await (await fmo.fetch(`/api/v1/producers/${link.id}`)).json()) as { producer: { passport: { ssnLast4: string } | null } }).producer.passport?.ssnLast4 === words.ssn.slice(-4)) // `as`: likewise
      return undefined
    },
    'an opening': () => confirmed(fmo, passwords.fmo, () => fmo.call(`/api/v1/producers/${link.id}/openings`, { purpose: 'review', reason: words.openingReason })),
    'its documents, opened and fetched': async () => {
      await until(async () => ((await (await fmo.fetch(`/api/v1/producers/${link.id}`)).json()) as { documents: number }).documents === 1) // `as`: likewise
      const opened = await confirmed(fmo, passwords.fmo, () => fmo.call(`/api/v1/producers/${link.id}/document-openings`, { purpose: 'review', reason: words.openingReason }))
      const { documents } = (await opened.json()) as { documents: { url: string }[] } // `as`: likewise
      const file = await fmo.fetch(new URL(documents[0]?.url ?? '').pathname)
      if (!(await file.text()).includes(words.chequeText)) throw new Error(`the cheque answered ${file.status} without its text`)
      return undefined
    },
    'a credential': async () => {
      const given = await fmo.call(`/api/v1/producers/${link.id}/credentials`, { kind: 'portal_login', label: 'Summit portal', value: words.credentialUser, password: words.credentialPassword })
      typed.credential = ((await given.clone().json()) as { id: string }).id // `as`: likewise
      return given
    },
    'a credential, seen': async () => {
      await until(async () => (await (await producer.fetch(`/api/v1/fmos/${link.id}`)).text()).includes(typed.credential))
      return confirmed(producer, passwords.producer, () => producer.call(`/api/v1/credentials/${typed.credential}/showing`, null))
    },
    'a release, asked for': async () => {
      const asked = await confirmed(producer, passwords.producer, () => producer.call(`/api/v1/links/${link.id}/releases`, { reason: words.releaseReason }))
      typed.release = ((await asked.clone().json()) as { id: string }).id // `as`: likewise
      return asked
    },
    'a release, answered': () => fmo.call(`/api/v1/releases/${typed.release}/answer`, { verdict: 'declined', answer: words.releaseAnswer }),
  }
}

const street = { line1: words.street, line2: null, city: 'Reno', state: 'NV', zip: '89501' }
const [first = '', ...others] = Object.keys(backgroundQuestions)
const passport = {
  identity: { kind: 'individual', name: { first: 'Perpetua', middle: null, last: words.passportName, suffix: null }, businessName: null, email: words.passportAddress, phone: words.telephone, bornOn: words.bornOn, npn: '8812345' },
  tax: { ssn: words.ssn, ein: words.ein, forget: [] },
  addresses: { residential: street, mailing: street, business: null },
  bank: { routing: words.routing, account: words.account, accountType: 'checking', voidedCheque: null },
  employment: [{ employer: words.employer, title: 'Producer', from: '2020-01-01', to: null }],
  background: [{ question: first, answer: true, explanation: words.explanation, documents: [] }, ...others.map((question) => ({ question, answer: false, explanation: null, documents: [] }))],
}
