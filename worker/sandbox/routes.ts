import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { PLATFORM } from '../core/reach.ts'
import { amsNotes, standInForAms } from './ams-stand-in.ts'
import { demoSignIns } from './accounts.ts'
import { advanceClock } from './advance-clock.ts'
import { standInForAssistant } from './assistant-stand-in.ts'
import { callers, ring } from './calls.ts'
import { capturedMail, capturedMails } from './captured-mail.ts'
import { demoCarrierKeys } from './carrier-keys.ts'
import { standInForOidc, standInProviders } from './identity-provider.ts'
import { frame, mailPage, notFoundPage, sandboxPage } from './page.ts'
import { standInForResend } from './resend-stand-in.ts'
import type { Scene } from './scene.ts'
import { seed } from './seed.ts'
import { amsMoods } from './store.ts'
import { sandboxStyle } from './style.ts'
import { howMuch } from './what-waits.ts'

type SandboxRoutes = { Bindings: { scene: Scene } }

/** At most ten years at a time: far enough for every retention rule, and a slip of the hand stays readable. */
const Advance = z.object({ advance_s: z.coerce.number().int().min(0).max(10 * 366 * 86_400) })
const Ams = z.object({ does: z.enum(amsMoods) })
const Ring = z.object({ phone: z.enum(callers).optional() })
const MAILS = 200

/** Everything under `/sandbox`. Only `worker/sandbox.ts` imports it; the production bundle holds none of it. */
export const sandboxRoutes = new Hono<SandboxRoutes>()
  .basePath('/sandbox')
  .get('/', async (c) => {
    const { scene } = c.env
    const [accounts, carrierKeys, mails, notes, does, aheadMs] = await Promise.all([demoSignIns(scene), demoCarrierKeys(scene), capturedMails(scene.store, platform(scene), MAILS), amsNotes(scene, MAILS), scene.store.amsDoes(), scene.store.aheadMs()])
    return c.html(sandboxPage({ accounts, carrierKeys, mails, ams: { notes, does }, aheadMs, now: scene.now, head: scene.house.head, origin: scene.env.ORIGIN }).toString())
  })
  .get('/style.css', (c) => c.body(sandboxStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  .get('/accounts.json', async (c) => c.json((await demoSignIns(c.env.scene)).flatMap(({ email, password, seats }) => seats.map((seat) => ({ email, password, role: seat.role, tenant: seat.tenant })))))
  .get('/carrier-keys.json', async (c) => c.json((await demoCarrierKeys(c.env.scene)).map(({ carrier, fmo, token }) => ({ carrier, fmo, token }))))
  .get('/outbox.json', async (c) => c.json(await capturedMails(c.env.scene.store, platform(c.env.scene), MAILS)))
  .get('/mail/:id', async (c) => {
    const mail = await capturedMail(c.env.scene.store, platform(c.env.scene), c.req.param('id'))
    if (!mail) return c.html(notFoundPage(c.env.scene.house.head).toString(), 404)
    // As a mail program would: no scripts, no styles, nothing fetched, and no origin of ours.
    return c.html(mailPage(mail).toString(), 200, { 'Content-Security-Policy': "sandbox allow-top-navigation allow-popups; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" })
  })
  .post('/clock', async (c) => {
    const input = Advance.safeParse(await bodyOf(c))
    if (!input.success) return c.json({ title: 'Send {"advance_s": seconds}: a whole number, not negative.' }, 422)
    const advanced = await advanceClock(c.env.scene, input.data.advance_s)
    return wantsPage(c) ? c.redirect('/sandbox', 303) : c.json({ now: new Date(advanced.now).toISOString(), ahead_s: advanced.aheadMs / 1000, rounds: advanced.rounds, waiting: howMuch(advanced.waits), waits: advanced.waits })
  })
  .post('/seed', async (c) => {
    const seeded = await seed(c.env.scene)
    return wantsPage(c) ? c.redirect('/sandbox', 303) : c.json(seeded)
  })
  .post('/calls', async (c) => {
    const rung = await ring(c.env.scene, Ring.safeParse(await bodyOf(c)).data?.phone)
    return wantsPage(c) ? c.redirect('/sandbox', 303) : c.json(rung ?? { title: 'No dialler of the demo is connected.' }, rung ? 200 : 409)
  })
  .get('/ams/notes.json', async (c) => c.json(await amsNotes(c.env.scene, MAILS)))
  .post('/ams', async (c) => {
    const input = Ams.safeParse(await bodyOf(c))
    if (!input.success) return c.json({ title: `Send {"does": one of ${amsMoods.join(', ')}}.` }, 422)
    await c.env.scene.store.setAms(input.data.does)
    return wantsPage(c) ? c.redirect('/sandbox', 303) : c.json(input.data)
  })
  .all('/ams/*', (c) => standInForAms(c.env.scene, c.req.raw, c.req.path.slice('/sandbox/ams'.length)))
  .all('/idp/:provider/*', (c) => {
    const { scene } = c.env
    const provider = standInProviders.find(({ id }) => id === c.req.param('provider'))
    if (!provider) return c.notFound()
    const issuer = `${scene.env.ORIGIN}/sandbox/idp/${provider.id}`
    return standInForOidc(c.req.raw, { ...provider, issuer, frame: (title, body) => frame(scene.house.head, title, body) }, c.req.path.slice(`/sandbox/idp/${provider.id}`.length), scene.now)
  })
  .post('/resend/emails', (c) => standInForResend(c.env.scene, c.req.raw))
  .post('/assistant/v1/chat/completions', (c) => standInForAssistant(c.req.raw, c.env.scene.now))
  .notFound((c) => c.html(notFoundPage(c.env.scene.house.head).toString(), 404))
  .onError((thrown) => {
    throw thrown // the entry answers: its report names the error and nothing else
  })

const platform = (scene: Scene) => scene.reach.vault(PLATFORM, 1, scene.now)

/** Pages post forms, programs JSON. */
async function bodyOf(c: Context<SandboxRoutes>): Promise<unknown> {
  try {
    return /^application\/json\b/i.test(c.req.header('Content-Type') ?? '') ? await c.req.json() : await c.req.parseBody()
  } catch {
    return null
  }
}

const wantsPage = (c: Context<SandboxRoutes>): boolean => (c.req.header('Accept') ?? '').includes('text/html')
