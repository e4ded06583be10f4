import { accountTypes, backgroundQuestions, linesOfAuthority, producerKinds, type BackgroundQuestion, type Address, type Licence, type PassportParts, type PassportSummary } from '../passport/contract.ts'
import type { FactName } from './contract.ts'
import { maskedFacts, requestKinds } from './contract.ts'

/** What a request adds to a passport: for whom, what for, where. */
export type RequestFacts = { readonly carrier: string; readonly agency: string; readonly kind: keyof typeof requestKinds; readonly states: readonly string[]; readonly upline: string | null; readonly on: number }

/** Everything a packet is filled from: a submitted version of a passport and the request. Lives only while it is filled. */
export type PacketSource = { readonly summary: PassportSummary; readonly parts: PassportParts; readonly request: RequestFacts }

/** What a fact may be: a text, a yes or no, or nothing where the passport says nothing. */
export type FactValue = string | boolean | null

/** Facts that stand in the class `secret`: a copy for anybody's eyes has them masked. */
const masked: Readonly<Record<(typeof maskedFacts)[number], (value: string) => string>> = {
  ssn: (value) => `***-**-${value.slice(-4)}`,
  // No digit of an EIN is told.
  ein: () => '**-*******',
  routing: (value) => `*****${value.slice(-4)}`,
  account: (value) => `${'*'.repeat(Math.max(4, value.length - 4))}${value.slice(-4)}`,
}

/** Facts by name, as a carrier gets them (`full`) or as they may be shown. */
export function factsOf(source: PacketSource, as: 'full' | 'masked'): (name: FactName) => FactValue {
  const known = table(source)
  return (name) => {
    const value = known[name] ?? null
    const hidden = maskedFacts.find((each) => each === name)
    return as === 'masked' && hidden && typeof value === 'string' ? masked[hidden](value) : value
  }
}

function table({ summary, parts: { contact, secret, content }, request }: PacketSource): Partial<Record<FactName, FactValue>> {
  const { name, addresses } = contact
  const full = [name.first, name.middle, name.last, name.suffix].filter((part) => part !== null).join(' ') || null
  const licences = licencesFor(content.licences, request.states)
  return {
    'name.full': summary.kind === 'business' ? (contact.businessName ?? full) : full,
    'name.person': full,
    'name.first': name.first, 'name.middle': name.middle, 'name.last': name.last, 'name.suffix': name.suffix,
    business_name: contact.businessName,
    kind: summary.kind,
    ssn: secret.ssn && `${secret.ssn.slice(0, 3)}-${secret.ssn.slice(3, 5)}-${secret.ssn.slice(5)}`,
    ein: secret.ein && `${secret.ein.slice(0, 2)}-${secret.ein.slice(2)}`,
    npn: summary.npn,
    born_on: usDay(contact.bornOn),
    email: contact.email,
    phone: contact.phone,
    ...addressFacts('residential', addresses.residential),
    ...addressFacts('mailing', addresses.mailing),
    ...addressFacts('business', addresses.business),
    routing: secret.routing,
    account: secret.account,
    account_type: summary.accountType,
    'cover.carrier': summary.coverCarrier,
    'cover.policy': content.coverPolicyNumber,
    'cover.expires': usDay(summary.coverExpiresOn),
    aml_on: usDay(summary.amlOn),
    ce_due_on: usDay(summary.ceDueOn),
    'resident.state': content.licences.find(({ resident }) => resident)?.state ?? null,
    'resident.number': content.licences.find(({ resident }) => resident)?.number ?? null,
    ...Object.fromEntries(licences.flatMap((licence, index) => licenceFacts(index + 1, licence))),
    ...Object.fromEntries(content.background.flatMap(({ question, answer }) => backgroundFact(question, answer))),
    explanations: content.background.flatMap(({ question, answer, explanation }) => (answer && explanation ? [`${question.replaceAll('_', ' ')}: ${explanation}`] : [])).join('\n') || null,
    employer: content.employment[0]?.employer ?? null,
    'employer.title': content.employment[0]?.title ?? null,
    'request.carrier': request.carrier,
    'request.agency': request.agency,
    'request.kind': request.kind,
    'request.states': request.states.join(', ') || null,
    'request.upline': request.upline,
    'request.on': usDay(new Date(request.on).toISOString().slice(0, 10)),
  }
}

/** The licences of the states asked for first, in their order; the others follow. */
const licencesFor = (all: readonly Licence[], states: readonly string[]): Licence[] => {
  const place = ({ state }: Licence) => (states.includes(state) ? states.indexOf(state) : states.length)
  return all.toSorted((a, b) => place(a) - place(b) || a.state.localeCompare(b.state)).slice(0, 6)
}

const licenceFacts = (n: number, { state, number, lines, expiresOn }: Licence): [string, FactValue][] => [
  [`licence.${n}.state`, state],
  [`licence.${n}.number`, number],
  [`licence.${n}.lines`, lines.map((line) => linesOfAuthority[line]).join(', ')],
  [`licence.${n}.expires`, usDay(expiresOn)],
]

const backgroundFact = (question: BackgroundQuestion, answer: boolean): [string, FactValue][] => (question in backgroundQuestions ? [[`background.${question}`, answer ? 'yes' : 'no']] : [])

const addressFacts = (which: 'residential' | 'mailing' | 'business', address: Address | null): Partial<Record<FactName, FactValue>> => ({
  [`address.${which}.street`]: address && [address.line1, address.line2].filter((part) => part !== null).join(', '),
  [`address.${which}.city`]: address?.city ?? null,
  [`address.${which}.state`]: address?.state ?? null,
  [`address.${which}.zip`]: address?.zip ?? null,
})

/** `2027-03-31` as American forms ask for it. */
const usDay = (day: string | null): string | null => day && `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}`

/** The closed values of facts that have them, for whoever maps a tick or an option. */
export const factValues: Partial<Record<FactName, Readonly<Record<string, string>>>> = { kind: producerKinds, account_type: accountTypes, 'request.kind': requestKinds }
