import type { Ctx } from '../../core/ctx.ts'
import { addressRefusal } from '../../core/delivery/egress-rule.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { JsonValue } from '../../core/vault/sealed.ts'
import { newWebhookSecret } from '../../core/vault/webhook-signature.ts'
import type { AmsConnected, AmsSettings, ConnectAms } from './contract.ts'
import { amsConnected, amsCredentials, rights } from './module.ts'
import { insertAms, type AmsRow } from './store.ts'
import { amsView } from './views.ts'
import { surroundingsOf, type AmsSecrets } from './with-ams.ts'

/**
 * Connect an agency management system. What it gave us is sealed with the origin it may be sent to and shown nowhere again; the
 * secret that signs a webhook is in this answer and in no other. One at a time: the one before is revoked first.
 */
export async function connectAms(ctx: Ctx, wanted: ConnectAms): Promise<AmsConnected> {
  demand(ctx, rights.writeAms)
  const refusal = addressRefusal(wanted.address, surroundingsOf(ctx))
  if (refusal !== null) throw new Fault({ code: 'invalid', errors: [{ pointer: '/address', detail: `This cannot be called: ${refusal}. Give an https address with a public host name.` }] })
  const id = ctx.newId('ams')
  const secrets = secretsOf(wanted)
  const cell = await ctx.vault.seal(amsCredentials, id, secrets as JsonValue) // `as`: text and nothing else
  const row: AmsRow = {
    tenantId: ctx.tenant.id, id, kind: wanted.kind, label: wanted.label, settings: JSON.stringify(settingsOf(wanted)), content: cell.sealed, sealVersion: cell.sealVersion,
    createdBy: ctx.eventActor.id, createdAt: ctx.now, testedAt: null, testTrouble: null, revokedAt: null, version: 1,
  }
  const { tenantId: _, ...values } = row
  try {
    await ctx.commit([insertAms(ctx.db, values)], amsConnected(id, { kind: wanted.kind }))
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw new Fault({ code: 'conflict', state: 'exists', detail: 'An agency management system is connected already. Revoke that connection first.' })
    throw thrown
  }
  return { connection: amsView(row), secret: secrets.by === 'signature' ? secrets.secret : null }
}

function secretsOf(wanted: ConnectAms): AmsSecrets {
  const { origin } = new URL(wanted.address)
  if (wanted.kind === 'hawksoft') return { origin, by: 'basic', user: wanted.user, password: wanted.password }
  return wanted.kind === 'rest' ? { origin, ...wanted.auth } : { origin, by: 'signature', secret: newWebhookSecret() }
}

function settingsOf(wanted: ConnectAms): AmsSettings {
  const address = new URL(wanted.address).href
  if (wanted.kind === 'hawksoft') return { kind: 'hawksoft', address, agencyId: wanted.agencyId, officeId: wanted.officeId ?? null }
  return wanted.kind === 'rest' ? { kind: 'rest', address, mapping: wanted.mapping } : { kind: 'webhook', address }
}
