import { signWebhook } from '../../../core/vault/webhook-signature.ts'
import { afterOf, noAnswer, send, type Way } from '../ask.ts'
import type { Ams, AmsTrouble } from '../port.ts'

/**
 * Any system that takes a webhook signed as Standard Webhooks asks. It is told, and cannot be asked. Each note goes under its
 * reference at every attempt; by that standard a receiver that answers anything but a 2xx did not take it, so only silence is
 * unknown.
 */
export function webhookAms(way: Way, { address, secret, now }: { address: string; secret: string; now: number }): Ams {
  const post = async (id: string, at: number, type: string, data: Readonly<Record<string, string | null>>) => {
    const text = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
    return send(way, { method: 'POST', url: address, text, headers: await signWebhook(secret, { id, at: now, body: text }) })
  }
  const cannot = async () => ({ ok: false, trouble: 'cannot_look_up' }) as const
  return {
    findByPhone: cannot,
    details: cannot,
    addNote: async ({ reference, contactId, direction, at, subject, text }) => {
      const answer = await post(reference, at, 'call.note', { reference, contact: contactId, direction, subject, text })
      if (!answer.ok) return answer.reason === 'refused_address' ? { state: 'not_taken', trouble: 'refused_address', again: false } : { state: 'unknown', trouble: noAnswer[answer.reason] }
      if (answer.status >= 200 && answer.status < 300) return { state: 'taken', noteId: reference }
      return { state: 'not_taken', trouble: saidNo(answer.status), again: answer.status !== 410, ...afterOf(answer.headers) }
    },
    test: async () => {
      const answer = await post(`test_${now}`, now, 'call.test', {})
      if (!answer.ok) return { ok: false, trouble: noAnswer[answer.reason] }
      return answer.status >= 200 && answer.status < 300 ? { ok: true, value: null } : { ok: false, trouble: saidNo(answer.status) }
    },
  }
}

const saidNo = (status: number): AmsTrouble => (status === 401 || status === 403 ? 'credentials_refused' : status === 429 || status >= 500 ? 'busy' : 'refused')
