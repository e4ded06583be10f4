import { Buffer } from 'node:buffer'
import { createHash, createHmac, createPrivateKey, timingSafeEqual } from 'node:crypto'
import { importJWK, SignJWT, type JWK } from 'jose'
import { z } from 'zod'
import { html, type Html } from '../core/delivery/html.ts'

/** The stand-in providers of the sandbox. Two, so that "several providers" is something to try and not to read. */
export const standInProviders = [
  { id: 'harbor', label: 'Harbor ID' },
  { id: 'meridian', label: 'Meridian' },
] as const

const CLIENT = 'countersign'
const CODE_MS = 60_000
const TOKEN_S = 300

export type StandInProvider = {
  readonly id: string
  readonly label: string
  readonly issuer: string
  /** A page of the sandbox around what the provider has to say. */
  readonly frame: (title: string, body: Html) => Html
}

/**
 * A provider of identities that speaks OpenID Connect Core 1.0 with PKCE: discovery, keys (Ed25519, RFC 8037), an
 * authorization page on which anyone may be anyone, and a token endpoint. `path` is what follows the provider's issuer.
 * It keeps nothing: an authorization code is a signed statement that lives for a minute.
 */
export async function standInForOidc(request: Request, provider: StandInProvider, path: string, now: number): Promise<Response> {
  const { issuer } = provider
  switch (`${request.method} ${path}`) {
    case 'GET /.well-known/openid-configuration':
      return Response.json(configuration(issuer))
    case 'GET /jwks':
      return Response.json({ keys: [publicJwk(issuer)] })
    case 'GET /authorize':
      return authorizePage(provider, new URL(request.url).searchParams)
    case 'GET /continue':
      return goBack(issuer, new URL(request.url).searchParams, now)
    case 'POST /token':
      return token(provider, request, now)
    default:
      return new Response('There is no such page at this provider.', { status: 404 })
  }
}

const configuration = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['EdDSA'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
  authorization_response_iss_parameter_supported: true,
  scopes_supported: ['openid', 'email'],
})

const Asked = z.object({
  client_id: z.literal(CLIENT),
  redirect_uri: z.url(),
  response_type: z.literal('code'),
  scope: z.string().regex(/\bopenid\b/),
  state: z.string().min(1).max(500),
  nonce: z.string().min(1).max(200),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
})

function authorizePage({ label, frame }: StandInProvider, params: URLSearchParams): Response {
  const asked = Asked.safeParse(Object.fromEntries(params))
  const page = (body: Html, status = 200) => new Response(frame(label, html`<div class="sbx-card sbx-login"><h1>${label}</h1>${body}</div>`).toString(), { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  if (!asked.success) return page(html`<p>This request is not one that ${label} understands.</p>`, 400)
  return page(html`
    <p class="sbx-quiet">Countersign asks who you are. This stand-in believes whatever you type.</p>
    <form action="continue">
      ${Object.entries(asked.data).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <p><label for="email">E-mail address</label><br /><input id="email" type="email" name="email" required autocomplete="email" /></p>
      <p><button class="sbx-button">Continue</button> <button class="sbx-button" name="deny" value="1" formnovalidate>Refuse</button></p>
    </form>`)
}

/** Back to the client with a code, or with `access_denied` (RFC 6749 §4.1.2.1), and the issuer's name (RFC 9207). */
function goBack(issuer: string, params: URLSearchParams, now: number): Response {
  const asked = Asked.safeParse(Object.fromEntries(params))
  if (!asked.success) return new Response('This request is not understood.', { status: 400 })
  const { redirect_uri: redirect, state, nonce, code_challenge: challenge } = asked.data
  const back = new URL(redirect)
  const email = (params.get('email') ?? '').trim().toLowerCase()
  if (params.has('deny') || email === '') back.searchParams.set('error', 'access_denied')
  else back.searchParams.set('code', codeOf(issuer, { email, nonce, challenge, redirect, until: now + CODE_MS }))
  back.searchParams.set('state', state)
  back.searchParams.set('iss', issuer)
  return new Response(null, { status: 302, headers: { Location: back.href } })
}

/** Code for tokens: client authentication, the redirect URI and the PKCE verifier must all be those of the request (RFC 7636 §4.6). */
async function token(provider: { id: string; issuer: string }, request: Request, now: number): Promise<Response> {
  const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()))
  if (!isClient(request.headers.get('Authorization') ?? '', provider.id)) return Response.json({ error: 'invalid_client' }, { status: 401 })
  const code = readCode(provider.issuer, form.get('code') ?? '')
  const verifier = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
  const fits = form.get('grant_type') === 'authorization_code' && code && code.until >= now && code.challenge === verifier && code.redirect === form.get('redirect_uri')
  if (!fits) return Response.json({ error: 'invalid_grant' }, { status: 400 })
  const iat = Math.floor(now / 1000)
  const claims = { iss: provider.issuer, sub: subjectOf(provider.issuer, code.email), aud: CLIENT, iat, exp: iat + TOKEN_S, nonce: code.nonce, email: code.email, email_verified: true }
  return Response.json({ access_token: 'none', token_type: 'Bearer', expires_in: TOKEN_S, id_token: await idToken(provider.issuer, claims) }, { headers: { 'Cache-Control': 'no-store' } })
}

/** HTTP Basic with both parts form-encoded first (RFC 6749 §2.3.1). */
function isClient(authorization: string, providerId: string): boolean {
  const [id = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8').split(':')
  const said = new URLSearchParams(`id=${id}&secret=${secret}`)
  return said.get('id') === CLIENT && said.get('secret') === secretOf(providerId)
}

const Code = z.object({ email: z.string(), nonce: z.string(), challenge: z.string(), redirect: z.string(), until: z.number() })
type Code = z.output<typeof Code>

function codeOf(issuer: string, code: Code): string {
  const said = Buffer.from(JSON.stringify(code)).toString('base64url')
  return `${said}.${codeMac(issuer, said)}`
}

function readCode(issuer: string, text: string): Code | null {
  const [said = '', mac = ''] = text.split('.')
  const right = Buffer.from(codeMac(issuer, said))
  if (mac.length !== right.length || !timingSafeEqual(Buffer.from(mac), right)) return null
  return Code.parse(JSON.parse(Buffer.from(said, 'base64url').toString('utf8')))
}

const codeMac = (issuer: string, said: string): string => createHmac('sha256', `code of ${issuer}`).update(said).digest('base64url')
/** As wrangler.sandbox.toml says it. It protects nothing: whoever is here may sign in as anyone. */
const secretOf = (id: string): string => `sandbox-${id}`
/** The same address is the same person, and another one at every provider. */
const subjectOf = (issuer: string, email: string): string => createHash('sha256').update(`${issuer} ${email}`).digest('hex').slice(0, 32)

const SIGNED = { alg: 'EdDSA', kid: 'stand-in' } as const

const idToken = async (issuer: string, claims: Record<string, unknown>): Promise<string> => new SignJWT(claims).setProtectedHeader({ ...SIGNED, typ: 'JWT' }).sign(await importJWK(privateJwk(issuer), SIGNED.alg))

/** Ed25519 in PKCS#8 (RFC 8410 §7): the prefix, then a seed made of the issuer's name. It need not be a secret, only the same each time. */
function privateJwk(issuer: string): JWK {
  const seed = createHash('sha256').update(`key of ${issuer}`).digest()
  return createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }) as JWK // `as`: node's name for the same thing
}

function publicJwk(issuer: string): JWK {
  const { d: _, ...open } = privateJwk(issuer)
  return { ...open, ...SIGNED, use: 'sig' }
}
