import { deliveryDied, tenantLetter } from '../../worker/core/delivery/module.ts'
import { insertDelivery } from '../../worker/core/delivery/store.ts'
import { exportAudit } from '../../worker/core/audit/export-audit.ts'
import { issueApiKey } from '../../worker/core/api/issue-api-key.ts'
import { listApiKeys } from '../../worker/core/api/list-api-keys.ts'
import { scopes } from '../../worker/core/api/contract.ts'
import { createDocument } from '../../worker/core/documents/create-document.ts'
import { stageContent } from '../../worker/core/documents/stage-content.ts'
import { storeDocument } from '../../worker/core/documents/store-document.ts'
import { trashDocument } from '../../worker/core/documents/trash-document.ts'
import type { Role } from '../../worker/core/module.ts'
import type { PresetName } from '../../worker/core/tenancy/contract.ts'
import { changePolicy } from '../../worker/core/tenancy/change-policy.ts'
import { closeTenant } from '../../worker/core/tenancy/close-tenant.ts'
import { mintInvitation } from '../../worker/core/tenancy/invitation-token.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { readPolicy } from '../../worker/core/tenancy/read-policy.ts'
import { askRelease } from '../../worker/contracting/producers/ask-release.ts'
import { beginLink } from '../../worker/contracting/producers/begin-link.ts'
import { inviteProducer } from '../../worker/contracting/producers/invite-producer.ts'
import { issueCredential } from '../../worker/contracting/producers/issue-credential.ts'
import { openCopy } from '../../worker/contracting/producers/open-copy.ts'
import { copiedTo, inTenant, newFmo, newInvitee, newLinked, paperOf, someSnapshot, type Linked } from '../support/link-scene.ts'
import { newAccount, newTenant, type Seated, type TestTenant } from '../support/new-tenant.ts'
import { pdf } from '../support/sample-files.ts'
import { asOwner, drained, reachNow, signedIn, type Browser } from '../support/scene.ts'

/** An FMO and the link by which a home is its producer. */
type LinkedFmo = { readonly linkId: string; readonly fmo: TestTenant }

/**
 * A tenant with something of everything in it, each thing carrying one word of its own: whoever sees the word has seen into
 * this tenant. Things are made by the product's own verbs, one more each time they are asked for.
 */
export class Home {
  readonly tenant: TestTenant
  readonly word: string
  readonly #seen = new Set<string>()
  readonly #fmos: string[] = []
  #producer: Promise<Linked> | undefined
  #papers: Promise<Linked> | undefined
  #fmo: Promise<LinkedFmo> | undefined
  #owner: Browser
  #entry: Promise<number> | undefined

  constructor(tenant: TestTenant, word: string, owner: Browser) {
    this.tenant = tenant
    this.word = word
    this.#owner = owner
    this.#note(tenant.id, tenant.owner.email, tenant.owner.accountId)
  }

  /** What must never be seen from outside: the word itself, and addresses and ids that nobody outside was told. */
  get canaries(): string[] {
    return [this.word, ...this.#seen]
  }

  /** The FMOs whose producer this tenant is. */
  get linkedTo(): readonly string[] {
    return this.#fmos
  }

  get owner(): Browser {
    return this.#owner
  }

  /** Somebody else in a role, with a browser. Each call makes a new person, so that nobody's limit of requests is used up. */
  async someone(role: Role): Promise<{ seated: Seated; browser: Browser }> {
    const seated = role === 'owner' ? this.tenant.owner : await this.tenant.newSomeone(role)
    this.#note(seated.email, seated.accountId)
    return { seated, browser: await signedIn(seated, this.tenant.id) }
  }

  /** A fresh session of the owner: its proof is recent again. */
  async ownerAnew(): Promise<Browser> {
    this.#owner = await asOwner(this.tenant)
    return this.#owner
  }

  async member(role: Role = 'member'): Promise<Seated> {
    const seated = await this.tenant.newSomeone(role)
    this.#note(seated.email, seated.accountId)
    return seated
  }

  async invitation(): Promise<{ id: string; token: string }> {
    const email = `${this.word}.${crypto.randomUUID().slice(0, 8)}@people.test`
    return this.tenant.asJob(async (ctx) => {
      const { id } = await inviteMember(ctx, { email, name: `Ivy ${this.word}`, role: 'member' })
      return { id, token: await mintInvitation(ctx.vault, id) }
    })
  }

  async apiKey(allowed: readonly (typeof scopes)[number][] = scopes): Promise<{ id: string; token: string }> {
    await this.#owner.run((ctx) => listApiKeys(ctx, { limit: 1 })) // where the seat the guard remembers is old, reading learns of it before a proof is spent
    const { key, token } = await this.#owner.runConfirmed((ctx) => issueApiKey(ctx, { label: `Key ${this.word}`, scopes: [...allowed], days: 30 }))
    return { id: key.id, token }
  }

  /** A stored PDF. */
  document(state: 'awaiting' | 'stored' | 'trashed' = 'stored'): Promise<string> {
    return this.tenant.asJob(async (ctx) => {
      const { id } = await createDocument(ctx, { name: `${this.word}.pdf`, category: 'agreement', phi_ack: true })
      if (state === 'awaiting') return id
      await storeDocument(ctx, await stageContent(ctx, { documentId: id, bytes: streamOf(pdf(`Signed by ${this.word}`)), claimedType: 'application/pdf' }))
      if (state === 'trashed') await trashDocument(ctx, id)
      return id
    })
  }

  /** A message that its provider refused. */
  deadLetter(): Promise<string> {
    return this.tenant.asJob(async (ctx) => {
      const id = ctx.newId('dlv')
      const cell = await ctx.vault.seal(tenantLetter, id, { to: `${this.word}@people.test`, params: {} })
      const row = { id, channel: 'mail', template: 'core.invitation', content: cell.sealed, sealVersion: cell.sealVersion, state: 'dead', attempts: 1, dueAt: ctx.now + 86_400_000, lastError: 'rejected', createdAt: ctx.now, settledAt: ctx.now } as const
      await ctx.commit([insertDelivery(ctx.db, row)], deliveryDied(id, { template: 'core.invitation', attempts: 1, error: 'rejected' }))
      return id
    })
  }

  /** The policy's newest version; `changed`: not the one it began with. */
  async policyVersion({ changed = false } = {}): Promise<number> {
    return this.tenant.asJob(async (ctx) => {
      const { version } = await readPolicy(ctx)
      return changed ? changePolicy(ctx, { version, values: { 'doc.trash_days': await this.trashDays() } }) : version
    })
  }

  /** A value of `doc.trash_days` other than the one in force and the one it began with. */
  async trashDays(): Promise<number> {
    return this.tenant.asJob(async (ctx) => (ctx.policy['doc.trash_days'] === 20 ? 21 : 20))
  }

  /** Another tenant of this home's owner, closed and waiting for its end. */
  async closedTenant(): Promise<string> {
    const { id, name, asJob } = await newTenant({ name: `Closed ${this.word}`, owner: this.tenant.owner })
    await asJob((ctx) => closeTenant(ctx, name))
    await drained(id)
    this.#note(id)
    return id
  }

  /** The ticket of an export that somebody asked for. */
  async exportTicket(by = this.#owner): Promise<string> {
    return (await by.runConfirmed((ctx) => exportAudit(ctx, {}, 'csv'))).ticket
  }

  /** The number of an entry that has a sealed part: one the owner made. */
  async entryNumber(): Promise<number> {
    this.#entry ??= (async () => {
      await this.apiKey()
      await drained(this.tenant.id)
      const { entries } = await (await reachNow()).chain.query(this.tenant.id, { name: 'core.api_key.issued' }, null, 1)
      return entries[0]?.n ?? 0
    })()
    return this.#entry
  }

  /** A producer of this tenant with a copy of its passport; the same one each time it is asked for. */
  producer(): Promise<Linked> {
    return (this.#producer ??= this.anotherProducer())
  }

  /** One whose link may end. */
  async anotherProducer(): Promise<Linked> {
    const linked = await newLinked(this.tenant, await newInvitee(`Petra ${this.word}`))
    await copiedTo(this.tenant, linked)
    return linked
  }

  /** One whose passport names a document, which was copied with it; the same one each time it is asked for. */
  producerWithPapers(): Promise<Linked> {
    return (this.#papers ??= (async () => {
      const linked = await newLinked(this.tenant, await newInvitee(`Paula ${this.word}`))
      await copiedTo(this.tenant, linked, await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { name: `${this.word}.pdf`, bytes: pdf(`Void ${this.word}`) }) }))
      return linked
    })())
  }

  producerInvitation(): Promise<string> {
    return this.tenant.asJob(async (ctx) => (await inviteProducer(ctx, { name: `Ivy ${this.word}`, email: `${this.word}.${crypto.randomUUID().slice(0, 8)}@people.test` })).id)
  }

  /** A credential that this tenant gave a producer. */
  async credentialGiven(): Promise<string> {
    const { linkId } = await this.producer()
    return this.tenant.asJob(async (ctx) => (await issueCredential(ctx, linkId, this.#login())).id)
  }

  /** A release that a producer of this tenant asked for. */
  async releaseAsked(): Promise<string> {
    const { linkId, producerId } = await this.anotherProducer()
    return (await inTenant(producerId, (ctx) => askRelease(ctx, linkId, { reason: `Leaving ${this.word}` })))?.id ?? ''
  }

  /** An FMO that this tenant is linked to as its producer; the same one each time it is asked for. */
  fmo(): Promise<LinkedFmo> {
    return (this.#fmo ??= this.anotherFmo())
  }

  /** One that may be asked to part. */
  async anotherFmo(): Promise<LinkedFmo> {
    const fmo = await newFmo(`FMO of ${this.word}`)
    this.#fmos.push(fmo.id)
    const contact = { name: this.word, email: `${this.word}@people.test` }
    const linkId = await fmo.asJob(async (ctx) => beginLink(ctx, { invitationId: (await inviteProducer(ctx, contact)).id, contact, producerId: this.tenant.id }))
    await drained(fmo.id)
    await drained(this.tenant.id)
    return { linkId, fmo }
  }

  /** A credential that such an FMO gave this tenant. */
  async credentialGot(): Promise<string> {
    const { linkId, fmo } = await this.fmo()
    const { id } = await fmo.asJob((ctx) => issueCredential(ctx, linkId, this.#login()))
    await drained(fmo.id)
    return id
  }

  /** That such an FMO opened what it holds of this tenant. */
  async opened(): Promise<void> {
    const { linkId, fmo } = await this.fmo()
    await copiedTo(fmo, { linkId, producerId: this.tenant.id })
    await fmo.asJob((ctx) => openCopy(ctx, linkId, { purpose: 'support', reason: `Asked by ${this.word}` }))
    await drained(fmo.id)
  }

  readonly #login = () => ({ kind: 'portal_login', label: `Portal ${this.word}`, value: `user.${this.word}`, password: `pass ${this.word}` }) as const

  #note(...secrets: string[]): void {
    for (const secret of secrets) this.#seen.add(secret)
  }
}

/** A tenant whose every field holds the word. */
export async function newHome(word: string, preset: PresetName = 'combined'): Promise<Home> {
  const owner = await newAccount(`Olga ${word}`)
  const tenant = await newTenant({ name: `House ${word}`, owner, preset })
  return new Home(tenant, word, await asOwner(tenant))
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes)
      controller.close()
    },
  })
