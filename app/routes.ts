import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** Every URL that answers with a page, in one table. Pages of a signed-in person stand inside the tenant layout. */
export default [
  layout('routes/tenant-layout.tsx', [
    index('routes/home.tsx'),
    route('audit', 'routes/audit/audit.tsx', [route(':number', 'routes/audit/audit-entry.tsx')]),
    route('audit/export', 'routes/audit/audit-export.tsx'),
    route('api-keys', 'routes/api-keys/api-keys.tsx'),
    route('profile', 'routes/account/profile.tsx'),
    route('profile/password', 'routes/account/password.tsx'),
    route('sessions', 'routes/account/sessions.tsx'),
  ]),
  route('sign-in', 'routes/sign-in/sign-in.tsx'),
  route('sign-out', 'routes/sign-in/sign-out.tsx'),
  route('sign-up', 'routes/sign-in/sign-up.tsx'),
  route('sign-up/confirm/:token', 'routes/sign-in/sign-up-confirm.tsx'),
  route('forgot-password', 'routes/sign-in/forgot-password.tsx'),
  route('reset-password/:token', 'routes/sign-in/reset-password.tsx'),
  route('not-me/:token', 'routes/sign-in/not-me.tsx'),
  route('confirm-email/:token', 'routes/sign-in/confirm-email.tsx'),
  route('dispute-email/:token', 'routes/sign-in/dispute-email.tsx'),
  route('start', 'routes/sign-in/start-tenant.tsx'),
  route('tenant-switch', 'routes/sign-in/tenant-switch.ts'),
  route('trust', 'routes/trust/trust.tsx'),
  route('api/docs', 'routes/api-docs.tsx'),
  route('audit/exports/:ticket', 'routes/audit/audit-file.ts'),
] satisfies RouteConfig
