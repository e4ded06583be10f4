/** What a stretch of text gives away. The words an assistant reads in its place: see `redact.ts`. */
export const kinds = ['NAME', 'EMAIL', 'PHONE', 'SSN', 'CARD', 'POLICY', 'LICENCE', 'NPI', 'NPN', 'DOB', 'ADDRESS', 'NUMBER'] as const
export type Kind = (typeof kinds)[number]

/** From `from` up to `to`, in UTF-16 units. */
export type Span = { readonly kind: Kind; readonly from: number; readonly to: number }

/** Every match of a pattern, or of its first group where it has one: the rest is what introduces it, and may stay. The pattern has the flags `g` and `d`. */
export function spansOf(kind: Kind, text: string, pattern: RegExp, holds: (found: string) => boolean = () => true): Span[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [from, to] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0]
    return holds(text.slice(from, to)) ? [{ kind, from, to }] : []
  })
}

/** Spans in order, overlapping ones as one: nothing that any finder saw is left over. The kind is that of the finder that was named first. */
export function merged(found: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = out.at(-1)
    if (!last || span.from >= last.to) out.push(span)
    else out[out.length - 1] = { kind: found.find(({ from, to }) => from < Math.max(last.to, span.to) && to > last.from)?.kind ?? last.kind, from: last.from, to: Math.max(last.to, span.to) }
  }
  return out
}
