import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { directoryTriggers, shardTriggers, triggerText } from '../../worker/core/trust/triggers.ts'

/** The digest of every trigger as the migrations of a folder leave it, the last word counting. */
function migrated(folder: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql')).toSorted()) {
    for (const statement of readFileSync(`${folder}/${file}`, 'utf8').split('--> statement-breakpoint')) {
      const text = triggerText(statement).replace(/;$/, '')
      const [, dropped] = /^DROP TRIGGER (?:IF EXISTS )?(\w+)$/.exec(text) ?? []
      const [, made] = /^CREATE TRIGGER (\w+) /.exec(text) ?? []
      if (dropped) delete found[dropped]
      if (made) found[made] = createHash('sha256').update(text).digest('hex')
    }
  }
  return found
}

test('the triggers that the probe looks for are those that the migrations make, word for word', () => {
  expect(shardTriggers).toEqual(migrated('db/migrations/shard'))
  expect(directoryTriggers).toEqual(migrated('db/migrations/directory'))
})

test('a comment or a line break changes no trigger, a condition does', () => {
  const text = triggerText("-- why\nCREATE TRIGGER a BEFORE UPDATE ON b\nBEGIN\n  SELECT RAISE(ABORT, 'x');\nEND")
  expect(text).toBe("CREATE TRIGGER a BEFORE UPDATE ON b BEGIN SELECT RAISE(ABORT, 'x'); END")
  expect(triggerText('CREATE TRIGGER a BEFORE UPDATE ON b WHEN 0 BEGIN SELECT 1; END')).not.toBe(text)
})
