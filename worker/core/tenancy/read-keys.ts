import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import { RETIRED_MS } from './destroy-key-version.ts'
import { rights } from './module.ts'
import { kekStatus, type KekStatus } from './rotate-kek.ts'
import { keyVersionRows, rotationRows, type KeyVersionRow, type RotationRow } from './rotation-store.ts'

/** One of the tenant's roots as the keys page shows it. */
export type RootView = {
  root: KeyVersionRow['root']
  holds: string
  /** Null where it rotates on schedule; else why it does not. */
  standsStill: string | null
  versions: { version: number; state: KeyVersionRow['state']; createdAt: number; retiredAt: number | null; destroyedAt: number | null; /** When a retired one will be destroyed. */ goesAt: number | null }[]
}

export type KeysView = {
  roots: RootView[]
  rotateDays: number
  nextRotationAt: number | null
  rotations: Pick<RotationRow, 'id' | 'fromVersion' | 'toVersion' | 'reason' | 'state' | 'total' | 'moved' | 'startedAt' | 'finishedAt'>[]
  /** Times before which a restored copy of the database can no longer be opened, newest first. */
  lostRestores: { version: number; before: number }[]
  kek: KekStatus
  mayRotate: boolean
  mayDestroy: boolean
}

const roots: readonly Pick<RootView, 'root' | 'holds' | 'standsStill'>[] = [
  { root: 'seal', holds: 'Encrypts every sealed column and the key of every document.', standsStill: null },
  { root: 'index', holds: 'Finds by blind index, keeps suppression lists and replay digests.', standsStill: 'Another root would make every index, suppression and replay digest unfindable at once. It is replaced only together with a re-index of every row.' },
  { root: 'token', holds: 'Signs invitations, cursors and tokens.', standsStill: 'Every token names the version that signed it and expires by itself within days; rotating on schedule would void links in flight and protect nothing.' },
  { root: 'audit', holds: 'Proves where the events of the audit log came from.', standsStill: 'Kept as long as the log: without it nobody could check an old event’s proof of origin.' },
]

/** Every root with its versions, the rotations, and the key-encryption key above them. Numbers and states only: keys lie elsewhere. */
export async function readKeys(ctx: Ctx): Promise<KeysView> {
  demand(ctx, rights.readKeys)
  const [versions, rotations] = await ctx.db.readAll([keyVersionRows(ctx.db), rotationRows(ctx.db)])
  const active = versions.find((row) => row.root === 'seal' && row.state === 'active') // the newest first: while a sweep runs the older one is active too
  const rotateDays = ctx.policy['crypto.rotate_days']
  return {
    roots: roots.map((each) => ({
      ...each,
      versions: versions
        .filter((row) => row.root === each.root)
        .map(({ version, state, createdAt, retiredAt, destroyedAt }) => ({ version, state, createdAt, retiredAt, destroyedAt, goesAt: state === 'retired' && retiredAt !== null ? retiredAt + RETIRED_MS : null })),
    })),
    rotateDays,
    nextRotationAt: active ? active.createdAt + rotateDays * 86_400_000 : null,
    rotations: rotations.map(({ id, fromVersion, toVersion, reason, state, total, moved, startedAt, finishedAt }) => ({ id, fromVersion, toVersion, reason, state, total, moved, startedAt, finishedAt })),
    lostRestores: versions.flatMap(({ root, version, destroyedAt }) => lost(root, version, destroyedAt, rotations)),
    kek: await kekStatus(ctx),
    mayRotate: may(ctx.actor, rights.rotateKeys, ctx.policy),
    mayDestroy: may(ctx.actor, rights.destroyKeys, ctx.policy),
  }
}

/** What destroying a version costs: a copy of the database from before its last row left it. */
function lost(root: string, version: number, destroyedAt: number | null, rotations: readonly RotationRow[]): { version: number; before: number }[] {
  const left = rotations.find((rotation) => rotation.fromVersion === version)?.finishedAt
  return root === 'seal' && destroyedAt !== null && left ? [{ version, before: left }] : []
}
