import { index, type RouteConfig } from '@remix-run/route-config'

/** Every URL that answers with a page. */
export default [index('routes/home.tsx')] satisfies RouteConfig
