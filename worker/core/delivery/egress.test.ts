import { afterEach, expect, test, vi } from 'vitest'
import { egress, EGRESS_BYTES } from './egress.ts'

const own = 'https://countersign.example.com'
const answerWith = (answer: () => Response | Promise<Response>) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer())

afterEach(() => vi.restoreAllMocks())

test('an answer of the other side is handed on with its status, whatever it is', async () => {
  const fetched = answerWith(() => new Response('busy', { status: 503, headers: { 'Retry-After': '7' } }))
  const answer = await egress({ url: 'https://api.example.org/x', method: 'POST', body: '{}', headers: { 'X-One': '1' } }, { own })
  expect(answer).toMatchObject({ ok: true, status: 503, body: 'busy' })
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', redirect: 'manual', body: '{}' })
})

test('a refused address is never called', async () => {
  const fetched = answerWith(() => new Response('never'))
  expect(await egress({ url: 'https://169.254.169.254/', method: 'GET' }, { own })).toEqual({ ok: false, reason: 'refused_address' })
  expect(await egress({ url: `${own}/api/v1/members`, method: 'GET' }, { own })).toEqual({ ok: false, reason: 'refused_address' })
  expect(fetched).not.toHaveBeenCalled()
})

test('a credential goes to the origin it was sealed with and to no other', async () => {
  const fetched = answerWith(() => new Response('ok'))
  const credential = { origin: 'https://ams.example.org', header: 'Authorization', value: 'Bearer k' }
  expect(await egress({ url: 'https://elsewhere.example.org/notes', method: 'GET', credential }, { own })).toEqual({ ok: false, reason: 'refused_address' })
  expect(fetched).not.toHaveBeenCalled()
  await egress({ url: 'https://ams.example.org/notes', method: 'GET', credential }, { own })
  expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('Authorization')).toBe('Bearer k')
})

test('a redirect is not followed: its target was never asked about', async () => {
  const fetched = answerWith(() => new Response(null, { status: 302, headers: { Location: 'https://169.254.169.254/' } }))
  expect(await egress({ url: 'https://api.example.org/x', method: 'GET' }, { own })).toEqual({ ok: false, reason: 'redirected' })
  expect(fetched).toHaveBeenCalledTimes(1)
})

test('an answer is read up to one megabyte and no further', async () => {
  answerWith(() => new Response(new Uint8Array(EGRESS_BYTES)))
  expect(await egress({ url: 'https://api.example.org/x', method: 'GET' }, { own })).toMatchObject({ ok: true, status: 200 })
  answerWith(() => new Response(new Uint8Array(EGRESS_BYTES + 1)))
  expect(await egress({ url: 'https://api.example.org/x', method: 'GET' }, { own })).toEqual({ ok: false, reason: 'too_large' })
})

test('what the network throws becomes a word of ours', async () => {
  answerWith(() => Promise.reject(new TypeError('connect to secret.internal:443 failed')))
  expect(await egress({ url: 'https://api.example.org/x', method: 'GET' }, { own })).toEqual({ ok: false, reason: 'unreachable' })
})

test('the other side gets ten seconds', async () => {
  const limits: number[] = []
  const over = new AbortController()
  over.abort()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    limits.push(ms)
    return over.signal
  })
  answerWith(() => Promise.reject(new DOMException('timed out', 'TimeoutError')))
  expect(await egress({ url: 'https://api.example.org/x', method: 'GET' }, { own })).toEqual({ ok: false, reason: 'timeout' })
  expect(limits).toEqual([10_000])
})
