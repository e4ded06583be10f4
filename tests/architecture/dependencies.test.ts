import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** One stub tree per rule that breaks it; the rule must speak. */
const offences: Record<string, Record<string, string>> = {
  'no-cycles': { 'worker/core/a.ts': "import './b.ts'", 'worker/core/b.ts': "import './a.ts'" },
  'keep-and-order-are-the-floor': { 'db/schema/a.ts': "import '../../worker/core/b.ts'", 'worker/core/b.ts': '' },
  'core-knows-no-module': { 'worker/core/a.ts': "import '../crm/b.ts'", 'worker/crm/b.ts': '' },
  'modules-are-strangers': { 'worker/calls/a.ts': "import type { B } from '../crm/b.ts'", 'worker/crm/b.ts': 'export type B = 1' },
  'areas-meet-in-verbs': { 'worker/crm/leads/a.ts': "import '../renewals/store.ts'", 'worker/crm/renewals/store.ts': '' },
  'only-the-sandbox-knows-the-sandbox': { 'worker/index.ts': "import './sandbox/b.ts'", 'worker/sandbox/b.ts': '' },
  'nobody-imports-the-wiring': { 'worker/crm/a.ts': "import '../cron.ts'", 'worker/cron.ts': '' },
  'only-the-door-opens-a-tenant': { 'worker/crm/a.ts': "import '../core/tenancy/tenant-db.ts'", 'worker/core/tenancy/tenant-db.ts': '' },
  'sql-lives-in-stores': { 'worker/crm/close.ts': "import { eq } from 'drizzle-orm'\neq" },
  'only-the-entry-exports-objects': { 'worker/crm/a.ts': "import '../../durable-objects/timers.ts'", 'durable-objects/timers.ts': '' },
  'core-knows-objects-by-type': { 'worker/core/a.ts': "import '../../durable-objects/timers.ts'", 'durable-objects/timers.ts': '' },
  'policy-is-pure': { 'worker/crm/policy.ts': "import './store.ts'", 'worker/crm/store.ts': '' },
  'contract-is-portable': { 'worker/crm/contract.ts': "import './views.ts'", 'worker/crm/views.ts': '' },
  'hono-stays-at-the-door': { 'worker/crm/close.ts': "import { Hono } from 'hono'\nHono" },
  'identity-owns-its-libraries': { 'worker/crm/close.ts': "import { jwtVerify } from 'jose'\njwtVerify" },
  'packets-own-the-pdf-library': { 'worker/contracting/requests/a.ts': "import { PDF } from '@libpdf/core'\nPDF" },
  'pages-use-the-front-door': { 'app/routes/a.tsx': "import '../../worker/core/tenancy/store.ts'", 'worker/core/tenancy/store.ts': '' },
  'ui-is-generic': { 'app/ui/a.tsx': "import '../routes/b.tsx'", 'app/routes/b.tsx': '' },
  'tests-are-leaves': { 'worker/crm/a.ts': "import './b.test.ts'", 'worker/crm/b.test.ts': '' },
  'no-packages-for-development-at-run-time': { 'worker/crm/a.ts': "import fc from 'fast-check'\nfc" },
  'no-orphans': { 'worker/crm/a.ts': '' },
  'imports-resolve': { 'worker/crm/a.ts': "import './nowhere.ts'" },
}

/** What the layout allows: none of it may be found fault with. */
const allowed: Record<string, string> = {
  'worker/index.ts': "import './core/door.ts'\nexport { Timers } from '../durable-objects/timers.ts'\nimport './crm/routes.ts'",
  'worker/core/door.ts': "import './tenancy/tenant-db.ts'\nimport type { Timers } from '../../durable-objects/timers.ts'\nexport type T = Timers",
  'worker/core/tenancy/tenant-db.ts': "import { eq } from 'drizzle-orm'\neq",
  'worker/crm/routes.ts': "import { Hono } from 'hono'\nimport './close.ts'\nimport './contract.ts'\nHono",
  'worker/crm/close.ts': "import './store.ts'\nimport './policy.ts'",
  'worker/crm/store.ts': "import '../../db/schema/crm.ts'",
  'worker/crm/policy.ts': "import './contract.ts'",
  'worker/crm/contract.ts': "import { z } from 'zod'\nz",
  'worker/crm/leads/win.ts': "import '../renewals/renew.ts'\nimport '../renewals/contract.ts'\nimport './store.ts'",
  'worker/crm/leads/store.ts': '',
  'worker/crm/renewals/renew.ts': '',
  'worker/crm/renewals/contract.ts': '',
  'worker/crm/close.test.ts': "import './close.ts'\nimport '../../tests/support/scene.ts'\nimport fc from 'fast-check'\nfc",
  'tests/support/scene.ts': '',
  'db/schema/crm.ts': '',
  'durable-objects/timers.ts': "import './words.ts'",
  'durable-objects/words.ts': '',
  'durable-objects/chain-link.ts': '',
  'app/routes/close.tsx': "import '../ui/button.tsx'\nimport '../../worker/crm/close.ts'\nimport '../../durable-objects/chain-link.ts'",
  'app/ui/button.tsx': '',
}

async function violations(files: Record<string, string>): Promise<Set<string>> {
  mkdirSync(path.join(root, '.cache'), { recursive: true })
  const tree = mkdtempSync(path.join(root, '.cache', 'planted-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
      writeFileSync(path.join(tree, file), text)
    }
    for (const link of ['node_modules', 'package.json', 'tsconfig.json']) symlinkSync(path.join(root, link), path.join(tree, link))
    const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: []; options: ICruiseOptions }
    const folders = [...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''))]
    const cruised = await cruise(folders, { ...options, ruleSet: { forbidden }, validate: true, baseDir: tree }, {}, {
      tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')),
    })
    // Without an output type the result is an object.
    return new Set((cruised.output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

test('every dependency rule has a planted offence here, and speaks when it meets it', async () => {
  const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }
  expect(Object.keys(offences).sort()).toEqual(forbidden.map(({ name }) => name).sort())
  for (const [rule, files] of Object.entries(offences)) expect(await violations(files), rule).toContain(rule)
})

test('what the layout allows passes in silence', async () => {
  expect([...(await violations(allowed))]).toEqual([])
})
