import { bindings, reachNow } from '../support/scene.ts'
import { PLATFORM } from '../../worker/core/reach.ts'

/** What an event says, as far as a row can bear it out. */
export type Said = { readonly id: string; readonly name: string; readonly subject: string; readonly meta: Readonly<Record<string, unknown>> }

/**
 * Every event of a log, oldest first: those in its chain and those in its source's outbox. The outbox is read first, so that
 * an event which is being sealed meanwhile is not missed.
 */
export async function eventsSoFar(log: string, shard: D1Database | null): Promise<Said[]> {
  const waiting = shard
    ? await shard.prepare('SELECT body FROM outbox WHERE tenant_id = ? ORDER BY n').bind(log).all<{ body: string }>()
    : await bindings.DIRECTORY.prepare('SELECT body FROM directory_outbox ORDER BY n').all<{ body: string }>()
  const { chain } = await reachNow()
  const sealed: Said[] = []
  for (let before: number | null = null; ; ) {
    const page = await chain.query(log, {}, before, 200)
    sealed.push(...page.entries.map(({ line }) => JSON.parse(line) as Said)) // `as`: an entry of ours
    before = page.next
    if (before === null) break
  }
  const known = new Set(sealed.map(({ id }) => id))
  return [...sealed.toReversed(), ...waiting.results.map(({ body }) => JSON.parse(body) as Said).filter(({ id }) => !known.has(id))] // `as`: likewise
}

/** How many events of a name the log of a tenant, or the deployment's about a subject, has so far. */
export async function countOf(log: string, name: string, subject?: string): Promise<number> {
  const { chain } = await reachNow()
  const filter = subject === undefined ? { name } : { name, subject }
  const ids = new Set<string>()
  for (const shard of log === PLATFORM ? [null] : [bindings.SHARD_1, bindings.SHARD_2]) {
    const { results } = shard
      ? await shard.prepare('SELECT body FROM outbox WHERE tenant_id = ?').bind(log).all<{ body: string }>()
      : await bindings.DIRECTORY.prepare('SELECT body FROM directory_outbox').all<{ body: string }>()
    for (const { body } of results) {
      const said = JSON.parse(body) as Said // `as`: an event of ours
      if (said.name === name && (subject === undefined || said.subject === subject)) ids.add(said.id)
    }
  }
  for (let before: number | null = null; ; ) {
    const page = await chain.query(log, filter, before, 200)
    for (const { line } of page.entries) ids.add((JSON.parse(line) as Said).id) // `as`: likewise
    before = page.next
    if (before === null) return ids.size
  }
}
