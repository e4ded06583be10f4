import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/cloudflare'
import type { z } from 'zod'
import type { Product } from '../worker/core/product.ts'
import type { Door } from '../worker/core/door.ts'
import { Fault, isFault, report, toWire, type Failure } from '../worker/core/failure.ts'
import type { Refused } from './refused.ts'

/** What a loader or action of ours is given. `form` is null in a loader. */
export type PageArgs = { door: Door; params: Record<string, string | undefined>; url: URL; form: URLSearchParams | null; product: Product }

/** Typed values that never go back into a page. */
const secretField = /password|secret|code|token|ssn|account_number|routing/i

/**
 * Wraps every loader: the ctx comes from the load context, and a fault becomes data with its status (a bare throw would
 * become a 500). Signed out means a trip to the sign-in page and back.
 */
export const page =
  <T>(load: (args: PageArgs) => Promise<T>) =>
  async ({ context, params, request }: LoaderFunctionArgs): Promise<T> => {
    try {
      if (context.fault) throw new Fault(context.fault)
      return await load({ door: context.door, params, url: new URL(request.url), form: null, product: context.product })
    } catch (thrown) {
      throw outward(thrown, new URL(request.url), context.door)
    }
  }

/**
 * Wraps every action. Input refused (`invalid`, wrong credentials, a state that no longer fits) comes back as `Refused` so
 * that nothing typed is lost; everything else goes to the error page.
 */
export const action =
  <T>(act: (args: PageArgs & { form: URLSearchParams }) => Promise<T>) =>
  async ({ context, params, request }: ActionFunctionArgs): Promise<T | Refused> => {
    const form = context.door.form ?? new URLSearchParams()
    try {
      return await act({ door: context.door, params, url: new URL(request.url), form, product: context.product })
    } catch (thrown) {
      if (isFault(thrown) && answerable.has(thrown.failure.code)) {
        const { problem, status, headers } = toWire(thrown.failure)
        context.door.also(headers)
        const refused: Refused = {
          problem: { title: problem.title, detail: problem.detail, code: problem.code, errors: problem.errors ?? [], ...(thrown.failure.code === 'locked' ? { until: thrown.failure.until } : {}) },
          typed: Object.fromEntries([...form].filter(([name]) => !secretField.test(name))),
        }
        return data(refused, { status }) as unknown as Refused // `as`: single fetch hands the page what is inside
      }
      throw outward(thrown, new URL(request.url), context.door)
    }
  }

/** Failures a person mends in the form it just sent. */
const answerable = new Set(['invalid', 'wrong_credentials', 'locked', 'busy', 'rate_limited', 'conflict', 'gone', 'malformed', 'already_issued', 'precondition_failed'])

function outward(thrown: unknown, url: URL, door: Door): unknown {
  const failure = isFault(thrown) ? thrown.failure : thrown instanceof Error ? unexpected(thrown) : null
  if (!failure) return thrown
  const back = encodeURIComponent(`${url.pathname.replace(/\.data$/, '')}${url.search}`)
  if (failure.code === 'unauthenticated') return redirect(`/sign-in?then=${back}`)
  if (failure.code === 'mfa_required') return redirect(`/sign-in/second-factor?then=${back}`)
  if (failure.code === 'mfa_enrolment_required') return redirect('/profile/security?required=1')
  if (failure.code === 'step_up_required') return redirect(`/step-up?then=${back}${failure.ticket ? `&ticket=${failure.ticket}` : ''}`)
  const wire = toWire(failure)
  door.also(wire.headers)
  return data(wire.problem, { status: wire.status, headers: wire.headers })
}

/** A store or an object that did not answer: the page says so and when to try again. */
function unexpected(thrown: Error): Failure {
  report('page', thrown)
  return { code: 'unavailable', reason: 'unexpected' }
}

/** What a schema makes of a form; every issue goes back beside its field. */
export function input<T>(schema: z.ZodType<T>, typed: unknown): T {
  const result = schema.safeParse(typed)
  if (result.success) return result.data
  throw new Fault({ code: 'invalid', errors: result.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })) })
}
