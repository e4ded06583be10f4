import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** Every URL that answers with a page, in one table. Pages of a signed-in person stand inside the tenant layout. */
export default [
  layout('routes/tenant-layout.tsx', [
    index('routes/home.tsx'),
    route('audit', 'routes/audit/audit.tsx', [route(':number', 'routes/audit/audit-entry.tsx')]),
    route('audit/export', 'routes/audit/audit-export.tsx'),
    route('api-keys', 'routes/api-keys/api-keys.tsx'),
  ]),
  route('trust', 'routes/trust/trust.tsx'),
  route('api/docs', 'routes/api-docs.tsx'),
  route('audit/exports/:ticket', 'routes/audit/audit-file.ts'),
] satisfies RouteConfig
