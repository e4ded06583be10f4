import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { newIsolate } from '../../worker/core/reach.ts'
import { handlersOf } from '../../worker/entry.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { testClock } from '../support/clock.ts'
import { bindings } from '../support/scene.ts'
import { watched, type Trace } from '../support/watched-env.ts'

const entry = { isolate: newIsolate(cheapHashes()), clock: testClock }

/**
 * The product's own fetch with its bindings watched. What the request leaves for later is waited for, but not traced: it is
 * no part of the answer's budget.
 */
export async function traced(request: Request, trace: Trace): Promise<Response> {
  const context = createExecutionContext()
  const watching = { on: true }
  const response = await handlersOf(entry).fetch!(request as Request<unknown, IncomingRequestCfProperties>, watched(bindings, trace, watching), context) // `as`: a test has no edge in front of it
  const body = await response.arrayBuffer()
  watching.on = false
  await waitOnExecutionContext(context)
  return new Response(response.status === 204 || response.status === 304 ? null : body, response)
}
