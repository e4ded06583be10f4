export type Sort = { key: string; direction: 'asc' | 'desc' }

/** Reads `?sort=-opened_at`; a key outside `allowed` is no sort at all, so no column name from a URL reaches a query. */
export function sortFromUrl<Key extends string>(query: URLSearchParams, allowed: readonly Key[], otherwise: { key: Key; direction: Sort['direction'] }) {
  const asked = query.get('sort') ?? ''
  const key = allowed.find((one) => one === asked.replace(/^-/, ''))
  return key === undefined ? otherwise : { key, direction: asked.startsWith('-') ? ('desc' as const) : ('asc' as const) }
}

/** The same page sorted otherwise. The cursor goes: it belongs to the old order. */
export function sortHref(here: string, sort: Sort): string {
  return withQuery(here, { sort: sort.direction === 'desc' ? `-${sort.key}` : sort.key, after: undefined, before: undefined })
}

/** `here` with some of its query set, or taken out where the value is undefined. Other parameters stay in their order. */
export function withQuery(here: string, changes: Record<string, string | undefined>): string {
  const [path = '', search = ''] = here.split('?')
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
