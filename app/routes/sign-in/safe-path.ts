/** A place on our own site to go on to, or the start. Anything a browser could read as another host is no place of ours. */
export function safePath(then: string | null): string {
  if (then === null || !/^\/(?![/\\])[\w\-./?=&%~:]*$/.test(then)) return '/'
  // Dots are resolved wherever the address is read next: `/.//host` becomes `//host`, which is another site.
  return new URL(then, 'https://here.invalid').pathname.startsWith('//') ? '/' : then
}
