/** What a sender's requests are counted in: a window of one minute that begins with the first. */
export type HookWindow = { readonly since: number; readonly n: number }

/** An organisation's requests together, and those of one of its connections. */
export type HookWindows = { readonly organisation: HookWindow; readonly connection: HookWindow }

export type HookQuotas = { readonly organisation: number; readonly connection: number }

export const WINDOW_MS = 60_000

/**
 * Count one request against both limits. What is refused by either counts in neither: a connection that floods cannot use up
 * what its organisation has left for the others. `remaining` and `resetS` are those of the tighter one.
 */
export function countHook(before: HookWindows, quotas: HookQuotas, now: number): { after: HookWindows; allowed: boolean; quota: number; remaining: number; resetS: number } {
  const [organisation, connection] = [current(before.organisation, now), current(before.connection, now)]
  const allowed = organisation.n < quotas.organisation && connection.n < quotas.connection
  const after = allowed ? { organisation: { ...organisation, n: organisation.n + 1 }, connection: { ...connection, n: connection.n + 1 } } : { organisation, connection }
  const left = { organisation: quotas.organisation - after.organisation.n, connection: quotas.connection - after.connection.n }
  const tighter = left.connection < left.organisation ? 'connection' : 'organisation'
  return { after, allowed, quota: quotas[tighter], remaining: left[tighter], resetS: Math.ceil((after[tighter].since + WINDOW_MS - now) / 1000) }
}

/** A clock that was set back begins a window anew: nobody waits for a minute that was over already. */
const current = (window: HookWindow, now: number): HookWindow => (now - window.since >= WINDOW_MS || now < window.since ? { since: now, n: 0 } : window)
