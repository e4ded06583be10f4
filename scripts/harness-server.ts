import process from 'node:process'
import { serve } from './serve.ts'

// Serves the sandbox's bundle for a harness that will kill it: everything comes from the environment, nothing is seeded.
const bindings = JSON.parse(process.env.HARNESS_BINDINGS ?? '{}') as Record<string, string> // `as`: written by tests/harness/server.ts
const { url } = await serve({ entry: 'sandbox', module: process.env.HARNESS_MODULE ?? '', state: process.env.STATE ?? '', port: Number(process.env.PORT), bindings, crons: false })
console.log(`ready ${url.origin}`)
