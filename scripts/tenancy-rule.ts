/** A source file as a rule sees it. */
export type Source = { readonly path: string; readonly text: string }

/**
 * Where a database may be spoken to without TenantDb, and why. Everything else asks through `ctx.db`, which puts the tenant
 * into every statement.
 */
const allowed: Record<string, string> = {
  'worker/core/tenancy/': 'holds the databases: TenantDb itself, the fence, rotation, moving and closing',
  'worker/core/delivery/store.ts': 'asks which tenants have something due, and reads nothing of theirs',
  'worker/core/documents/store.ts': 'asks which tenants have something due, and reads nothing of theirs',
  'worker/sandbox/': 'is not in the product',
}

/** What speaks to a database by itself: raw SQL, or drizzle on a raw binding. */
const unfiltered = /\.prepare\(|\bdrizzle\(|\.exec\(\s*['"`](select|insert|update|delete)/i

/** Every line outside the short list that asks a database without the tenant in sight, as `file:line text`. */
export function unfilteredQueries(files: readonly Source[]): string[] {
  return files
    .filter(({ path }) => /^(worker|app)\//.test(path) && !/\.test\.tsx?$/.test(path) && !Object.keys(allowed).some((place) => path.startsWith(place)))
    .flatMap(({ path, text }) => text.split('\n').flatMap((line, index) => (unfiltered.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [])))
}
