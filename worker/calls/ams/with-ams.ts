import type { SQL } from 'drizzle-orm'
import type { Ctx } from '../../core/ctx.ts'
import type { JsonValue } from '../../core/vault/sealed.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import type { Credential } from '../../core/delivery/egress.ts'
import type { Surroundings } from '../../core/delivery/egress-rule.ts'
import { hawksoftAms } from './adapters/hawksoft.ts'
import { restAms } from './adapters/rest.ts'
import { webhookAms } from './adapters/webhook.ts'
import type { AmsKind, RestAuth } from './contract.ts'
import { amsCredentials, amsCredentialsRead, reveals, type AmsUse } from './module.ts'
import type { Ams } from './port.ts'
import { openAms, whereAmsIsOpen, type AmsRow } from './store.ts'
import { settingsOf } from './views.ts'
import type { Way } from './ask.ts'

/** Whether there is one to use, as a condition of another question. */
export const whereAmsConnected = ({ db }: Pick<Ctx, 'db'>): SQL => whereAmsIsOpen(db)

/** What is sealed of a connection: what lets us in, with the origin it may be sent to. */
export type AmsSecrets = { readonly origin: string } & (RestAuth | { readonly by: 'signature'; readonly secret: string })

/**
 * Have the tenant's agency management system for one use: its credentials are opened for this call alone, the opening is an
 * entry before anything is asked, and nothing of it outlives the work. Null where none is connected. Whoever calls this asked
 * for a right of its own.
 */
export async function withAms<T>(ctx: Ctx, use: AmsUse, work: (ams: Ams, connection: { readonly id: string; readonly kind: AmsKind }) => Promise<T>): Promise<T | null> {
  const row = await ctx.db.read(openAms(ctx.db))
  if (!row || row.content === null) return null
  await ctx.commit([], amsCredentialsRead(row.id, { kind: row.kind, use }))
  const secrets = await ctx.vault.reveal<AmsSecrets & JsonValue>(grantReveal(reveals.useAms), amsCredentials, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return work(amsOf(ctx, row, secrets), { id: row.id, kind: row.kind })
}

function amsOf(ctx: Ctx, row: AmsRow, secrets: AmsSecrets): Ams {
  const settings = settingsOf(row)
  const way: Way = { credential: credentialOf(secrets), surroundings: surroundingsOf(ctx) }
  if (settings.kind === 'rest') return restAms(way, settings)
  if (settings.kind === 'hawksoft') return hawksoftAms(way, settings)
  return webhookAms(way, { ...settings, secret: secrets.by === 'signature' ? secrets.secret : '', now: ctx.now })
}

/** Where an AMS may be: out there, or on a development machine where the deployment says so. */
export function surroundingsOf({ reach }: Pick<Ctx, 'reach'>): Surroundings {
  const { ORIGIN, AMS_URL } = reach.env
  return { own: ORIGIN, ...(AMS_URL ? { base: new URL(AMS_URL, ORIGIN).href } : {}) }
}

function credentialOf(secrets: AmsSecrets): Credential | null {
  const { origin } = secrets
  switch (secrets.by) {
    case 'basic':
      return { origin, header: 'Authorization', value: `Basic ${btoa(`${secrets.user}:${secrets.password}`)}` }
    case 'bearer':
      return { origin, header: 'Authorization', value: `Bearer ${secrets.token}` }
    case 'header':
      return { origin, header: secrets.name, value: secrets.value }
    case 'signature':
      return null
  }
}
