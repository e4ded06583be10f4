import { expect, test } from 'vitest'
import { foreignRefusal } from './refuse-foreign.ts'

const env = { KEK_1: 'dev:aaaa', KEK_2: 'dev:bbbb', ORIGIN: 'http://localhost:8787' }
const request = (url: string, headers: Record<string, string> = {}, method = 'GET') => new Request(url, { headers, method })

test('the sandbox answers its own pages on loopback, and programs that send no Origin', () => {
  expect(foreignRefusal(request('http://localhost:8787/sandbox'), env)).toBeNull()
  expect(foreignRefusal(request('http://127.0.0.1:8787/sandbox/clock', {}, 'POST'), env)).toBeNull()
  expect(foreignRefusal(request('http://[::1]:8787/sandbox', { Origin: 'http://localhost:8787' }, 'POST'), env)).toBeNull()
})

test('a foreign Host or Origin is refused, whichever path it asks for', () => {
  for (const url of ['http://rebound.example/sandbox', 'http://localhost.rebound.example/', 'http://10.0.0.7:8787/sign-in'])
    expect(foreignRefusal(request(url), env)).toMatch(/this machine/)
  for (const origin of ['http://localhost:3000', 'https://elsewhere.example', 'null'])
    expect(foreignRefusal(request('http://localhost:8787/sandbox/clock', { Origin: origin }, 'POST'), env)).toMatch(/own pages/)
  expect(foreignRefusal(request('http://localhost:8787/sandbox/clock', { 'Sec-Fetch-Site': 'cross-site' }, 'POST'), env)).toMatch(/own pages/)
})

test('root keys without the mark keep the sandbox shut, even one among several', () => {
  expect(foreignRefusal(request('http://localhost:8787/sandbox'), { ...env, KEK_2: 'bbbb' })).toMatch(/dev:/)
})
