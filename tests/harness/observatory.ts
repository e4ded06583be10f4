import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What the Observatory said of one page. */
export type Grade = { readonly grade: string; readonly score: number; readonly failed: string[] }

/** A page as it was answered, its cookies apart. */
export type Page = { readonly url: URL; readonly status: number; readonly headers: Record<string, string>; readonly cookies: readonly string[]; readonly body: string }

// The list of preloaded hosts is downloaded by an install script that does not run here; no host of ours is in it.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/mdn-http-observatory/src/analyzer/hsts.js') ? { format: 'module', shortCircuit: true, source: 'export const isHstsPreloaded = () => null' } : next(url, context),
})

/**
 * MDN Observatory's own tests and its own scoring over answers that were fetched here: the package's scanner fetches by
 * itself, from the internet. `redirects` is how plain HTTP was answered, `cors` how a preflight was.
 */
export async function observatory(page: Page, redirects: readonly { url: URL; status: number }[], cors: Page): Promise<Grade> {
  const { ALL_TESTS } = await part('constants')
  const { Requests } = await part('types')
  const { Session } = await part('retriever/session')
  const { parseHttpEquivHeaders } = await part('retriever/utils')
  const { getGradeForScore, getScoreModifier } = await part('grader/grader')
  const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part('grader/charts')

  const session = new Session(page.url)
  for (const cookie of page.cookies) session.jar.setCookieSync(cookie, page.url.href)
  const requests = new Requests(page.url.hostname)
  requests.session = session
  requests.resources.path = page.body
  requests.responses.auto = { ...answered(page), httpEquiv: parseHttpEquivHeaders(page.body, page.url.href) }
  requests.responses.http = answered(page)
  requests.responses.https = answered(page)
  requests.responses.cors = answered(cors)
  requests.responses.httpRedirects = redirects
  requests.responses.httpsRedirects = [{ url: page.url, status: page.status }]

  const results = ALL_TESTS.map((run) => run(requests))
  const modifiers = results.map(({ result }) => getScoreModifier(result))
  const uncurved = 100 + modifiers.filter((modifier) => modifier < 0).reduce((sum, each) => sum + each, 0)
  const score = uncurved >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? 100 + modifiers.reduce((sum, each) => sum + each, 0) : uncurved
  return { ...getGradeForScore(score), failed: results.filter(({ pass }) => !pass).map(({ result }) => result) }
}

type Result = { readonly pass: boolean; readonly result: string }

const answered = ({ status, headers, body }: Page) => ({ status, headers, data: body, verified: true, request: {}, config: {} })

// The package publishes no types.
const part = async (name: string): Promise<Part> => (await import(/* @vite-ignore */ pathToFileURL(path.join('node_modules/@mdn/mdn-http-observatory/src', `${name}.js`)).href)) as Part // `as`: what of it is used below

type Part = {
  ALL_TESTS: ((requests: unknown) => Result)[]
  Requests: new (host: string) => { resources: { path: string | null }; responses: Record<string, unknown>; session: unknown }
  Session: new (url: URL) => { jar: { setCookieSync(cookie: string, url: string): void } }
  parseHttpEquivHeaders: (html: string, url: string) => unknown
  getGradeForScore: (score: number) => { grade: string; score: number }
  getScoreModifier: (result: string) => number
  MINIMUM_SCORE_FOR_EXTRA_CREDIT: number
}
