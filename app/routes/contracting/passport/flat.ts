/** A nested value as the fields of a form: `{ name: { first } }` as `name.first`. What is null has no field. */
export function flat(value: unknown, under = ''): Record<string, string> {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object') return { [under]: String(value) }
  return Object.assign({}, ...Object.entries(value).map(([name, part]) => flat(part, under ? `${under}.${name}` : name))) as Record<string, string> // `as`: assigned from nothing but such
}
