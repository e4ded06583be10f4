import type { AuditChain } from '../../../durable-objects/audit-chain.ts'
import type {
  Appended, EntryDetail, EntryFilter, EntryPage, ExportRun, KeepTerms, LogOverview, LogStatus, PersonalErasure, SignedCheckpoint, Source, SourceBatch, SourceState,
} from '../../../durable-objects/audit-words.ts'
import type { Env } from '../env.ts'

/** A tenant id, or `platform` for the deployment's own log. */
export type LogId = string

/**
 * The only caller of AUDIT_CHAIN: one object per tenant, named by its id, and one named `platform`. The object is the log of
 * record; what is read here is what was sealed.
 */
export class ChainClient {
  readonly #chains: Env['AUDIT_CHAIN']

  constructor(env: Env) {
    this.#chains = env.AUDIT_CHAIN
  }

  /** How far a source is sealed. Ask before reading the source, hand the answer in as `seen`. */
  sealed(log: LogId, source: Source): Promise<SourceState> {
    return this.#of(log).sealed(log, source)
  }

  /** Append a source's rows in order, each event once. */
  append(log: LogId, now: number, batch: SourceBatch): Promise<Appended> {
    return this.#of(log).append(log, now, batch)
  }

  /** There is something to drain: the object's alarm sees to it, whatever becomes of this request. */
  poke(log: LogId, now: number): Promise<void> {
    return this.#of(log).poke(log, now)
  }

  /** Run what is due in the log's object, without waiting for its alarm; answers how much is left. */
  runDue(log: LogId, now: number): Promise<number> {
    return this.#of(log).runDue(log, now)
  }

  status(log: LogId): Promise<LogStatus> {
    return this.#of(log).status(log)
  }

  /** Entries that fit, newest first, below `before` (or from the newest). At most 200. */
  query(log: LogId, filter: EntryFilter, before: number | null, limit: number): Promise<EntryPage> {
    return this.#of(log).query(log, filter, before, limit)
  }

  /** How many entries up to number `upTo` fit. */
  count(log: LogId, filter: EntryFilter, upTo: number): Promise<number> {
    return this.#of(log).count(log, filter, upTo)
  }

  /** A page, where the log stands, and its figures, read at one moment. */
  overview(log: LogId, now: number, filter: EntryFilter, before: number | null, limit: number): Promise<LogOverview> {
    return this.#of(log).overview(log, now, filter, before, limit)
  }

  /** Entry `n` with its sealed personal part, or null: never written, or removed after its time. */
  entry(log: LogId, n: number): Promise<EntryDetail | null> {
    return this.#of(log).entry(log, n)
  }

  /** The entry of an event, by the event's id. */
  entryOf(log: LogId, eventId: string): Promise<EntryDetail | null> {
    return this.#of(log).entryOf(log, eventId)
  }

  /** A signed checkpoint of the log as it stands, made now unless the newest one covers it. Null for an empty log or one that refuses to sign. */
  checkpoint(log: LogId, now: number): Promise<SignedCheckpoint | null> {
    return this.#of(log).checkpoint(log, now)
  }

  /** Checkpoints after the `seq`-th, oldest first, at most 100. */
  checkpointsAfter(log: LogId, seq: number): Promise<SignedCheckpoint[]> {
    return this.#of(log).checkpointsAfter(log, seq)
  }

  /** One stretch of the log up to `to`: entries that fit, hashes of those that do not. */
  exportRun(log: LogId, filter: EntryFilter, from: number, to: number): Promise<ExportRun> {
    return this.#of(log).exportRun(log, filter, from, to)
  }

  /** RFC 6962 audit path (hex) of entry `n` in the tree of `size` entries; null where there is no such entry or tree. */
  proof(log: LogId, n: number, size: number): Promise<string[] | null> {
    return this.#of(log).proof(log, n, size)
  }

  /** RFC 6962 consistency proof (hex) between two sizes; null where there are no such trees. */
  consistency(log: LogId, first: number, second: number): Promise<string[] | null> {
    return this.#of(log).consistency(log, first, second)
  }

  /** Destroy sealed personal parts, saying so in the log. Answers how many went and the salts (`k`) that only they used. */
  erasePersonal(log: LogId, now: number, erasure: PersonalErasure): Promise<{ erased: number; salts: string[] }> {
    return this.#of(log).erasePersonal(log, now, erasure)
  }

  /** How long entries and their sealed personal parts are kept from now on. The log sees to it by its own alarm. */
  keepFor(log: LogId, now: number, terms: KeepTerms): Promise<void> {
    return this.#of(log).keepFor(log, now, terms)
  }

  /** Remove whole segments whose every entry is older than `before`, saying so in the log first. Answers how many entries went. */
  retire(log: LogId, now: number, before: number): Promise<number> {
    return this.#of(log).retire(log, now, before)
  }

  /** The log of a tenant that closes: one last entry, one last checkpoint, and nothing is appended after. Safe to repeat. */
  sealForGood(log: LogId, now: number): Promise<SignedCheckpoint | null> {
    return this.#of(log).sealForGood(log, now)
  }

  /** The triggers that ought to guard the log and those that do, as SQL, for the live probe. */
  triggers(log: LogId): Promise<{ expected: string[]; present: string[] }> {
    return this.#of(log).triggers()
  }

  /** A fresh stub each time: a stub is broken after an exception. */
  #of(log: LogId): DurableObjectStub<AuditChain> {
    return this.#chains.get(this.#chains.idFromName(log))
  }
}
