import { safePath } from '../sign-in/safe-path.ts'

/** Where to go on after a proof, told that its person has just been confirmed. */
export function thenConfirmed(wanted: string | null): string {
  const url = new URL(safePath(wanted), 'https://here.invalid')
  url.searchParams.set('confirmed', '1')
  return `${url.pathname}${url.search}`
}
