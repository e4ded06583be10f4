import type { CookieSigner } from '../cookies.ts'

/** Whose connection an address names. The ids only route; the MAC decides whether an object is woken at all. */
export type HookAddressed = { readonly tenantId: string; readonly connectionId: string }

const form = /^([0-7][0-9a-hjkmnp-tv-z]{25})_([0-7][0-9a-hjkmnp-tv-z]{25})\.([A-Za-z0-9_-]{43})$/

/** The path a sender is told: `/hooks/<sender>/<tenant>_<connection>.<mac>`. The same for the life of a connection. */
export async function hookPath(signer: CookieSigner, sender: string, { tenantId, connectionId }: HookAddressed): Promise<string> {
  const said = `${tenantId.slice(4)}_${connectionId.slice(4)}`
  return `/hooks/${sender}/${said}.${await signer.mac('hook', `${sender}/${said}`)}`
}

/** Whose connection the last part of such a path names, or null for one that we did not make for this sender. */
export async function readHookPath(signer: CookieSigner, sender: string, last: string): Promise<HookAddressed | null> {
  const [, tenant, connection, mac] = form.exec(last) ?? []
  if (!tenant || !connection || !mac) return null
  if (!(await signer.macFits('hook', `${sender}/${tenant}_${connection}`, mac))) return null
  return { tenantId: `ten_${tenant}`, connectionId: `cnn_${connection}` }
}
