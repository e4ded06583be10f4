import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { RevealGrant } from '../../core/vault/reveal-grant.ts'
import type { PassportSecret, PassportSnapshot, SecretField } from './contract.ts'
import { passportSecret } from './module.ts'
import { openedVersion } from './opened.ts'
import { secretsById, versionById } from './store.ts'
import { secretIdsOf, summaryOf } from './views.ts'

/**
 * A submitted version whole, secrets included: for what copies it to somebody the producer has joined, or fills a packet.
 * Whoever calls it brings the grant of its own `reveals` entry, and never hands the answer to a browser.
 */
export async function openSnapshot(ctx: Ctx, versionId: string, grant: RevealGrant): Promise<PassportSnapshot> {
  const row = await ctx.db.read(versionById(ctx.db, versionId))
  if (row?.submittedAt == null) throw new Fault({ code: 'not_found' })
  const ids = secretIdsOf(row)
  const wanted = Object.values(ids).filter((id) => id !== null)
  const rows = wanted.length > 0 ? await ctx.db.read(secretsById(ctx.db, wanted)) : []
  const value = async (field: SecretField): Promise<string | null> => {
    const found = rows.find(({ id }) => id === ids[field])
    if (!found) return null
    const opened = await ctx.vault.reveal<{ field: string; value: string }>(grant, passportSecret, found.id, { sealed: found.secret, sealVersion: found.sealVersion })
    if (opened.field !== field) throw new Fault({ code: 'integrity', reason: 'not_authentic' })
    return opened.value
  }
  const [ssn, ein, routing, account] = await Promise.all([value('ssn'), value('ein'), value('routing'), value('account')])
  const secret: PassportSecret = { ssn, ein, routing, account }
  return { passportId: row.passportId, versionId: row.id, number: row.number, submittedAt: row.submittedAt, summary: summaryOf(row), parts: { ...(await openedVersion(ctx, row)), secret } }
}
