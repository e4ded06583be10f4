import ts from 'typescript'
import { expect, test } from 'vitest'

import { at, filesBelow, parse, planted, typescript, walk, type Rule } from './tree.ts'

/** The one way out. Everything it refuses (an IP address, our own host, a redirect, a megabyte) is refused there. */
const egress = 'worker/core/delivery/egress.ts'

const ways = new Set(['fetch', 'WebSocket', 'EventSource'])

const oneWayOut: Rule = (files) =>
  typescript(files)
    .filter((file) => file.path !== egress)
    .flatMap((file) => {
      const source = parse(file)
      const offences: string[] = []
      walk(source, (node) => {
        const called = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : undefined
        const bare = called !== undefined && ts.isIdentifier(called) && ways.has(called.text)
        const onGlobal = called !== undefined && ts.isPropertyAccessExpression(called) && called.expression.getText(source) === 'globalThis' && ways.has(called.name.text)
        const sockets = ts.isImportDeclaration(node) && /cloudflare:sockets|^'(node:)?(net|tls|http|https|dgram)'$/.test(node.moduleSpecifier.getText(source))
        if (bare || onGlobal || sockets) offences.push(`${at(source, node)} calls out by itself. Call egress() in ${egress}: it alone decides where we may go.`)
      })
      return offences
    })

test('nothing of the Worker calls out but through egress', () => {
  expect(oneWayOut(filesBelow('worker', 'durable-objects', 'db'))).toEqual([])
})

test('a second way out is found; a binding’s own fetch is none', () => {
  const call = planted('worker/crm/sync.ts', "export const sync = () => fetch('https://ams.example')")
  const hidden = planted('worker/crm/push.ts', "export const push = () => globalThis.fetch('https://ams.example')")
  const socket = planted('worker/crm/raw.ts', "import { connect } from 'cloudflare:sockets'\nexport const raw = connect")
  const binding = planted('worker/assets.ts', 'export const asset = (env: Env, request: Request) => env.ASSETS.fetch(request)')
  expect(oneWayOut([call, hidden, socket, binding])).toEqual([expect.stringContaining('sync.ts:1'), expect.stringContaining('push.ts:1'), expect.stringContaining('raw.ts:1')])
})
