import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { tryJob, type JobParts } from '../../core/job.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import type { PassportContent } from '../passport/contract.ts'
import { namedUnder, noteNamed, tenantsWithUnnamed, unnamedCopies, type UnnamedCopy } from './document-store.ts'
import { copyContent, documentsNamed, LINK_SALT } from './module.ts'
import { renamed } from './named-documents.ts'
import { givenIn } from './policy.ts'

/** One run looks at so many tenants of a shard and copies of a tenant; the next one sees the rest. */
const LOOK = 50

/**
 * A copy that was made before documents were copied gets the rows of those it names, as a newer version would, and its clear columns say what its content holds; the bytes follow the event. What
 * was noted is not looked at again, so that a run that was cut off is gone on with by the next.
 */
export async function nameMissingDocuments(parts: JobParts): Promise<void> {
  for (const name of parts.reach.shardNames) {
    for (const tenantId of await tenantsWithUnnamed(parts.reach.reader(name), LOOK)) {
      await tryJob(parts, tenantId, 'name-documents', async (ctx) => {
        for (const copy of await ctx.db.read(unnamedCopies(ctx.db, LOOK))) await nameOne(ctx, copy)
      })
    }
  }
}

async function nameOne(ctx: Ctx, copy: UnnamedCopy): Promise<void> {
  const { id, linkId, versionId, content, sealVersion } = copy
  try {
    const opened = await (await ctx.vault.withSalt(LINK_SALT, id)).open<PassportContent>(copyContent, id, { sealed: content, sealVersion })
    const { writes } = renamed(ctx, linkId, await ctx.db.read(namedUnder(ctx.db, linkId)), { versionId, parts: { content: opened } })
    await ctx.commit([...writes, noteNamed(ctx.db, copy, givenIn(opened))], documentsNamed(linkId, { link: linkId, version: versionId, documents: writes.length }))
  } catch (thrown) {
    const over = (isVaultFault(thrown) && thrown.reason === 'salt_missing') || (isFault(thrown) && thrown.failure.code === 'conflict')
    if (!over) throw thrown // released, or a newer version came in between: nothing is left to be named here
  }
}
