import { env } from 'cloudflare:workers'
import { randomToken } from '../../worker/core/cookies.ts'
import type { AccountCtx } from '../../worker/core/ctx.ts'
import type { Env } from '../../worker/core/env.ts'
import { newId } from '../../worker/core/id.ts'
import { newIsolate, PLATFORM, reachOf } from '../../worker/core/reach.ts'
import { createRoots } from '../../worker/core/vault/keyring.ts'
import { sha256Hex } from '../../worker/core/vault/digest.ts'

/** What a person in a test is: a ctx as the door would make it, at a moment of the test's choosing. */
export type Scene = {
  readonly accountId: string
  /** The person's ctx at `now`, in the session it was opened with, as the guard knows that session. */
  at(now: number): Promise<AccountCtx>
  /** Another session of the same person. */
  elsewhere(now: number): Promise<Scene>
}

/** An account with one open session and nothing else: no address, no password, no tenant. */
export async function newPerson(now: number): Promise<Scene> {
  const bindings = env as unknown as Env // `as`: the bindings of wrangler.test.toml are the product's
  const { keyring } = await reachOf(bindings, newIsolate())
  await createRoots(keyring, PLATFORM)
  return openScene(bindings, newId('acc', now), now)
}

async function openScene(bindings: Env, accountId: string, now: number): Promise<Scene> {
  const isolate = newIsolate()
  const sid = newId('ses', now)
  const secretHash = await sha256Hex(randomToken(32))
  const guard = () => bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(accountId))
  await guard().openSession({ sid, secretHash, now, mfaAt: null, provenAt: null, activeTenant: null, origin: { hash: 'h', sealed: '' }, browser: null, events: [] })
  const at = async (moment: number): Promise<AccountCtx> => {
    const reach = await reachOf(bindings, isolate)
    const known = (await guard().listSessions(moment)).find((session) => session.sid === sid)
    return {
      now: moment,
      origin: { sealed: null, ip: '203.0.113.7', userAgent: 'a test' },
      newId: (prefix) => newId(prefix, moment),
      reach,
      directory: reach.directory,
      platformVault: reach.vault(PLATFORM, 1, moment),
      commitDirectory: () => Promise.reject(new Error('this scene has no directory')),
      later: () => undefined,
      accountId,
      session: { sid, openedAt: known?.openedAt ?? now, mfaAt: known?.mfaAt ?? null, provenAt: null },
      eventActor: { kind: 'account', id: accountId, role: null },
    }
  }
  return { accountId, at, elsewhere: (moment) => openScene(bindings, accountId, moment) }
}
