import { z } from 'zod'
import { toE164 } from '../calls/intake/phone.ts'
import { newId } from '../core/id.ts'
import { PLATFORM } from '../core/reach.ts'
import type { SealableField } from '../core/vault/sealed.ts'
import { amsClients, type AmsClient } from './ams-clients.ts'
import type { Scene } from './scene.ts'
import type { AmsNoteRow } from './store.ts'

/** What its two wires are let in with, and the agency that HawkSoft's knows. */
export const amsToken = 'ams_sandbox'
export const amsPartner = { user: 'sandbox', password: 'hawksoft', agencyId: '7' } as const

/** A note as it was handed over. */
export type AmsNote = { readonly id: string; readonly at: number; readonly reference: string; readonly wire: AmsNoteRow['wire']; readonly contact: string | null; readonly subject: string; readonly text: string }

const noteField = { name: 'sandbox.ams_note', class: 'content' } as const satisfies SealableField
type NoteContent = { contact: string | null; subject: string; text: string }

/**
 * An agency management system under `/sandbox/ams`: `/rest` speaks the wire of the plain mapping, `/hawksoft` that of HawkSoft's
 * partner API 3.0 (partner.hawksoft.app/v3/api.html). It keeps each note that comes, so that one that came twice is seen twice.
 * Down, it answers 503; silent, it keeps a note and answers 504.
 */
export async function standInForAms(scene: Scene, request: Request, path: string): Promise<Response> {
  const does = await scene.store.amsDoes()
  if (does === 'down') return new Response(null, { status: 503 })
  const query = new URL(request.url).searchParams
  const [wire, ...rest] = path.split('/').slice(1)
  const asked = { scene, request, query, silent: does === 'silent', at: `${request.method} /${rest.join('/')}` }
  if (wire === 'rest') return request.headers.get('Authorization') === `Bearer ${amsToken}` ? overRest(asked) : new Response(null, { status: 401 })
  if (wire !== 'hawksoft') return new Response(null, { status: 404 })
  if (request.headers.get('Authorization') !== `Basic ${btoa(`${amsPartner.user}:${amsPartner.password}`)}`) return new Response(null, { status: 401 })
  return query.get('version') === '3.0' ? overHawksoft(asked) : new Response(null, { status: 400 })
}

type Asked = { readonly scene: Scene; readonly request: Request; readonly query: URLSearchParams; readonly silent: boolean; /** `GET /contacts/1001` */ readonly at: string }

const RestNote = z.object({ reference: z.string().min(1), text: z.string().min(1), contact: z.string().nullish(), subject: z.string().default('') })

async function overRest(asked: Asked): Promise<Response> {
  const { at, query, scene } = asked
  if (at === 'GET /me') return Response.json({ agency: 'Harbor FMO' })
  if (at === 'GET /contacts') return Response.json({ contacts: amsClients.filter((client) => has(client, query.get('phone'))).map(restContact) })
  if (at === 'GET /notes') return Response.json({ notes: (await scene.store.amsNotesOf(query.get('reference') ?? '')).map(({ id, reference }) => ({ id, reference })) })
  if (at === 'POST /notes') {
    const note = RestNote.safeParse(await asked.request.json().catch(() => null))
    if (!note.success || (note.data.contact && !clientOf(note.data.contact))) return new Response(null, { status: 422 })
    const { reference, text, subject, contact } = note.data
    return kept(asked, 'rest', { reference, contact: contact ?? null, subject, text }, 201)
  }
  const client = clientOf(/^GET \/contacts\/(\d+)$/.exec(at)?.[1])
  return client ? Response.json({ ...restContact(client), policies: client.policies, notes: client.notes }) : new Response(null, { status: 404 })
}

const HawksoftNote = z.object({ refId: z.uuid(), ts: z.iso.datetime(), channel: z.int().min(1).max(56), note: z.string().min(1) })

async function overHawksoft(asked: Asked): Promise<Response> {
  const { at, request } = asked
  if (at === 'GET /vendor/agencies') return Response.json([Number(amsPartner.agencyId)])
  const [, method = '', agency = '', path = ''] = /^(\w+) \/vendor\/agency\/(\d+)\/(.+)$/.exec(at) ?? []
  if (agency !== amsPartner.agencyId) return new Response(null, { status: agency === '' ? 404 : 403 })
  if (method === 'GET' && path === 'clients') return Response.json(amsClients.map(({ number }) => number))
  if (method === 'POST' && path === 'clients') {
    const body = z.object({ clientNumbers: z.array(z.int()).max(200) }).safeParse(await request.json().catch(() => null))
    return body.success ? Response.json(amsClients.filter(({ number }) => body.data.clientNumbers.includes(number)).map(hawksoftClient)) : new Response(null, { status: 400 })
  }
  const [, number, log] = /^client\/(\d+)(\/log)?$/.exec(path) ?? []
  const client = clientOf(number)
  if (!client) return new Response(null, { status: 404 })
  if (method === 'GET' && !log) return Response.json(hawksoftClient(client))
  const note = method === 'POST' && log ? HawksoftNote.safeParse(await request.json().catch(() => null)) : null
  if (!note?.success) return new Response(null, { status: 400 })
  return kept(asked, 'hawksoft', { reference: note.data.refId, contact: String(client.number), subject: '', text: note.data.note }, 200)
}

async function kept({ scene, silent }: Asked, wire: AmsNoteRow['wire'], { reference, ...content }: NoteContent & { reference: string }, status: number): Promise<Response> {
  const id = newId('nte', scene.now)
  await scene.store.keepAmsNote({ id, at: scene.now, reference, wire, cell: await scene.reach.vault(PLATFORM, 1, scene.now).seal(noteField, id, content) })
  return silent ? new Response(null, { status: 504 }) : Response.json({ id }, { status })
}

/** The notes that it was handed, newest first. */
export async function amsNotes(scene: Scene, limit: number): Promise<AmsNote[]> {
  const rows = await scene.store.amsNotes(limit)
  const contents = await scene.reach.vault(PLATFORM, 1, scene.now).openMany<NoteContent>(noteField, rows)
  return rows.map(({ id, at, reference, wire }, index) => ({ id, at, reference, wire, contact: contents[index]?.contact ?? null, subject: contents[index]?.subject ?? '', text: contents[index]?.text ?? '' }))
}

/** Who a note is about, by name. */
export const amsClientName = (id: string | null): string => {
  const client = clientOf(id)
  return client ? (client.company ?? `${client.first} ${client.last}`) : 'nobody'
}

const clientOf = (id: string | null | undefined): AmsClient | undefined => amsClients.find(({ number }) => String(number) === id)

const has = (client: AmsClient, phone: string | null): boolean => phone !== null && client.phones.some((each) => toE164(each) === phone)

const restContact = (client: AmsClient) => ({
  id: String(client.number), name: amsClientName(String(client.number)), phones: client.phones, household: client.household, kind: client.kind.toLowerCase(), url: `https://ams.example/clients/${client.number}`,
})

/** As `v3/model.html` names its members, spelt as its examples are. */
const hawksoftClient = (client: AmsClient) => ({
  clientNumber: client.number,
  details: { clientType: client.kind, isPersonal: !client.company, isCommercial: Boolean(client.company), companyName: client.company ?? null, status: 'Active' },
  people: [{ id: `00000000-0000-4000-8000-00000000${client.number}`, firstName: client.first, lastName: client.last }],
  contacts: client.phones.map((phone) => ({ type: 'CellPhone', data: phone, personId: `00000000-0000-4000-8000-00000000${client.number}`, isBillingContact: false })),
  claims: [],
  policies: client.policies.map(({ number, line, carrier, status, expires }) => ({ policyNumber: number, title: line, type: 'General', carrier, status, expirationDate: `${expires}T00:00:00` })),
})
