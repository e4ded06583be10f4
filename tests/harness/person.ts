/** A demo sign-in, as the sandbox lists it. */
export type SignIn = { readonly email: string; readonly password: string; readonly role: string; readonly tenant: string }

/** Somebody who signs in through the pages, as a browser without scripts would, and then calls the API. */
export class Person {
  readonly #origin: string
  readonly #headers: Record<string, string>
  readonly #jar = new Map<string, string>()
  /** The secret part of each session cookie that this browser was ever given. */
  readonly sessionSecrets: string[] = []

  /** `headers` go with every request: where it comes from, with which browser. */
  constructor(origin: string, headers: Record<string, string> = {}) {
    this.#origin = origin
    this.#headers = headers
  }

  get cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async fetch(path: string, init: { method?: string; headers?: Record<string, string>; body?: string | URLSearchParams | Uint8Array<ArrayBuffer> } = {}): Promise<Response> {
    const headers: Record<string, string> = { Cookie: this.cookies, 'User-Agent': 'harness', Origin: this.#origin, ...this.#headers, ...init.headers }
    const answer = await fetch(`${this.#origin}${path}`, { method: init.method ?? 'GET', headers, body: init.body ?? null, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=')
      if (name === '__Host-session' && value[0]) this.sessionSecrets.push(value.join('=').split('.')[2] ?? '')
      if (/Max-Age=0\b/.test(line)) this.#jar.delete(name)
      else this.#jar.set(name, value.join('='))
    }
    return answer
  }

  /** Through the sign-in page. Throws unless it led somewhere else. */
  async signIn(email: string, password: string): Promise<void> {
    await (await this.fetch('/sign-in', { headers: { Accept: 'text/html' } })).text()
    const answer = await this.fetch('/sign-in', { method: 'POST', headers: { Accept: 'text/html' }, body: new URLSearchParams({ csrf: this.csrf, email, password, then: '/' }) })
    await answer.text()
    if (answer.status >= 400 || !answer.headers.get('Location')) throw new Error(`sign-in answered ${answer.status}`)
  }

  get csrf(): string {
    return this.#jar.get('__Host-csrf') ?? ''
  }

  /** A JSON call with the token in the header; with an Idempotency-Key where one is given. */
  call(path: string, json: unknown, key?: string): Promise<Response> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf }
    if (key !== undefined) headers['Idempotency-Key'] = key
    return this.fetch(path, { method: 'POST', headers, body: JSON.stringify(json) })
  }
}

/** The demo's people; seeded first where there are none yet. */
export async function seeded(origin: string): Promise<SignIn[]> {
  const people = async () => (await (await fetch(`${origin}/sandbox/accounts.json`)).json()) as SignIn[] // `as`: the sandbox's own list
  const there = await people()
  if (there.length > 0) return there
  const answer = await fetch(`${origin}/sandbox/seed`, { method: 'POST', headers: { Origin: origin } })
  if (!answer.ok) throw new Error(`seeding answered ${answer.status}: ${await answer.text()}`)
  return people()
}
