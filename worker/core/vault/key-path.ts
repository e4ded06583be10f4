import { versionText } from './aad.ts'
import { VaultFault } from './fault.ts'
import { ROOTS, type RootId, type RootName } from './wrap.ts'

/** Prefix of every wrapped root. */
export const ROOTS_PREFIX = 'roots/'

/** Where a wrapped root lies: `roots/<tenant>/<root>/<version>`. */
export function rootPath(id: RootId): string {
  return `${rootPrefix(id.tenant, id.root)}${versionText(id.version)}`
}

/** Prefix of every version of one root. */
export function rootPrefix(tenant: string, root: RootName): string {
  return `${ROOTS_PREFIX}${segment(tenant)}/${root}/`
}

/** Where a salt lies: `salts/<tenant>/<kind>/<id>`. */
export function saltPath(tenant: string, kind: string, id: string): string {
  return `${saltKindPrefix(tenant, kind)}${segment(id)}`
}

/** Prefix of every salt of one kind. */
export function saltKindPrefix(tenant: string, kind: string): string {
  return `${saltPrefix(tenant)}${segment(kind)}/`
}

/** Prefix of every salt of a tenant. */
export function saltPrefix(tenant: string): string {
  return `salts/${segment(tenant)}/`
}

/** The root a path names, or null if it is not such a path. */
export function rootIdOf(path: string): RootId | null {
  const [, tenant, name, version] = /^roots\/([^/]+)\/([^/]+)\/([1-9][0-9]*)$/.exec(path) ?? []
  const root = ROOTS.find((each) => each === name)
  return tenant !== undefined && root !== undefined ? { tenant, root, version: Number(version) } : null
}

/** A slash in an id would let one tenant name another's path. Ids of ours never have one. */
function segment(text: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,199}$/.test(text)) throw new VaultFault('malformed')
  return text
}
