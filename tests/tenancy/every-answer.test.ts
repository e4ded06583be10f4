import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { newIsolate } from '../../worker/core/reach.ts'
import { handlersOf } from '../../worker/entry.ts'
import { apiRoutes, carrierApiRoutes } from '../../worker/modules.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { testClock } from '../support/clock.ts'
import { newTenant } from '../support/new-tenant.ts'
import { asStranger, bindings, ORIGIN, signedIn, type Browser } from '../support/scene.ts'
import { send, theWorker, withBrowser, type Answer, type Ask } from './ask.ts'
import { personal } from './personal.ts'
import { cases } from './route-cases.ts'
import { entrances, parametersOf, type Entrance } from './route-table.ts'

/** What one sender was answered, and how it asked. */
type Heard = { readonly entrance: Entrance; readonly who: 'nobody' | 'somebody' | 'a forger'; readonly answer: Pick<Answer, 'status' | 'headers'> }

const scene = { heard: [] as Heard[], besides: [] as { what: string; status: number; headers: Headers }[] }

const takesJson = new Set([...apiRoutes, ...carrierApiRoutes].filter(({ body }) => body !== null).map(({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))

/** A form with a file. */
const fileForm: Ask = { bytes: new TextEncoder().encode('--b\r\nContent-Disposition: form-data; name="category"\r\n\r\nagreement\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\r\n--b--\r\n'), headers: { 'Content-Type': 'multipart/form-data; boundary=b' } }

/** A person may send a hundred requests a minute. */
const ENTRANCES_A_PERSON = 80

beforeAll(async () => {
  await asStranger().call('/healthz') // the entry is loaded by its first request, alone
  const tenant = await newTenant()
  const stranger = asStranger()
  await stranger.page('/') // its forms have a token from here on
  const ask = async (entrance: Entrance, who: Heard['who'], browser: Browser): Promise<void> => {
    const params = Object.fromEntries(parametersOf(entrance.path).map((name) => [name, name === 'number' ? '1' : 'nowhere']))
    const fetching = async (request: Request): Promise<Response> => {
      const asked = new Request(request)
      if (who === 'a forger') asked.headers.set('Origin', 'https://evil.example')
      return theWorker(asked)
    }
    const body = takesJson.has(entrance.name) ? { json: {} } : entrance.name === 'POST /documents/upload' ? fileForm : {}
    scene.heard.push({ entrance, who, answer: await send(withBrowser(browser), entrance, { params, ...body }, { fetching }) })
  }
  let owner = stranger
  for (const [index, entrance] of entrances().entries()) {
    if (index % ENTRANCES_A_PERSON === 0) owner = await signedIn(await tenant.newSomeone('admin'), tenant.id)
    await ask(entrance, 'nobody', stranger)
    // What somebody may do with an empty form it may do here: looking is enough for an answer of each kind.
    await ask(entrance, entrance.method === 'GET' ? 'somebody' : 'a forger', owner)
  }
  scene.besides = await besides(owner)
}, 120_000)

/** Answers that no route gives: a file, a file that is not there, no route, the way to HTTPS, an old TLS, a body that is no JSON, a server without a clock. */
async function besides(browser: Browser): Promise<typeof scene.besides> {
  const asked = async (what: string, request: Request, env: { ASSETS?: Fetcher } = {}, clock = testClock) => {
    const context = createExecutionContext()
    const served = handlersOf({ isolate: newIsolate(cheapHashes()), clock })
    const answer = await served.fetch!(request as Request<unknown, IncomingRequestCfProperties>, { ...bindings, ...env }, context) // `as`: a test has no edge in front of it
    await answer.arrayBuffer()
    await waitOnExecutionContext(context)
    return { what, status: answer.status, headers: answer.headers }
  }
  const file = { fetch: async () => new Response('body{}', { headers: { 'Content-Type': 'text/css' } }) } as unknown as Fetcher // `as`: the one method that is asked
  const to = (path: string, init: RequestInit = {}) => new Request(`${ORIGIN}${path}`, { redirect: 'manual', headers: { 'CF-Connecting-IP': '203.0.113.7' }, ...init })
  return [
    await asked('a file', to('/assets/app.css'), { ASSETS: file }),
    await asked('no such file', to('/assets/none.js')),
    await asked('no such page', to('/no/such/page', { headers: { Accept: 'text/html' } })),
    await asked('no such route', to('/api/v1/nothing', { headers: { Cookie: browser.cookies } })),
    await asked('no such method', to('/api/v1/members', { method: 'PUT', headers: { Origin: ORIGIN } })),
    await asked('the way to HTTPS', new Request(`${ORIGIN.replace('https:', 'http:')}/people`, { redirect: 'manual' })),
    await asked('an old TLS', to('/', { cf: { tlsVersion: 'TLSv1.1' } } as RequestInit)), // `as`: the DOM's RequestInit does not know `cf`
    await asked('no JSON', to('/api/v1/invitations', { method: 'POST', body: '{', headers: { Origin: ORIGIN, Cookie: browser.cookies, 'X-CSRF-Token': browser.csrf, 'Content-Type': 'application/json' } })),
    await asked('a server without a clock', to('/people'), {}, () => Promise.reject(new TypeError('away'))),
  ]
}

const answers = () => [...scene.heard.map(({ entrance, who, answer }) => ({ what: `${entrance.name} for ${who}`, ...answer })), ...scene.besides]

/** What each answer says in a header, where that is not what it should say. */
const wrong = (name: string, right: (value: string) => boolean, among = answers()): string[] =>
  among.flatMap(({ what, headers }) => (right(headers.get(name) ?? '') ? [] : [`${what}: ${name} is ${headers.get(name)}`]))

test('the walk heard pages, files, redirects and refusals of every kind', () => {
  expect(scene.heard).toHaveLength(entrances().length * 2)
  const statuses = new Set(answers().map(({ status }) => status))
  for (const status of [200, 302, 308, 400, 401, 403, 404, 405, 426, 503]) expect([...statuses]).toContain(status)
  expect(scene.besides.map(({ what, status }) => [what, status])).toEqual([['a file', 200], ['no such file', 404], ['no such page', 404], ['no such route', 404], ['no such method', 405], ['the way to HTTPS', 308], ['an old TLS', 426], ['no JSON', 400], ['a server without a clock', 503]])
})

test('[CIQ-46] whatever is not public answers a stranger with 401 or the way to the sign-in, and opens to somebody signed in; the trust page says whose sign-in it is', async () => {
  const passesOn = 'GET /tenant-switch' // home, whoever asks
  const open = new Set([passesOn, ...cases.filter(({ may }) => may === 'anyone').map(({ entrance }) => entrance), ...Object.keys(personal).filter((name) => !isOwn(name))])
  const refused = ({ answer: { status, headers } }: Heard) => status === 401 || (status === 302 && (headers.get('Location') ?? '').startsWith('/sign-in'))
  const strangers = scene.heard.filter(({ who, entrance }) => who === 'nobody' && !open.has(entrance.name))
  // A download's link is bound to a session: without one it is a forbidden link, whoever holds it.
  const through = strangers.filter((heard) => !refused(heard) && !(/^GET \/(documents|producers)\/file\/\*$/.test(heard.entrance.name) && heard.answer.status === 403))
  expect(through.map(({ entrance, answer }) => `${entrance.name}: ${answer.status} ${answer.headers.get('Location') ?? ''}`)).toEqual([])
  expect(strangers.length).toBeGreaterThan(80)
  const carriers = new Set(cases.filter(({ may }) => may === 'carrier').map(({ entrance }) => entrance)) // no person's session opens them
  expect(scene.heard.filter((heard) => heard.who === 'somebody' && refused(heard) && !carriers.has(heard.entrance.name)).map(({ entrance }) => entrance.name)).toEqual([])
  const { controls } = (await (await asStranger().call('/trust.json')).json()) as { controls: { id: string; how: string }[] } // `as`: the page's own format
  expect(controls.find(({ id }) => id === 'identity.own')?.how).toMatch(/run by this deployment, in place of Clerk\. (No outside provider|.*OpenID Connect)/)
})

/** Entrances of a person's own account, as personal.ts gives the reason. */
const isOwn = (name: string): boolean => !/^(no tenant is known yet|a mailed token|a secret address|anybody asks)/.test(personal[name] ?? '')

test('[IFD-33][SPO-20][SPO-50][CAL-28] every answer of every route, refusals, redirects and files too, says HTTPS for two years, with subdomains and preload', () => {
  expect(wrong('Strict-Transport-Security', (value) => value === 'max-age=63072000; includeSubDomains; preload')).toEqual([])
})

test('[SPO-52][SPO-53][CAL-69][CAL-70] every answer of every route forbids sniffing, referrers and the device', () => {
  expect(wrong('X-Content-Type-Options', (value) => value === 'nosniff')).toEqual([])
  expect(wrong('Referrer-Policy', (value) => value === 'strict-origin-when-cross-origin' || value === 'no-referrer')).toEqual([])
  for (const feature of ['camera', 'microphone', 'geolocation', 'payment', 'usb']) expect(wrong('Permissions-Policy', (value) => value.includes(`${feature}=()`))).toEqual([])
})

test('[CAL-71] every answer of every API route is kept by nobody, errors included', () => {
  const paths = new Set([...apiRoutes, ...carrierApiRoutes].map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')))
  const api = answers().filter(({ what }) => /^\w+ \/api\//.test(what) || /^no such (route|method)|^no JSON/.test(what))
  for (const path of paths) expect(api.some(({ what }) => what.includes(` ${path} `)), path).toBe(true)
  const statuses = new Set(api.map(({ status }) => status))
  for (const status of [200, 400, 401, 403, 404, 405]) expect([...statuses]).toContain(status)
  expect(wrong('Cache-Control', (value) => value === 'no-store', api)).toEqual([])
})
