import type { Env } from '../../worker/core/env.ts'

/** One statement as it went to a database. */
export type Statement = { readonly sql: string; readonly params: readonly unknown[] }

/** What one request asked of the outside: statements by the batch they went in, and calls of every binding in order. */
export type Trace = {
  readonly batches: { readonly database: string; readonly statements: Statement[] }[]
  readonly calls: string[]
  /** Calls of databases, buckets and assets that had no answer yet: how many now, and how many at most. */
  readonly open: { now: number; most: number }
}

export const newTrace = (): Trace => ({ batches: [], calls: [], open: { now: 0, most: 0 } })

/** The bindings with every statement and call noted in a trace while `watching` is on. */
export function watched(env: Env, trace: Trace, watching: { on: boolean }): Env {
  const held = new Map<string, unknown>()
  return new Proxy(env, {
    get: (target, name: string) => {
      const binding: unknown = Reflect.get(target, name)
      if (typeof binding !== 'object' || binding === null) return binding
      const known = held.get(name) ?? watchedBinding(name, binding, trace, watching)
      held.set(name, known)
      return known
    },
  })
}

function watchedBinding(name: string, binding: object, trace: Trace, watching: { on: boolean }): unknown {
  if ('prepare' in binding) return watchedDatabase(name, binding as D1Database, trace, watching) // `as`: told by its method
  if ('idFromName' in binding) return watchedNamespace(name, binding as DurableObjectNamespace, trace, watching) // `as`: likewise
  return members(binding, (member, call) => (...given) => {
    if (watching.on) trace.calls.push(`${name}.${member}`)
    return counted(trace, call(...given))
  })
}

function watchedDatabase(name: string, database: D1Database, trace: Trace, watching: { on: boolean }): unknown {
  const said = new WeakMap<object, Statement>()
  const watchStatement = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const bind = statement.bind.bind(statement)
    said.set(statement, { sql, params: [] })
    statement.bind = (...params) => {
      const bound = bind(...params)
      said.set(bound, { sql, params })
      for (const method of ['all', 'run', 'raw', 'first'] as const) {
        const real = bound[method].bind(bound) as (...given: unknown[]) => unknown // `as`: four methods of one manner
        Object.assign(bound, { [method]: (...given: unknown[]) => (note([bound]), counted(trace, real(...given))) })
      }
      return bound
    }
    return statement
  }
  const note = (statements: object[]): void => {
    if (!watching.on) return
    trace.calls.push(name)
    trace.batches.push({ database: name, statements: statements.map((each) => said.get(each) ?? { sql: 'unknown', params: [] }) })
  }
  return members(database, (member, call) => (...given) => {
    if (member === 'prepare') return watchStatement(call(...given) as D1PreparedStatement, String(given[0])) // `as`: what prepare answers
    if (member !== 'batch') return call(...given)
    note(given[0] as object[]) // `as`: its one argument
    return counted(trace, call(...given))
  })
}

function watchedNamespace(name: string, namespace: DurableObjectNamespace, trace: Trace, watching: { on: boolean }): unknown {
  return members(namespace, (member, call) => (...given) => {
    const answer = call(...given)
    if (member !== 'get' && member !== 'getByName') return answer
    return new Proxy(answer as object, {
      get: (stub, method: string) => {
        const real: unknown = Reflect.get(stub, method)
        if (typeof real !== 'function') return real
        return (...args: unknown[]) => {
          if (watching.on) trace.calls.push(`${name}.${method}`)
          return Reflect.apply(real, stub, args) as unknown // not `.call`: on a stub that would be a method of the object
        }
      },
    })
  })
}

/** Something asked for is open until it is answered. */
function counted(trace: Trace, answer: unknown): unknown {
  if (!(answer instanceof Promise)) return answer
  trace.open.now += 1
  trace.open.most = Math.max(trace.open.most, trace.open.now)
  const close = (): void => void (trace.open.now -= 1)
  answer.then(close, close)
  return answer
}

type Call = (...given: unknown[]) => unknown

/** An object whose methods go through `around`. */
const members = (target: object, around: (name: string, call: Call) => Call): unknown =>
  new Proxy(target, {
    get: (object, name: string) => {
      const value: unknown = Reflect.get(object, name)
      return typeof value === 'function' ? around(name, value.bind(object) as Call) : value // `as`: a method of the binding
    },
  })
