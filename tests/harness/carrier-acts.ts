import { drawForm } from '../../worker/contracting/packets/pdf/draw-form.ts'
import { confirmed, post, stored, until } from './acts.ts'
import { words } from './canaries.ts'
import type { Person } from './person.ts'

/** Who acts: an FMO's owner and a producer of its whose passport was copied; and who is told what the product makes for a carrier. */
export type CarrierParties = { readonly origin: string; readonly fmo: Person; readonly producer: Person; readonly passwords: { readonly fmo: string }; readonly nameOfProducer: string; readonly keyIssued: (token: string) => void; readonly hookSecretMade: (secret: string) => void }

type Acts = Record<string, () => Promise<Response | undefined>>

/** From a carrier's form to its last answer: everything that an FMO, a producer and a carrier can type or be given on the way. */
export function carrierSteps({ origin, fmo, producer, passwords, nameOfProducer, keyIssued, hookSecretMade }: CarrierParties): Acts {
  const at = { carrier: '', key: '', packet: '', request: '', filled: '' }
  const read = async <T>(path: string): Promise<T> => (await (await fmo.fetch(path)).json()) as T // `as`: the routes' own answers, here and below
  const move = async (to: string): Promise<Response> => fmo.call(`/api/v1/contracting-requests/${at.request}/${to}`, { version: (await read<{ version: number }>(`/api/v1/contracting-requests/${at.request}`)).version })
  const answer = (body: unknown): Promise<Response> =>
    fetch(`${origin}/api/carrier/v1/applications/${at.request}/answers`, { method: 'POST', headers: { Authorization: `Bearer ${at.key}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  const idOf = async (response: Response): Promise<string> => ((await response.clone().json()) as { id: string }).id
  return {
    'a carrier': async () => {
      const added = await fmo.call('/api/v1/carriers', { name: 'Larkspur Mutual', naic: '98177', states: ['NV'], lines: ['life'] })
      at.carrier = await idOf(added)
      return added
    },
    'a key for a carrier': async () => {
      const issued = await confirmed(fmo, passwords.fmo, () => fmo.call(`/api/v1/carriers/${at.carrier}/keys`, { label: 'at rest', days: 1 }))
      at.key = ((await issued.clone().json()) as { token: string }).token
      keyIssued(at.key)
      return issued
    },
    'where a carrier is called': async () => {
      const set = await fmo.call(`/api/v1/carriers/${at.carrier}/webhooks`, { url: 'https://hooks.larkspur-mutual.example/in' })
      hookSecretMade(((await set.clone().json()) as { secret: string }).secret)
      return set
    },
    'a packet': async () => {
      const added = await fmo.call('/api/v1/packets', { carrier_id: at.carrier, name: 'Larkspur packet', for_kind: 'any' })
      at.packet = await idOf(added)
      return added
    },
    'a form of a carrier’s': async () => fmo.call(`/api/v1/packets/${at.packet}/forms`, { document_id: await stored(fmo, 'Larkspur form.pdf', new Uint8Array(await drawForm(form))) }),
    'a form of ours': () => fmo.call(`/api/v1/packets/${at.packet}/forms`, { own_form: 'direct_deposit' }),
    'how a form is filled': async () => {
      const tag = (await fmo.fetch(`/api/v1/packets/${at.packet}`)).headers.get('ETag') ?? ''
      const rules = [
        { part: 0, field: words.formField, source: { from: 'text', text: words.printedText }, when: null },
        { part: 0, field: 'Past', source: { from: 'fact', fact: 'explanations', as: 'as_is' }, when: null },
        { part: 0, field: 'Signed', source: { from: 'signature', what: 'mark' }, when: null },
      ]
      return fmo.fetch(`/api/v1/packets/${at.packet}/mapping`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': fmo.csrf, 'If-Match': tag }, body: JSON.stringify({ fields: [], rules }) })
    },
    'a packet, published': () => fmo.call(`/api/v1/packets/${at.packet}/publication`, null),
    'a request': async () => {
      const { producers } = await read<{ producers: { id: string; name: string }[] }>('/api/v1/producers')
      const drafted = await fmo.call('/api/v1/contracting-requests', { kind: 'contract', carrierId: at.carrier, linkId: producers.find(({ name }) => name === nameOfProducer)?.id, states: ['NV'], upline: words.upline })
      at.request = await idOf(drafted)
      return drafted
    },
    'a request, ready': () => move('ready'),
    'a packet, filled': async () => {
      const filled = await fmo.call(`/api/v1/contracting-requests/${at.request}/packet`, null)
      at.filled = await idOf(filled)
      return filled
    },
    'a signature': async () => {
      const basis = await shown(producer, at.filled)
      return post(producer, `/signing/${at.filled}`, { basis, name: words.signerName, consent: 'yes' })
    },
    'a request, handed over': () => move('transmission'),
    'an application, read by its carrier': () => fetch(`${origin}/api/carrier/v1/applications/${at.request}`, { headers: { Authorization: `Bearer ${at.key}` } }),
    'an application, accepted': () => answer({ status: 'accepted' }),
    'an application, accepted with writing numbers': () => answer({ status: 'appointed', writingNumbers: [{ number: words.givenNumber, states: ['NV'] }] }),
    'an application, ended by its carrier': () => answer({ status: 'terminated', reason: words.carrierReason }),
  }
}

/** A form as a carrier sends one: its fields have names of its own. */
const form = {
  title: 'Larkspur agreement', subtitle: 'For producers', number: 'LM-1',
  sections: [{ heading: 'Producer', rows: [words.formField, 'Past', 'Signed'].map((name) => [{ kind: 'text' as const, name, label: name, share: 1 }]) }],
}

/** The digest of what a producer is shown of an offered packet. */
async function shown(producer: Person, id: string): Promise<string> {
  const page = { basis: '' }
  await until(async () => {
    page.basis = /name="basis" value="([0-9a-f]{64})"/.exec(await (await producer.fetch(`/signing/${id}`, { headers: { Accept: 'text/html' } })).text())?.[1] ?? ''
    return page.basis !== ''
  })
  return page.basis
}
