import { isFault, report, toWire, type Failure } from './core/failure.ts'

/** A failure as an RFC 9457 answer. */
export function problem(failure: Failure): Response {
  const wire = toWire(failure)
  return new Response(JSON.stringify(wire.problem), { status: wire.status, headers: { ...wire.headers, 'Content-Type': 'application/problem+json' } })
}

/** Anything thrown as a failure. What is not one of ours is reported. */
export function failureOf(thrown: unknown): Failure {
  if (isFault(thrown)) return thrown.failure
  report('request', thrown)
  return { code: 'unavailable', reason: 'unexpected' }
}
