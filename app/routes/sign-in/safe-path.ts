/** A place on our own site to go on to, or the start. Anything a browser could read as another host is no place of ours. */
export function safePath(then: string | null): string {
  return then !== null && /^\/(?![/\\])[\w\-./?=&%~:]*$/.test(then) && !then.includes('\\') ? then : '/'
}
