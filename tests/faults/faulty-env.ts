import type { Env } from '../../worker/core/env.ts'

/**
 * How a call goes wrong. `before`: it never arrived. `after`: it took effect and its answer was lost. `overloaded`: refused as
 * an overloaded object or database refuses. `hang`: nothing comes of it until `Fault.release`, and then it still takes effect.
 */
export const kinds = ['before', 'after', 'overloaded', 'hang'] as const
export type Kind = (typeof kinds)[number]

/** The `n`-th call of any binding goes wrong, counted from 1 while `on`; `n` null: none does. */
export class FaultPlan {
  readonly n: number | null
  readonly kind: Kind
  on = true
  /** Calls so far, by what was called. */
  readonly calls: string[] = []
  /** What went wrong, or null where there were fewer calls. */
  struck: string | null = null
  /** Settles once a call hangs. */
  readonly hung: Promise<void>
  readonly #gate: Promise<void>
  #nowHung: () => void = () => undefined
  #open: () => void = () => undefined

  constructor(n: number | null, kind: Kind) {
    this.n = n
    this.kind = kind
    this.hung = new Promise((resolve) => (this.#nowHung = resolve))
    this.#gate = new Promise((resolve) => (this.#open = resolve))
  }

  /** What hangs goes on. */
  release(): void {
    this.#open()
  }

  /** Carry out a call of the kind of binding `of`, or let it go wrong. */
  async carry(of: Binding, name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (!this.on) return call()
    this.calls.push(name)
    if (this.calls.length !== this.n) return call()
    this.struck = name
    switch (this.kind) {
      case 'before':
        throw lost(of)
      case 'overloaded':
        throw overloaded(of)
      case 'after':
        await call()
        throw lost(of)
      case 'hang':
        this.#nowHung()
        await this.#gate
        return call()
    }
  }
}

type Binding = 'database' | 'bucket' | 'object' | 'network'

/** As the platform words it; the text stands for what must never reach an answer. */
const lost = (of: Binding): Error =>
  of === 'object' ? Object.assign(new Error(`Network connection lost. ${TELLTALE}`), { remote: true, retryable: true }) : new Error(`${{ database: 'D1_ERROR', bucket: 'internal error', network: 'fetch failed' }[of]}: Network connection lost. ${TELLTALE}`)

const overloaded = (of: Binding): Error =>
  of === 'object' ? Object.assign(new Error(`Durable Object is overloaded. Requests queued for too long. ${TELLTALE}`), { remote: true, overloaded: true }) : new Error(`${{ database: 'D1_ERROR: D1 DB is overloaded', bucket: 'ServiceUnavailable', network: 'fetch failed' }[of]}. ${TELLTALE}`)

/** Stands in every error of a binding. */
export const TELLTALE = 'telltale-of-a-binding'

/** The bindings with one call that goes wrong. The databases, buckets and objects behind them are the real ones. */
export function faultyEnv(env: Env, plan: FaultPlan): Env {
  const held = new Map<string, unknown>()
  const faults = new Proxy(env, {
    get: (target, name: string) => {
      const binding: unknown = Reflect.get(target, name)
      if (typeof binding !== 'object' || binding === null || name === 'ASSETS') return binding
      const known = held.get(name) ?? faulty(name, binding, plan)
      held.set(name, known)
      return known
    },
  })
  plans.set(faults, plan)
  return faults
}

const plans = new WeakMap<Env, FaultPlan>()

/** A `fetch` in the plan of these bindings, answered by `answer`; without a plan, answered alone. */
export function faultyFetch(env: Env, answer: (request: Request) => Response): typeof fetch {
  const call = async (request: Request): Promise<Response> => answer(request)
  return async (input, init) => {
    const request = new Request(input, init)
    const carried = await (plans.get(env)?.carry('network', 'fetch', () => call(request)) ?? call(request))
    return carried as Response // `as`: what `answer` gave
  }
}

function faulty(name: string, binding: object, plan: FaultPlan): unknown {
  if ('prepare' in binding) return faultyDatabase(name, binding as D1Database, plan) // `as`: told by its method
  if ('idFromName' in binding) return faultyNamespace(name, binding as DurableObjectNamespace, plan) // `as`: likewise
  return faultyBucket(name, binding as R2Bucket, plan) // `as`: nothing else is left
}

const statementCalls = ['all', 'run', 'raw', 'first'] as const

function faultyDatabase(name: string, database: D1Database, plan: FaultPlan): unknown {
  const inPlan = (statement: D1PreparedStatement): D1PreparedStatement => {
    const bind = statement.bind.bind(statement)
    for (const method of statementCalls) {
      const real = statement[method].bind(statement) as (...given: unknown[]) => Promise<unknown> // `as`: four methods of one manner
      Object.assign(statement, { [method]: (...given: unknown[]) => plan.carry('database', `${name}.${method}`, () => real(...given)) })
    }
    statement.bind = (...params) => inPlan(bind(...params))
    return statement
  }
  return members(database, (member, call) => (...given) => {
    if (member === 'prepare') return inPlan(call(...given) as D1PreparedStatement) // `as`: what prepare answers
    return plan.carry('database', `${name}.${member}`, async () => call(...given))
  })
}

function faultyNamespace(name: string, namespace: DurableObjectNamespace, plan: FaultPlan): unknown {
  return members(namespace, (member, call) => (...given) => {
    const answer = call(...given)
    if (member !== 'get' && member !== 'getByName') return answer
    return new Proxy(answer as object, {
      get: (stub, method: string) => {
        const real: unknown = Reflect.get(stub, method)
        if (typeof real !== 'function') return real
        return (...args: unknown[]) => plan.carry('object', `${name}.${method}`, async () => Reflect.apply(real, stub, args) as unknown) // not `.call`: on a stub that would be a method of the object
      },
    })
  })
}

/** A bucket, and the multipart uploads it begins. */
function faultyBucket(name: string, bucket: object, plan: FaultPlan): unknown {
  return members(bucket, (member, call) => (...given) => {
    if (member === 'resumeMultipartUpload') return faultyBucket(`${name}.${member}`, call(...given) as object, plan) // `as`: a handle, made without a call
    return plan.carry('bucket', `${name}.${member}`, async () => {
      const answer = await call(...given)
      return member === 'createMultipartUpload' ? faultyBucket(`${name}.upload`, answer as object, plan) : answer // `as`: the upload begun
    })
  })
}

type Call = (...given: unknown[]) => unknown

const members = (target: object, around: (name: string, call: Call) => Call): unknown =>
  new Proxy(target, {
    get: (object, name: string) => {
      const value: unknown = Reflect.get(object, name)
      return typeof value === 'function' ? around(name, value.bind(object) as Call) : value // `as`: a method of the binding
    },
  })
