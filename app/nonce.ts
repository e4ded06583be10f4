import { createContext, useContext } from 'react'

/**
 * The nonce of this response's Content-Security-Policy. In the browser it is empty while React hydrates: browsers hide
 * nonce attributes from scripts, so React leaves the server's in place.
 */
export const NonceContext = createContext<string | undefined>(undefined)

/** What every inline `<script>` and `<style>` of ours must carry. */
export function useNonce(): string | undefined {
  return useContext(NonceContext)
}
