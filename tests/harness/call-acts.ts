import { setTimeout as wait } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { plainMapping } from '../../worker/calls/ams/plain-mapping.ts'
import { confirmed } from './acts.ts'
import { words } from './canaries.ts'
import type { Person } from './person.ts'

/** An owner who connects a dialler, and who is told of the secrets that the product makes for it. */
export type CallParties = { readonly origin: string; readonly fmo: Person; readonly passwords: { readonly fmo: string }; readonly hookSecretMade: (secret: string) => void }

type Shown = { readonly url: string; readonly secret: string; readonly connection: { readonly id: string } }

/** From a dialler's connection to a call's last word: everything that a dialler can say of a call's other party. */
export function callSteps({ origin, fmo, passwords, hookSecretMade }: CallParties): Record<string, () => Promise<Response | undefined>> {
  const at = { line: '', url: '', secret: '' }
  const shown = async (answer: Response): Promise<Response> => {
    const { url, secret, connection } = (await answer.clone().json()) as Shown // `as`: the route's own answer
    Object.assign(at, { url, secret, line: connection.id })
    hookSecretMade(secret)
    return answer
  }
  const says = (type: string, data: Record<string, unknown>): Promise<Response> => {
    const [id, now, body] = [crypto.randomUUID(), new Date(), JSON.stringify({ type, timestamp: new Date().toISOString(), data: { call: 'at-rest', direction: 'inbound', phone: words.calledFrom, agent: words.extension, ...data } })]
    const headers = { 'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)), 'webhook-signature': new Webhook(at.secret).sign(id, now, body) }
    return fetch(at.url, { method: 'POST', headers, body })
  }
  const connected = async (body: Record<string, unknown>): Promise<Response> => {
    const known = await fmo.fetch('/api/v1/ams-connections')
    if (!known.ok) return known
    const { connections } = (await known.json()) as { connections: { id: string; state: string }[] } // `as`: the route's own answer
    const open = connections.find(({ state }) => state === 'active')
    if (open) await fmo.call(`/api/v1/ams-connections/${open.id}/revocation`, {})
    return fmo.call('/api/v1/ams-connections', body)
  }
  return {
    'a dialler': async () => shown(await confirmed(fmo, passwords.fmo, () => fmo.call('/api/v1/call-connections', { provider: 'standard', label: 'At rest' }))),
    'a dialler’s word for a member': async () => {
      const { members } = (await (await fmo.fetch('/api/v1/members')).json()) as { members: { id: string; role: string }[] } // `as`: the route's own answer
      return confirmed(fmo, passwords.fmo, () => fmo.call(`/api/v1/call-connections/${at.line}/handlers`, { word: words.extension, memberId: members.find(({ role }) => role === 'owner')?.id }))
    },
    // The sandbox's own, at the address that it is served at now: the demo was seeded at another.
    'an AMS': () => confirmed(fmo, passwords.fmo, () => connected({ kind: 'rest', label: 'Stand-in', address: `${origin}/sandbox/ams/rest`, auth: { by: 'bearer', token: 'ams_sandbox' }, mapping: plainMapping })),
    'a call': () => says('call.ringing', {}),
    'who it is, from the AMS': async () => {
      for (let tries = 0; tries < 50; tries += 1) {
        const shown = await fmo.fetch('/api/v1/screen-pops')
        const said = await shown.clone().text()
        if ([words.amsName, words.amsPolicy, words.amsNote].every((word) => said.includes(word))) return shown
        await wait(200)
      }
      throw new Error('nobody was shown')
    },
    'what was said on it': () => says('call.transcript', { transcript: words.transcript }),
    'a text message': () => says('call.sms', { call: 'at-rest-text', text: words.textMessage }),
    'an assistant': async () => {
      const { version } = (await (await confirmed(fmo, passwords.fmo, () => fmo.fetch('/api/v1/assistant'))).json()) as { version: number } // `as`: the route's own answer
      const body = new URLSearchParams({ csrf: fmo.csrf, intent: 'set', version: String(version), base: 'https://models.example.org/v1', model: 'small', secret: words.assistantKey })
      return fmo.fetch('/assistant', { method: 'POST', headers: { Accept: 'text/html' }, body })
    },
    'what an AMS is asked with': () => confirmed(fmo, passwords.fmo, () => connected({ kind: 'rest', label: 'At rest', address: 'https://ams.quaver.example/api', auth: { by: 'bearer', token: words.amsToken }, mapping: plainMapping })),
    'what notes are signed with': async () => {
      const answer = await confirmed(fmo, passwords.fmo, () => connected({ kind: 'webhook', label: 'At rest', address: 'https://ams.quaver.example/in' }))
      hookSecretMade(((await answer.clone().json()) as { secret: string }).secret) // `as`: the route's own answer
      return answer
    },
    'a dialler’s next secret': async () => shown(await confirmed(fmo, passwords.fmo, () => fmo.call(`/api/v1/call-connections/${at.line}/rotation`, {}))),
  }
}
