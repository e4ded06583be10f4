import { expect, test } from 'vitest'
import { fileKinds } from '../../worker/core/documents/contract.ts'
import { advance, atOnce, confirmed, post, tally, uploaded } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { malformedFiles, type Malformed } from './malformed.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
/** Files that are made to do harm. */
const FILES = isFull ? 300 : 64
/** A workspace key sends a hundred requests a minute, and a file takes four. */
const FILES_A_MINUTE = 22
const mediaTypes: readonly string[] = Object.values(fileKinds).map(({ mediaType }) => mediaType)

test('a download link that is changed in any way, or brought by anybody else, opens nothing', async () => {
  const tries = isFull ? 2000 : 300
  const random = randomFrom(seed)
  const marcus = await product.signedIn(product.as('admin'))
  const document = await uploaded(marcus, 'link.pdf', 'linked')
  const other = await uploaded(marcus, 'other.pdf', 'other')
  const { url } = (await (await marcus.call(`/api/v1/documents/${document}/links`, {})).json()) as { url: string } // `as`: the route's own answer
  const path = url.slice(product.origin.length)
  const served = await marcus.fetch(path)
  expect(served.status).toBe(200)
  expect(unharmful(served)).toEqual([])

  const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~%/?&='
  const pick = (from: string): string => from[Math.floor(random() * from.length)] ?? 'x'
  const mutated = (): string => {
    const at = '/documents/file/'.length + Math.floor(random() * (path.length - 16))
    const way = random()
    if (way < 0.4) return `${path.slice(0, at)}${pick(alphabet.replace(path[at] ?? '', ''))}${path.slice(at + 1)}`
    if (way < 0.6) return path.slice(0, at)
    if (way < 0.75) return `${path.slice(0, at)}${pick(alphabet)}${path.slice(at)}`
    return [`${path}?x=1`, `${path}/`, `${path}%00`, path.replace(document, other), path.replace('/file/', '/file//'), path.replace('/file/', '/file/x%2f..%2f'), `${path}${path.slice(15)}`, path.toUpperCase(), path.replace(/\d(?=\/[^/]+$)/, '9')][Math.floor(random() * 9)] ?? ''
  }
  const opened: string[] = []
  const sent = await atOnce(tries, async (index) => {
    let changed = mutated()
    while (new URL(changed, product.origin).href === url) changed = mutated() // what a client writes the old way again is no change
    // A person may send a hundred requests a minute: most go without a session, which no link needs to open nothing.
    const answer = index % 10 === 0 && index < 900 ? await marcus.fetch(changed) : await fetch(`${product.origin}${changed}`, { redirect: 'manual' })
    if (answer.headers.get('Content-Type') === 'application/pdf') opened.push(changed)
    return answer
  })
  expect(opened).toEqual([])
  expect(sent.filter((status) => status >= 500)).toEqual([])

  const dana = await product.signedIn(product.as('owner'))
  const refused: Record<string, number> = {}
  for (const [who, send] of Object.entries({
    'another member': () => dana.fetch(path),
    'a stranger': () => fetch(`${product.origin}${path}`, { redirect: 'manual' }),
    HEAD: () => marcus.fetch(path, { method: 'HEAD' }),
    POST: () => post(marcus, path),
  })) refused[who] = (await send()).status
  expect(Object.values(refused).every((status) => status >= 400 && status < 500)).toBe(true)
  await (await post(marcus, '/sign-out')).arrayBuffer()
  expect((await marcus.fetch(path)).status).toBe(403)
  evidence('G20', 'links changed', { tried: tries, opened: 0, ...refused })
}, 300_000)

test('a file that is made to do harm is refused, or kept as what it is and handed out as nothing that runs', async () => {
  const { origin } = product
  const owner = product.as('owner')
  const dana = await product.signedIn(owner)
  const issued = await confirmed(dana, owner.password, () => dana.call('/api/v1/api-keys', { label: 'files', scopes: ['documents.read', 'documents.write'], days: 1 }))
  const { token } = (await issued.json()) as { token: string } // `as`: the route's own answer
  const send = (path: string, method: string, body?: BodyInit, type = 'application/json') => fetch(`${origin}${path}`, { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': type }, body: body ?? null, redirect: 'manual' })

  const statuses: number[] = []
  const wrong: string[] = []
  let kept = 0
  const tried = async ({ what, name, bytes }: Malformed): Promise<void> => {
    const begun = await send('/api/v1/documents', 'POST', JSON.stringify({ name, category: 'other', phi_ack: true }))
    const { id } = (await begun.json()) as { id?: string } // `as`: a document, or a problem
    if (begun.status !== 201 || !id) return void wrong.push(`${what}: could not be announced, ${begun.status}`)
    const put = await send(`/api/v1/documents/${id}/content`, 'PUT', bytes, 'application/octet-stream')
    statuses.push(put.status)
    const view = (await put.json()) as { mediaType?: string } // `as`: likewise
    if (put.status !== 200) return put.status >= 400 && put.status < 500 && put.status !== 429 ? undefined : void wrong.push(`${what}: ${put.status}`)
    kept += 1
    const { url } = (await (await send(`/api/v1/documents/${id}/links`, 'POST', '{}')).json()) as { url: string } // `as`: likewise
    const served = await fetch(url, { headers: { Authorization: `Bearer ${token}` } })
    const back = Buffer.from(await served.arrayBuffer())
    if (served.status !== 200 || !back.equals(bytes)) wrong.push(`${what}: came back as something else, ${served.status}`)
    if (served.headers.get('Content-Type')?.split(';')[0] !== view.mediaType) wrong.push(`${what}: handed out as ${served.headers.get('Content-Type')}`)
    wrong.push(...unharmful(served).map((missing) => `${what}: ${missing}`))
  }
  const files = malformedFiles(FILES, randomFrom(seed))
  for (let at = 0; at < files.length; at += FILES_A_MINUTE) {
    await advance(origin, 61)
    for (const file of files.slice(at, at + FILES_A_MINUTE)) await tried(file)
  }
  expect(wrong).toEqual([])
  expect(statuses).toHaveLength(FILES)
  expect(kept).toBeGreaterThan(0)
  evidence('G20', 'files made to do harm', { sent: FILES, kept, refused: FILES - kept, 'handed out as something that runs': 0, ...tally(statuses) })
}, 900_000)

/** What a download lacks of what keeps a browser from running it. */
function unharmful({ headers }: Response): string[] {
  const lacks: Record<string, boolean> = {
    'no attachment': !headers.get('Content-Disposition')?.startsWith('attachment'),
    'may be sniffed': headers.get('X-Content-Type-Options') !== 'nosniff',
    'no sandbox': !/(^|;)\s*sandbox\s*(;|$)/.test(headers.get('Content-Security-Policy') ?? ''),
    'a type that may run': !mediaTypes.includes(headers.get('Content-Type')?.split(';')[0] ?? ''),
  }
  return Object.keys(lacks).filter((name) => lacks[name])
}
