import path from 'node:path'
import process from 'node:process'

import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'

/** The folders wrangler bundles itself. */
const wranglersFolders = ['worker', 'db', 'durable-objects']

/** What of those folders also runs in the browser: input schemas, and the pure arithmetic of the audit chain. */
const portable = /\/contract\.ts$|^durable-objects\/chain-(link|tree|note|signer|export|lines|words)\.ts$/

/**
 * Leaves worker/, db/ and durable-objects/ out of the server build of the pages, as relative imports, so that wrangler's
 * bundler meets each file once. Two copies would mean two `Fault` classes and two caches of unwrapped keys.
 */
function leaveToWrangler(): Plugin {
  return {
    name: 'leave-to-wrangler',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const file = await ourFile(this, source, importer, options)
      if (!options.ssr || file === undefined) return null
      return { id: `../../${file.relative}`, external: 'relative' } // from build/server, where the bundle lies
    },
  }
}

/**
 * Refuses server code in the browser's bundle. dependency-cruiser cannot see this: it does not know which part of a route
 * module Remix removes before the browser gets it.
 */
function keepServerCodeAtHome(): Plugin {
  return {
    name: 'keep-server-code-at-home',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const file = await ourFile(this, source, importer, options)
      if (options.ssr || file === undefined || portable.test(file.relative)) return null
      return this.error(
        `${file.relative} would be sent to the browser (imported by ${path.relative(import.meta.dirname, importer ?? '')}). Use it only in a loader or action; ` +
          'what both sides need belongs in a contract.ts.',
      )
    },
  }
}

type Resolver = ThisParameterType<Extract<NonNullable<Plugin['resolveId']>, (...args: never[]) => unknown>>

async function ourFile(
  resolver: Resolver,
  source: string,
  importer: string | undefined,
  options: { ssr?: boolean | undefined; attributes: Record<string, string> },
): Promise<{ absolute: string; relative: string } | undefined> {
  if (!importer || !source.startsWith('.')) return undefined
  const resolved = await resolver.resolve(source, importer, { ...options, skipSelf: true })
  if (!resolved) return undefined
  const absolute = resolved.id.split('?')[0] ?? resolved.id
  const relative = path.relative(import.meta.dirname, absolute).split(path.sep).join('/')
  return wranglersFolders.some((folder) => relative.startsWith(`${folder}/`)) ? { absolute, relative } : undefined
}

export default defineConfig({
  plugins: [
    leaveToWrangler(),
    keepServerCodeAtHome(),
    tailwindcss(),
    remix({
      // scripts/bundle.ts builds beside the last build; as deep as build/, so that the relative imports of the Worker hold.
      buildDirectory: process.env.PAGES_DIRECTORY ?? 'build',
      // The explicit table in app/routes.ts is the only source of URLs.
      ignoredRouteFiles: ['**/*'],
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  resolve: { mainFields: ['browser', 'module', 'main'] },
  ssr: { resolve: { conditions: ['workerd', 'worker', 'browser'], externalConditions: ['workerd', 'worker'] } },
  build: {
    target: 'es2022',
    // An inlined font or image would be a data: address, which our Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
