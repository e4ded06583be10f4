import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and in the first client render, true from then on: what only a browser can draw waits for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, () => true, () => false)
}
