import type { Secret } from './on-disk.ts'

/** Typed into every field that the manifests call sensitive; nobody else would ever type them. */
export const words = {
  invitedName: 'Zylphia Quortannis', invitedAddress: 'zylphia.quortannis@harbor.example', memberName: 'Brontavius Ekelwhit', newAddress: 'brontavius.ekelwhit@harbor.example',
  documentName: 'Wexlorthian agreement', documentText: 'Kravendil owes nothing to Umberlaith', password: 'gossamer-vexillum-thornback-9',
  signUpName: 'Thessaly Umbrickson', signUpAddress: 'thessaly.umbrickson@quaver.example', signUpPassword: 'umbrickson-lantern-quay-77', tenantName: 'Quaverlode Holdings',
  openedName: 'Ottoline Farthingwell', openedAddress: 'ottoline.farthingwell@quaver.example',
  invitedProducer: 'Calliope Wrenfeather', invitedProducerAddress: 'calliope.wrenfeather@quaver.example', passportName: 'Oxladeworth', passportAddress: 'perpetua@oxladeworth.example', street: '77 Thistlewick Parade', telephone: '775-555-0199',
  bornOn: '1971-11-29', explanation: 'A quarrel over the Umberlaith estate', employer: 'Quillfoss Assurance', licenceNumber: 'LN-QXV-88213', writingNumber: 'WN-ZKL-40417', ssn: '584217739', ein: '471928365', routing: '122105155', account: '70018842917',
  chequeName: 'Glimmerholt void', chequeText: 'Void where Tamsin Quellforth signs',
  openingReason: 'Because Mr Tallowbrook asked', releaseReason: 'Pelican Quay beckons', releaseAnswer: 'Fare thee well, Marjoribanks', credentialUser: 'ox.perpetua.41', credentialPassword: 'hessian-lanyard-cobalt',
  // As forms print them.
  ssnPrinted: '584-21-7739', einPrinted: '47-1928365', bornOnPrinted: '11/29/1971',
  formField: 'WrexboroughSuretyLine', printedText: 'As agreed at Thornquist Weir', upline: 'Gwendolyn Astorbeck', signerName: 'Perpetua Q. Oxladeworth-Vane', givenNumber: 'LK-VQX-77105', carrierReason: 'Production fell off a Skerrick ledge',
  extension: 'desk-of-ptolemaea-90417', calledFrom: '+17755550167', transcript: 'Grumblethwaite asked after the Umberlaith renewal', textMessage: 'Skelderwick will be there by noon', amsName: 'Dunmorrow', amsPolicy: 'QX-DUN-90771', amsNote: 'moored at Quillwater', amsToken: 'tok-Ymbrellaught-7714-quern', assistantKey: 'sk-vorpalind-33871-quorble',
  userAgent: 'Harnesszilla/6.6 (Quibberton)', address: '198.51.100.137', passkeyName: 'Mirelwynd’s yellow key',
} as const

/** What the product makes and shows to one person, or mails: found while the harness goes on. */
export type Made = 'authenticator secret' | 'recovery code' | 'session secret' | 'API key' | 'mailed token' | 'digest of a file' | 'webhook secret'

/** What stands for a thing that a sealed field holds: words that were typed, things that were made, or why nothing can. */
type Canary = readonly (keyof typeof words | Made)[] | { readonly none: string }

const namesInClear = 'the rows of the packet, the carrier and the FMO hold these names in clear'

/**
 * For each sealed field of the product and each thing that the trust page says it holds. A field that is added, or that holds
 * something more, has no canary here and fails.
 */
export const canaries: Readonly<Record<string, Readonly<Record<string, Canary>>>> = {
  'core.account.contact': { name: ['openedName', 'memberName'], 'e-mail address': ['openedAddress', 'newAddress'] },
  // A tenant's name stands in clear once the tenant is open: it is sealed with a sign-up that nobody has confirmed.
  'core.sign_up.content': { name: ['signUpName'], 'e-mail address': ['signUpAddress'], 'name of the tenant': ['tenantName'], 'password hash': ['signUpPassword'] },
  'core.auth_log.origin': { 'IP address': ['address'], 'user agent': ['userAgent'] },
  'core.account.email_change': { 'new e-mail address': ['newAddress'] },
  'core.account.totp': { 'authenticator secret': ['authenticator secret'] },
  'core.account.passkey_name': { 'name of a passkey': ['passkeyName'] },
  'core.member.contact': { name: ['memberName'], 'e-mail address': ['newAddress'] },
  'core.invitation.contact': { name: ['invitedName'], 'e-mail address': ['invitedAddress'] },
  'core.delivery.content': { 'recipient address': ['invitedAddress'], 'parameters of the message': ['invitedName', 'mailed token'] },
  'core.platform_delivery.content': { 'recipient address': ['signUpAddress', 'openedAddress', 'newAddress'], 'parameters of the message': ['mailed token'] },
  'core.event.origin': { 'IP address': ['address'], browser: ['userAgent'], 'typed reason': ['openingReason'] },
  'core.idempotency.answer': { 'the answer to one API request': ['documentName', 'API key'] },
  'core.document.content': { 'file name': ['documentName', 'chequeName'], 'digest of the file': ['digest of a file'] },
  'contracting.passport.contact': { name: ['passportName'], 'date of birth': ['bornOn', 'bornOnPrinted'], 'e-mail address': ['passportAddress'], 'telephone number': ['telephone'], addresses: ['street'] },
  'contracting.passport.content': { 'answers about the past, with explanations': ['explanation'], employment: ['employer'], 'licence numbers as submitted': ['licenceNumber'], 'writing numbers as submitted': ['writingNumber'] },
  'contracting.passport.secret': { 'social security number': ['ssn', 'ssnPrinted'], 'taxpayer identification number (EIN)': ['ein', 'einPrinted'], 'routing number': ['routing'], 'account number': ['account'] },
  'contracting.licence.content': { 'licence number': ['licenceNumber'] },
  'contracting.appointment.content': { 'writing number': ['writingNumber'] },
  'contracting.producer_invitation.contact': { name: ['invitedProducer'], 'e-mail address': ['invitedProducerAddress'] },
  // At the producer's end it is the FMO's name, which is no secret.
  'contracting.link.contact': { name: ['invitedProducer'], 'e-mail address': ['invitedProducerAddress'] },
  'contracting.copy.contact': { name: ['passportName'], 'e-mail address': ['passportAddress'], 'telephone number': ['telephone'], addresses: ['street'], 'date of birth': ['bornOn', 'bornOnPrinted'] },
  'contracting.copy.secret': { SSN: ['ssn', 'ssnPrinted'], EIN: ['ein', 'einPrinted'], 'routing number': ['routing'], 'account number': ['account'] },
  'contracting.copy.content': { 'background answers': ['explanation'], employment: ['employer'], 'licence numbers': ['licenceNumber'], appointments: ['writingNumber'] },
  'contracting.opening.content': { 'name of who opened it': { none: 'the name of a person of the demo, which stands in the seed itself' }, reason: ['openingReason'] },
  'contracting.release.content': { reason: ['releaseReason'], answer: ['releaseAnswer'] },
  'contracting.credential.secret': { 'writing number or user name': ['credentialUser'], password: ['credentialPassword'] },
  'contracting.webhook.secret': { 'secret that signs a carrier’s webhooks': ['webhook secret'] },
  'contracting.request.content': { 'name of the producer': ['passportName'], 'name of the upline': ['upline'] },
  'contracting.request_state.content': { 'reason given for a state': ['carrierReason'] },
  'contracting.transmission.content': { 'name, date of birth, addresses, e-mail and telephone of the applicant': ['passportName', 'bornOn', 'street', 'passportAddress', 'telephone'], 'licences, employment and answers to background questions': ['licenceNumber', 'employer', 'explanation'] },
  'contracting.writing_number.content': { 'writing number': ['givenNumber'] },
  'contracting.packet.form': { 'fields of a carrier’s form': ['formField'], 'how each is filled': ['printedText'] },
  'contracting.packet.filled': { 'names of packet and carrier': { none: namesInClear }, 'where the signature goes': { none: 'a few small figures, points on a page, which stand in any file' } },
  'contracting.signature.content': { 'signer’s name': ['signerName'], 'IP address and browser': ['address', 'userAgent'], 'which consent was given': { none: 'the number of a wording that anybody can read' } },
  'contracting.offer.content': { 'names of packet, carrier and FMO': { none: namesInClear } },
  'core.hook.secret': { 'secret that proves a sender’s webhooks': ['webhook secret'], 'the one before it, for a day': ['webhook secret'] },
  'calls.handler.word': { 'a member’s extension, user id or e-mail address at a dialler': ['extension'] },
  'calls.call.content': { 'the other party’s phone number': ['calledFrom'], 'transcript given by the dialler': ['transcript'], 'text of an SMS': ['textMessage'], 'the other party’s name and id in the AMS': ['amsName'] },
  'calls.pop.content': { 'name, policies and last notes of whoever calls, as the AMS has them': ['amsName', 'amsPolicy', 'amsNote'], 'the caller’s phone number': ['calledFrom'] },
  'calls.ams.credentials': { 'user name and password, or token, of an agency management system': ['amsToken'], 'secret that signs notes': ['webhook secret'] },
  'core.assistant.key': { 'key of the endpoint that summarises calls': ['assistantKey'] },
  'core.document.key': { 'key of the stored file': { none: 'it never leaves the Worker; that the file it opens is not readable is looked for as its text' } },
}

/** Things that sealed fields hold and nothing stands for, each with its field. */
export function withoutCanary(sealedFields: readonly { name: string; holds: readonly string[] }[]): string[] {
  return sealedFields.flatMap(({ name, holds }) => holds.filter((each) => !canaries[name]?.[each]).map((each) => `${name} holds “${each}”: give it a canary in tests/harness/canaries.ts`))
}

/** Made things that some field is said to hold and that were never found: a search for nothing finds nothing. */
export function neverMade(made: Readonly<Record<Made, readonly Secret[]>>): string[] {
  return Object.entries(made).filter(([, secrets]) => secrets.length === 0).map(([name]) => name)
}
