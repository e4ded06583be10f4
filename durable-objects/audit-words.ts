import type { ChainEntry } from './chain-link.ts'

/** What AuditChain and the Worker say to each other. Plain data: no class survives RPC. */

/** Where events come from, each numbering its own without gaps. */
export type Source = 'shard' | 'directory' | `account:${string}` | `key:${string}` | `chain:${string}`

/** How far a source has been sealed. `epoch` rises each time the source was found put back to an older state. */
export type SourceState = { readonly sealedN: number; readonly epoch: number }

/** One event on its way in. */
export type SourceRow = {
  /** The source's number. */
  readonly n: number
  /** Event id; appended exactly once. */
  readonly id: string
  /** Canonical JSON of the EventBody. */
  readonly body: string
  /** The sealed personal part `{"k":salt path or null,"v":seal version,"s":sealed}`, or null. */
  readonly personal: string | null
  /** False where its MAC does not hold: the entry that is written then says so and nothing else. */
  readonly genuine: boolean
}

/** Rows of one source in order, with what is needed to tell a hole or a rollback from a slow messenger. */
export type SourceBatch = {
  readonly source: Source
  /** What the chain said of the source before it was read. */
  readonly seen: SourceState
  /** The last number the source had handed out, read in the same transaction as the rows. */
  readonly high: number
  /** True when `rows` holds every row after `seen.sealedN` that there is: then a hole at the end is a hole. */
  readonly complete: boolean
  readonly rows: readonly SourceRow[]
}

export type Appended = SourceState & {
  /** True when the source was rewound since `seen`: nothing was appended, read again. */
  readonly stale: boolean
  readonly size: number
  /** Hash (hex) of the newest entry. */
  readonly head: string
  /** Entries written by this call, reports among them. */
  readonly appended: number
  /** How many of them report a forged row, a gap or a rewound source. */
  readonly reported: number
}

/** What to show of the log. Every part narrows; all of them are exact but `name` (a prefix) and `text` (anywhere in the entry). */
export type EntryFilter = {
  readonly actor?: string
  /** An event name or its beginning, such as `core.member`. */
  readonly name?: string
  readonly subject?: string
  /** Epoch milliseconds of the event, both inclusive. */
  readonly from?: number
  readonly to?: number
  /** How the name must end, any of them: `.exported`. */
  readonly endings?: readonly string[]
  /** Part of an id, name or meta value. */
  readonly text?: string
}

/** One entry as it is shown and exported. */
export type EntryRow = {
  readonly n: number
  readonly id: string
  readonly name: string
  readonly subject: string
  /** When it happened and when it was sealed, epoch milliseconds. */
  readonly at: number
  readonly sealedAt: number
  /** The canonical line that was hashed. */
  readonly line: string
  /** Leaf and link hash (hex). */
  readonly hash: string
  readonly source: Source | 'chain'
}

export type EntryPage = {
  readonly entries: readonly EntryRow[]
  /** Entries below this number come next; null at the end. */
  readonly next: number | null
  /** How many entries fit the filter, counted up to `countedTo`. */
  readonly count: number
  readonly countedTo: number
}

/** One entry with its sealed personal part: text, `erased`, or null where there never was one. */
export type EntryDetail = EntryRow & { readonly entry: ChainEntry; readonly personal: string | null; readonly erased: boolean }

/** A checkpoint as kept. `seq` counts the log's checkpoints from 1; `id` is the id of the event that tells of it elsewhere. */
export type SignedCheckpoint = { readonly seq: number; readonly id: string; readonly size: number; readonly root: string; readonly at: number; readonly note: string }

/** Where the log stands. */
export type LogStatus = {
  readonly size: number
  readonly head: string
  /** The newest signed checkpoint, or null. */
  readonly checkpoint: SignedCheckpoint | null
  /** Why nothing is being signed, or null: the bucket holds a larger or another log, or an entry here was changed. */
  readonly refusal: 'smaller' | 'inconsistent' | 'bucket' | 'broken' | null
  /** Entries up to this number were removed after their time; their hashes stay. */
  readonly floor: number
  readonly sealedForGood: boolean
  /** Every entry up to this one was hashed again, after it was written, and stands in the tree where it belongs. */
  readonly verifiedTo: number
  /** The first entry of which that is not true, or null. Nothing is signed while there is one. */
  readonly brokenAt: number | null
}

/** The figures above the log. */
export type LogFigures = {
  /** Entries of the last 24 hours by event name. */
  readonly day: readonly { readonly name: string; readonly count: number }[]
  /** Median milliseconds from event to seal over the newest entries, or null. */
  readonly sealedWithinMs: number | null
  readonly lastCheckpointAt: number | null
  /** Entries sealed on each of the last fourteen days (UTC), oldest first, today last. */
  readonly days: readonly DayCount[]
}

/** How much of something fell on one day. `day` is the UTC date, as `2026-11-22`. */
export type DayCount = { readonly day: string; readonly count: number }

/** What the page shows, read at one moment. */
export type LogOverview = { readonly page: EntryPage; readonly status: LogStatus; readonly figures: LogFigures }

/** A run of the log for an export: entries that fit the filter, and the bare hash of each that does not (`line` null). */
export type ExportRun = {
  readonly rows: readonly { readonly n: number; readonly hash: string; readonly line: string | null; readonly sealedAt: number | null }[]
  /** The number to go on from, or null at the end. */
  readonly next: number | null
}

/** How long a log keeps what, in milliseconds; null means as long as the log lives. */
export type KeepTerms = { readonly entriesMs: number | null; readonly personalMs: number | null }

/** Whose or how old a personal part must be to be destroyed. At least one is given. */
export type PersonalErasure = { readonly account?: string; readonly before?: number }
