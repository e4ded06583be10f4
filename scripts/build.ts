import { buildPages, bundleWorker } from './bundle.ts'

await buildPages()
await bundleWorker('production')
await bundleWorker('sandbox')
