import * as pages from '#pages'
import { api } from '../../worker/api.ts'
import { files } from '../../worker/files.ts'
import { apiRoutes } from '../../worker/modules.ts'

/** One way into the Worker, as `POST /path/with/:parameters`. */
export type Entrance = {
  readonly name: string
  readonly method: string
  readonly path: string
  /** `page` and `form` are a Remix route's loader and action; `data` answers of both are walked besides. */
  readonly kind: 'api' | 'page' | 'form'
}

/** Every entrance there is: the declared routes, whatever Hono answers besides, and every page with its form. */
export function entrances(): Entrance[] {
  const declared = apiRoutes.map(({ method, path }) => [method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1')] as const)
  const mounted = [...api.routes, ...files.routes].map(({ method, path }) => [method, path] as const)
  const ours = [...declared, ...mounted].filter(([method]) => method !== 'ALL').map(([method, path]) => entrance(method, path, 'api'))
  const unique = new Map([...ours, ...pageEntrances()].map((each) => [each.name, each]))
  return [...unique.values()]
}

function pageEntrances(): Entrance[] {
  return Object.values(pages.routes).flatMap((route) => {
    if (route.path === undefined && !route.index) return []
    const path = pathOf(route.id)
    const reads = route.module.loader || 'default' in route.module ? [entrance('GET', path, 'page')] : []
    return [...reads, ...(route.module.action ? [entrance('POST', path, 'form')] : [])]
  })
}

function pathOf(id: string | undefined): string {
  const route = id === undefined ? undefined : pages.routes[id]
  if (!route) return ''
  const above = pathOf(route.parentId)
  return route.path ? `${above === '/' ? '' : above}/${route.path}` : above || '/'
}

const entrance = (method: string, path: string, kind: Entrance['kind']): Entrance => ({ name: `${method} ${path}`, method, path, kind })

/** The parameters in a path: `:memberId`, or `*` for the rest. */
export const parametersOf = (path: string): string[] => [...path.matchAll(/:(\w+)|\*$/g)].map(([, name]) => name ?? '*')

/** A path with its parameters filled in. Throws where one is missing. */
export const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:(\w+)|\*$/g, (_, name: string | undefined) => {
    const value = params[name ?? '*']
    if (value === undefined) throw new Error(`${path} needs a value for ${name ?? '*'}`)
    return name ? encodeURIComponent(value) : value
  })
