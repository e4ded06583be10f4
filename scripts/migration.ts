import process from 'node:process'

import { giveUp, run } from './run-step.ts'

// npm run migration -- <directory|shard> <module_what> [--custom]
const [database, name, ...rest] = process.argv.slice(2)
if (!database || !['directory', 'shard'].includes(database) || !name || !/^[a-z]+(_[a-z0-9]+)+$/.test(name)) {
  giveUp(
    'Say which database and what the migration does: npm run migration -- shard crm_leads. Add --custom for triggers and ' +
      'other SQL that the schema files cannot say.',
  )
}

process.exitCode = await run('drizzle-kit', ['generate', '--config', `drizzle.${database}.config.ts`, '--name', name, ...rest])
