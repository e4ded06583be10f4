import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** Every URL that answers with a page, in one table. Pages of a signed-in person stand inside the tenant layout. */
export default [
  layout('routes/tenant-layout.tsx', [
    index('routes/home.tsx'),
    route('api-keys', 'routes/api-keys/api-keys.tsx'),
  ]),
] satisfies RouteConfig
