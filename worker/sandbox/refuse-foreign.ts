/**
 * Why the sandbox will not answer this request, or null. What it holds is invented but its keys are printed on a screen, so
 * it speaks to this machine only: a foreign Host is DNS rebinding, a foreign Origin another site's page in the same browser.
 */
export function foreignRefusal(request: Request, env: Readonly<Record<string, unknown>>): string | null {
  if (hasUnmarkedKek(env)) return 'The sandbox starts only with root keys marked "dev:". These may protect real rows.'
  const url = new URL(request.url)
  if (!isLoopback(url.hostname)) return 'The sandbox answers to this machine only.'
  const from = request.headers.get('Origin')
  if (from !== null && from !== env['ORIGIN'] && from !== url.origin) return 'The sandbox answers to its own pages only.'
  if (request.headers.get('Sec-Fetch-Site') === 'cross-site' && request.method !== 'GET') return 'The sandbox answers to its own pages only.'
  return null
}

const hasUnmarkedKek = (env: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(env).some(([name, secret]) => /^KEK_\d+$/.test(name) && !(typeof secret === 'string' && secret.startsWith('dev:')))

const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
