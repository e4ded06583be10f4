import { DurableObject } from 'cloudflare:workers'
import { clockLead } from './alarm-time.ts'
import { Appender, readHead, readSource } from './audit-append.ts'
import { erasePersonal, expire, isClosed, nextExpiry, readTerms, removeRetired, retireEntries, writeTerms } from './audit-expiry.ts'
import { Jobs, type LogJob } from './audit-jobs.ts'
import { NodeStore, sha256 } from './audit-nodes.ts'
import { countEntries, entryAt, figuresOf, queryEntries, runOf } from './audit-reading.ts'
import { checkpointsAfter, newestCheckpoint, signCheckpoint } from './audit-signing.ts'
import { auditTriggers, createAuditTables, presentTriggers } from './audit-tables.ts'
import type {
  Appended, EntryDetail, EntryFilter, EntryPage, ExportRun, KeepTerms, LogOverview, LogStatus, PersonalErasure, SignedCheckpoint, Source, SourceBatch, SourceState,
} from './audit-words.ts'
import { readVerified } from './audit-verifying.ts'
import { FIRST_PREV, toHex } from './chain-link.ts'
import { consistencyProof, inclusionProof } from './chain-tree.ts'
import { verbsOf } from './verbs-port.ts'

/** A checkpoint follows an entry within this time; sixty seconds are promised. */
const CHECKPOINT_AFTER_MS = 30_000

/** What is committed within this time of the first poke goes in one drain: one for every write would double its price. */
const GATHER_MS = 250

/** What the object uses of its environment. It alone writes the AUDIT bucket. */
type AuditEnv = { readonly AUDIT: R2Bucket; readonly ORIGIN: string }

/**
 * The log of record of one tenant, or of the deployment (`platform`). It orders events: whatever was appended has a number,
 * a link to the one before and a leaf in the tree, and stays. When it cannot be reached, events wait in the outboxes of
 * their sources; nothing is lost, and the order of each source holds.
 */
export class AuditChain extends DurableObject<AuditEnv> {
  readonly #sql: SqlStorage
  readonly #jobs: Jobs
  #signing: Promise<SignedCheckpoint | null> = Promise.resolve(null)

  constructor(ctx: DurableObjectState, env: AuditEnv) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#jobs = new Jobs(ctx.storage)
    ctx.storage.transactionSync(() => createAuditTables(this.#sql))
  }

  async sealed(log: string, source: Source): Promise<SourceState> {
    this.#open(log)
    return readSource(this.#sql, source)
  }

  async append(log: string, now: number, batch: SourceBatch): Promise<Appended> {
    const appended = this.ctx.storage.transactionSync(() => {
      this.#open(log)
      const appender = new Appender(this.#sql, log, now)
      const outcome = isClosed(this.#sql) ? appender.passOver(batch) : appender.batch(batch)
      appender.finish()
      if (outcome.appended > 0) this.#grown(now)
      return outcome
    })
    if (appended.appended > 0) await this.#jobs.arm(clockLead(now))
    return appended
  }

  async poke(log: string, now: number): Promise<void> {
    this.#open(log)
    this.#jobs.plan('drain-outbox', now + GATHER_MS)
    await this.#jobs.arm(clockLead(now))
  }

  async status(log: string): Promise<LogStatus> {
    this.#open(log)
    return this.#status()
  }

  async query(_log: string, filter: EntryFilter, before: number | null, limit: number): Promise<EntryPage> {
    return queryEntries(this.#sql, filter, before, limit)
  }

  async count(_log: string, filter: EntryFilter, upTo: number): Promise<number> {
    return countEntries(this.#sql, filter, upTo, Number.MAX_SAFE_INTEGER)
  }

  async overview(log: string, now: number, filter: EntryFilter, before: number | null, limit: number): Promise<LogOverview> {
    this.#open(log)
    return { page: queryEntries(this.#sql, filter, before, limit), status: this.#status(), figures: figuresOf(this.#sql, now) }
  }

  async entry(_log: string, n: number): Promise<EntryDetail | null> {
    return entryAt(this.#sql, { n })
  }

  async entryOf(_log: string, id: string): Promise<EntryDetail | null> {
    return entryAt(this.#sql, { id })
  }

  async exportRun(_log: string, filter: EntryFilter, from: number, to: number): Promise<ExportRun> {
    return runOf(this.#sql, filter, from, to)
  }

  async checkpoint(log: string, now: number): Promise<SignedCheckpoint | null> {
    this.#open(log)
    const before = newestCheckpoint(this.#sql)?.seq ?? 0
    const { AUDIT: bucket, ORIGIN } = this.env
    const parts = { sql: this.#sql, bucket, verbs: verbsOf(this.ctx), log, host: new URL(ORIGIN).host }
    // One after the other: two at once could both find the same segment planned.
    this.#signing = this.#signing.catch(() => null).then(() => signCheckpoint(parts, now))
    const signed = await this.#signing
    if (log !== 'platform' && signed && signed.seq > before) {
      this.#jobs.plan('announce-checkpoint', now)
      await this.#jobs.arm(clockLead(now))
    }
    return signed
  }

  async checkpointsAfter(_log: string, seq: number): Promise<SignedCheckpoint[]> {
    return checkpointsAfter(this.#sql, seq)
  }

  async proof(_log: string, n: number, size: number): Promise<string[] | null> {
    if (!isWithin(1, n, size) || size > readHead(this.#sql).frontier.size) return null
    return inclusionProof(n - 1, size, new NodeStore(this.#sql).at, sha256).map(toHex)
  }

  async consistency(_log: string, first: number, second: number): Promise<string[] | null> {
    if (!isWithin(0, first, second) || second > readHead(this.#sql).frontier.size) return null
    return consistencyProof(first, second, new NodeStore(this.#sql).at, sha256).map(toHex)
  }

  async erasePersonal(log: string, now: number, erasure: PersonalErasure): Promise<{ erased: number; salts: string[] }> {
    const answer = this.ctx.storage.transactionSync(() => {
      this.#open(log)
      const erased = erasePersonal(this.#sql, log, now, erasure)
      if (erased.erased > 0) this.#grown(now)
      return erased
    })
    await this.#jobs.arm(clockLead(now))
    return answer
  }

  async keepFor(log: string, now: number, terms: KeepTerms): Promise<void> {
    this.#open(log)
    writeTerms(this.#sql, terms)
    this.#jobs.plan('expire', now)
    await this.#jobs.arm(clockLead(now))
  }

  async retire(log: string, now: number, before: number): Promise<number> {
    const gone = this.ctx.storage.transactionSync(() => {
      this.#open(log)
      return isClosed(this.#sql) ? 0 : this.#retired(now, retireEntries(this.#sql, log, now, before))
    })
    await this.#jobs.arm(clockLead(now))
    return gone
  }

  async sealForGood(log: string, now: number): Promise<SignedCheckpoint | null> {
    this.ctx.storage.transactionSync(() => {
      this.#open(log)
      if (isClosed(this.#sql)) return
      const appender = new Appender(this.#sql, log, now)
      appender.own('core.audit.sealed', { entries: readHead(this.#sql).frontier.size }, 'sealed')
      appender.finish()
      this.#sql.exec('UPDATE floor SET sealed_for_good = 1')
    })
    return this.checkpoint(log, now)
  }

  /** The triggers that ought to be there and those that are, as SQL, for the live probe. */
  async triggers(): Promise<{ expected: string[]; present: string[] }> {
    return { expected: [...auditTriggers].sort(), present: presentTriggers(this.#sql) }
  }

  /** What the alarm does, now; answers how many jobs are still due or under way. For a clock that was moved: the alarm stands by the old one. */
  async runDue(log: string, now: number): Promise<number> {
    this.#open(log)
    await this.#jobs.run(now, (job) => this.#perform(job, log, now))
    return this.#jobs.waiting(now)
  }

  override async alarm(): Promise<void> {
    const [head] = this.#sql.exec<{ log: string }>('SELECT log FROM head')
    if (head) await this.runDue(head.log, await this.#jobs.reading(() => verbsOf(this.ctx).now()))
  }

  /** Answers when the same is due again, or null. */
  async #perform(job: LogJob, log: string, now: number): Promise<number | null> {
    if (job === 'expire') {
      this.ctx.storage.transactionSync(() => this.#retired(now, expire(this.#sql, log, now)))
      return nextExpiry(this.#sql, now)
    }
    if (job === 'remove-retired') await removeRetired(this.#sql, this.env.AUDIT, log)
    else if (job === 'checkpoint') await this.checkpoint(log, now)
    else await verbsOf(this.ctx).wake(job, log)
    return null
  }

  /** What grew is signed soon, and looked at again when the first of it may be past its time. */
  #grown(now: number): void {
    this.#jobs.plan('checkpoint', now + CHECKPOINT_AFTER_MS)
    const terms = readTerms(this.#sql)
    const shortest = Math.min(terms.personalMs ?? Number.MAX_SAFE_INTEGER, terms.entriesMs ?? Number.MAX_SAFE_INTEGER)
    if (shortest < Number.MAX_SAFE_INTEGER) this.#jobs.plan('expire', now + shortest)
  }

  #retired(now: number, entries: number): number {
    if (entries > 0) this.#jobs.plan('remove-retired', now)
    if (readHead(this.#sql).frontier.size > (newestCheckpoint(this.#sql)?.size ?? 0)) this.#grown(now)
    return entries
  }

  /** The object remembers whose log it is: an alarm comes without a name. */
  #open(log: string): void {
    const [head] = this.#sql.exec<{ log: string }>('SELECT log FROM head')
    if (head && head.log !== log) throw new TypeError('this is the log of another')
    if (!head) this.#sql.exec('INSERT INTO head (one, log, size, prev, peaks) VALUES (1, ?, 0, ?, ?)', log, FIRST_PREV, new ArrayBuffer(0))
  }

  #status(): LogStatus {
    const { frontier, prev } = readHead(this.#sql)
    const floor = this.#sql.exec<{ n: number; closed: number; refusal: LogStatus['refusal'] }>('SELECT n, sealed_for_good AS closed, refusal FROM floor').one()
    const checkpoint = newestCheckpoint(this.#sql)
    return { size: frontier.size, head: prev, checkpoint, refusal: floor.refusal, floor: floor.n, sealedForGood: floor.closed === 1, ...readVerified(this.#sql) }
  }
}

const isWithin = (least: number, value: number, most: number): boolean =>
  Number.isSafeInteger(value) && Number.isSafeInteger(most) && value >= least && value <= most
