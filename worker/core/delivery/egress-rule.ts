/** What decides whether we may call an address. */
export type Surroundings = {
  /** Our own origin, e.g. `https://countersign.example.com`. */
  readonly own: string
  /**
   * Where the deployment itself says the vendor is (an environment variable, never a row). On a development machine, where
   * our own origin is loopback, a vendor of the same machine below that base may be called; nowhere else does it open anything.
   */
  readonly base?: string
}

/**
 * Why an address may not be called, or null. Outbound calls go to https on its own port and to a public-looking host name:
 * no IP literal in any spelling, no single-label or special-use name (RFC 6761, RFC 8375), nobody's credentials in the
 * address, and never ourselves. Redirects are not followed, so this is asked once for each call. Pure.
 */
export function addressRefusal(address: string, surroundings: Surroundings): string | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url) return 'not an address'
  if (url.username !== '' || url.password !== '') return 'credentials in the address'
  if (isLocalVendor(url, surroundings)) return null
  if (url.protocol !== 'https:') return 'not https'
  if (url.port !== '') return 'a port of its own'
  // URL turns 0x7f.1, 2130706433 and 127.1 into dotted decimals first (WHATWG URL §3.5).
  if (url.hostname.startsWith('[') || /^[0-9.]+$/.test(url.hostname)) return 'an IP address'
  const labels = url.hostname.split('.')
  if (labels.length < 2 || labels.includes('')) return 'not a full host name'
  if (specialUse.some((name) => url.hostname === name || url.hostname.endsWith(`.${name}`))) return 'a name of special use'
  if (url.hostname === new URL(surroundings.own).hostname) return 'our own host'
  return null
}

const specialUse = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'home.arpa', 'in-addr.arpa', 'ip6.arpa', 'onion', 'invalid', 'test', 'localdomain']

const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

function isLocalVendor(url: URL, { own, base }: Surroundings): boolean {
  if (base === undefined || !loopback.test(own) || !base.startsWith(`${own}/`)) return false
  return url.origin === new URL(own).origin && url.href.startsWith(`${base.replace(/\/$/, '')}/`)
}
