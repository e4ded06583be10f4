import { errorName, isFault, toWire, type Failure } from './core/failure.ts'

/** A failure as an RFC 9457 answer. */
export function problem(failure: Failure): Response {
  const wire = toWire(failure)
  return new Response(JSON.stringify(wire.problem), { status: wire.status, headers: { ...wire.headers, 'Content-Type': 'application/problem+json' } })
}

/** Anything thrown as a failure. What is not one of ours is reported by its name only: a message may quote a row. */
export function failureOf(thrown: unknown): Failure {
  if (isFault(thrown)) return thrown.failure
  report('request', thrown)
  return { code: 'unavailable', reason: 'unexpected' }
}

/** One line for the operator: where, and the kind of error. */
export function report(where: string, thrown: unknown): void {
  if (!isFault(thrown)) console.error(JSON.stringify({ where, error: errorName(thrown) }))
}
