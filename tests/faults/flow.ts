import type { Env } from '../../worker/core/env.ts'
import type { Isolate } from '../../worker/core/reach.ts'
import type { Home } from '../tenancy/home.ts'

/** The bindings and the isolate that one try has. */
export type Stage = { readonly env: Env; readonly isolate: Isolate }

/** What came of one try. `status`: of the answer; 200 for a job that ended, 503 for one that threw. */
export type Outcome = { readonly status: number; readonly headers: Headers; readonly body: string }

/** One run of a flow, whose things were made without faults: `act` may be tried again. */
export type Run = {
  readonly act: (stage: Stage) => Promise<Outcome>
  /** What somebody does who was refused by the second try because the first one came through, such as signing in. */
  readonly mend?: () => Promise<void>
  /** What is not as it ought to be once all is over, each as a sentence. */
  readonly wrong: () => Promise<string[]>
  /** The tenant whose rows and events are compared, where there is one. */
  readonly home?: Home
}

/** Something that people or jobs do, as often as there are calls in it that can fail. */
export type Flow = {
  readonly name: string
  /** After it the tenant, or its owner's place in it, is not what it was. */
  readonly ends?: true
  readonly begin: (home: Home) => Promise<Run>
}
