import type { Follower } from '../audit/follower.ts'
import { jobVisit, runJob, type JobParts } from '../job.ts'
import { memberContact } from '../tenancy/module.ts'
import { memberByAccount } from '../tenancy/people-store.ts'
import { contactOf, type Contact } from './contact.ts'
import { memberContactFollowed } from './events.ts'
import { accountById, setMemberContact, tenantsOf } from './store.ts'

/** A person's name and address as its guard and its tenants know them follow the account's own. Idempotent. */
export const followContact: Follower = async (reach, _log, { subject }, now) => {
  const parts: JobParts = { reach, now, later: (work) => void work().catch(() => undefined) }
  const [row, tenants] = await reach.directory.readAll([accountById(reach.directory, subject), tenantsOf(reach.directory, subject)])
  if (!row) return
  await reach.guards.of(subject).setContact({ sealed: row.contact, sealVersion: row.sealVersion })
  const contact = await contactOf(jobVisit(parts, 'follow-contact'), row)
  for (const tenantId of tenants) await tell(parts, tenantId, subject, contact)
}

async function tell(parts: JobParts, tenantId: string, accountId: string, { name, email }: Contact): Promise<void> {
  await runJob(parts, tenantId, 'follow-contact', async (ctx) => {
    const member = await ctx.db.read(memberByAccount(ctx.db, accountId))
    if (!member) return
    const known = await ctx.vault.open<Contact>(memberContact, member.id, { sealed: member.contact, sealVersion: member.sealVersion })
    if (known.name === name && known.email === email) return
    const contact = await ctx.vault.seal(memberContact, member.id, { name, email })
    await ctx.commit([setMemberContact(ctx.db, member, contact)], memberContactFollowed(member.id, {}))
  })
}
