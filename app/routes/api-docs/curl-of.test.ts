import { expect, test } from 'vitest'
import { curlOf } from './curl-of.ts'
import type { Documented, Operation } from './operation.ts'

const documented = (method: string, path: string, operation: Partial<Operation>): Documented => ({ method, path, answers: [], operation: { operationId: 'o', summary: 's', responses: {}, ...operation } })
const header = (name: string) => ({ name, in: 'header', required: true, schema: { type: 'string' } })

test('a program’s command carries its key, a fresh Idempotency-Key, and every field that is required', () => {
  const parameters = [{ name: 'documentId', in: 'path', required: true, schema: { type: 'string', pattern: '^doc_[0-7][0-9a-z]{25}$' } }, header('Idempotency-Key')]
  const schema = { type: 'object', required: ['email', 'role', 'days', 'ok'], properties: { email: { type: 'string', format: 'email' }, role: { enum: ['member', 'admin'] }, days: { type: 'integer', default: 90 }, ok: { const: true }, note: { type: 'string' } } }
  const command = curlOf('https://here.test', documented('post', '/api/v1/documents/{documentId}/links', { 'x-scope': 'documents.read', parameters, requestBody: { content: { 'application/json': { schema } } } }))
  expect(command.split(' \\\n  ')).toEqual([
    "curl -X POST 'https://here.test/api/v1/documents/doc_…/links'",
    "-H 'Authorization: Bearer cs_key_…'",
    '-H "Idempotency-Key: $(uuidgen)"',
    "-H 'Content-Type: application/json'",
    `-d '{"email":"ivy@example.com","role":"member","days":90,"ok":true}'`,
  ])
})

test('where only a person may, the command carries the session, its token and our origin, and the version it is based on', () => {
  const command = curlOf('https://here.test', documented('patch', '/api/v1/policy', { parameters: [header('If-Match')] }))
  for (const part of ['__Host-session=…', 'X-CSRF-Token: …', 'Origin: https://here.test', `'If-Match: "…"'`]) expect(command).toContain(part)
  expect(command).not.toContain('Bearer')
})

test('a quote in a value does not end the shell’s string', () => {
  const schema = { type: 'object', required: ['name'], properties: { name: { const: "it's" } } }
  expect(curlOf('', documented('post', '/x', { 'x-scope': 's', requestBody: { content: { 'application/json': { schema } } } }))).toContain(String.raw`'{"name":"it'\''s"}'`)
})
