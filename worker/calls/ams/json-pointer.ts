/** JSON pointers (RFC 6901): where in somebody else's JSON a field stands, and where in ours it is to be put. Pure. */

export type Pointer = readonly string[]

/** The parts of a pointer that has the form. */
export const pointerOf = (text: string): Pointer => text.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What stands there, undefined for nothing. What a value inherits does not stand in it. */
export function valueAt(value: unknown, pointer: Pointer): unknown {
  let here = value
  for (const part of pointer) {
    if (typeof here !== 'object' || here === null) return undefined
    if (Array.isArray(here) && !/^(0|[1-9]\d{0,8})$/.test(part)) return undefined
    if (!Object.hasOwn(here, part)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[part] // `as`: an object that has that member
  }
  return here
}

/** JSON made of values and where each stands. A value that would stand inside another one, or where one stands, is refused. */
export function jsonOf(values: readonly (readonly [Pointer, string])[]): unknown {
  const whole: Node = new Map()
  for (const [pointer, value] of values) {
    const last = pointer.at(-1)
    if (last === undefined) return undefined
    let here = whole
    for (const part of pointer.slice(0, -1)) {
      const next = here.get(part) ?? new Map()
      if (typeof next === 'string') return undefined
      here.set(part, next)
      here = next
    }
    if (here.has(last)) return undefined
    here.set(last, value)
  }
  return plain(whole)
}

type Node = Map<string, Node | string>

/** `fromEntries` defines members, so that one called `__proto__` is a member like any other. */
const plain = (node: Node): unknown => Object.fromEntries([...node].map(([name, value]) => [name, typeof value === 'string' ? value : plain(value)]))
