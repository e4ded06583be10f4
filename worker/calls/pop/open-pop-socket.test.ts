import { exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { clock } from '../../../tests/support/clock.ts'
import { asPage, listensAs, popHouse, popsOf, ringAt, SOCKET, type PopHouse } from '../../../tests/support/pop-scene.ts'
import { asOwner, asStranger, bindings, drained, ORIGIN, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { signOut } from '../../core/identity/sign-out.ts'
import { revokeOtherSessions } from '../../core/identity/revoke-other-sessions.ts'
import { switchTenant } from '../../core/identity/switch-tenant.ts'
import { changePolicy } from '../../core/tenancy/change-policy.ts'
import { changeRole } from '../../core/tenancy/change-role.ts'
import { endSessions } from '../../core/tenancy/end-sessions.ts'
import { removeMember } from '../../core/tenancy/remove-member.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { openPopSocket } from './open-pop-socket.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

const status = async (browser: Browser, headers: Record<string, string>) => (await browser.call(SOCKET, { headers })).status

test('a page of another site opens no line, whatever cookies come along; one without an Origin neither', async () => {
  const house = await popHouse()
  const opened = async (headers: Record<string, string>) => (await worker.fetch(new Request(`${ORIGIN}${SOCKET}`, { headers: { Cookie: house.mila.cookies, 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'a test', ...headers } }))).status
  for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, ORIGIN.replace('https:', 'http:')]) expect([origin, await opened({ ...asPage, Origin: origin })]).toEqual([origin, 403])
  expect(await opened({ Upgrade: 'websocket' })).toBe(403)
  expect(await opened(asPage)).toBe(101)
})

test('who it is and what it may is asked before a line is opened: a stranger, a viewer, a key and a half signed-in person open none', async () => {
  const house = await popHouse()
  expect(await status(asStranger(), asPage)).toBe(401)
  const viewer = await signedIn(await house.tenant.newSomeone('viewer'), house.tenant.id)
  expect(await status(viewer, asPage)).toBe(403)
  expect((await worker.fetch(new Request(`${ORIGIN}${SOCKET}`, { headers: { ...asPage, Authorization: 'Bearer cs_key_none' } }))).status).toBe(401)
  expect(await status(house.mila, { Origin: ORIGIN })).toBe(426)
  const lowered = await house.tenant.newSomeone('member')
  const browser = await signedIn(lowered, house.tenant.id)
  await bindings[house.tenant.shard as 'SHARD_1'].prepare("update user_roles set role = 'viewer' where tenant_id = ? and id = ?").bind(house.tenant.id, lowered.memberId).run() // `as`: a test tenant lives on one of two
  expect(await status(browser, asPage)).toBe(403)
  expect((await (await asOwner(house.tenant)).run(openPopSocket)).status).toBe(101)
})

/** Mila's line is closed by `act` within a moment; her colleague's and another agency's stand. */
async function closes(act: (parts: PopHouse & { owner: Browser }) => Promise<unknown>, options: { everybody?: true } = {}): Promise<void> {
  const [house, other] = [await popHouse(), await popHouse()]
  const seat = await house.tenant.newSomeone('member')
  const mila = await signedIn(seat, house.tenant.id)
  const [hers, colleagues, strangers] = [await listensAs(mila), await listensAs(house.mila), await listensAs(other.mila)]
  const owner = await asOwner(house.tenant)
  await act({ ...house, seat, mila, owner })
  await vi.waitFor(() => expect(hers.closed).toBe(4001), { timeout: 5000, interval: 20 })
  expect([colleagues.closed, strangers.closed]).toEqual([options.everybody ? 4001 : null, null])
  for (const line of [colleagues, strangers]) if (line.closed === null) line.hangUp()
}

test('the line of a removed member is closed at once, and it opens no other', async () => {
  let removed: Browser | null = null
  await closes(async ({ owner, seat, mila }) => {
    removed = mila
    await owner.run((ctx) => removeMember(ctx, seat.memberId))
  })
  expect(await status(removed ?? asStranger(), asPage)).toBe(404)
})

test('so is that of a member whose role is lowered', async () => {
  let lowered: Browser | null = null
  await closes(async ({ owner, seat, mila }) => {
    lowered = mila
    await owner.run((ctx) => changeRole(ctx, { memberId: seat.memberId, role: 'viewer' }))
  })
  expect(await status(lowered ?? asStranger(), asPage)).toBe(403)
})

test('so is that of a session that signs out, is ended from elsewhere, or goes on in another tenant', async () => {
  const out: Browser[] = []
  await closes(async ({ mila }) => {
    out.push(mila)
    await mila.runAsAccount(signOut)
  })
  await closes(async ({ mila, seat, tenant }) => {
    out.push(mila)
    await (await signedIn(seat, tenant.id)).runAsAccount(revokeOtherSessions)
  })
  for (const mila of out) expect(await status(mila, asPage)).toBe(401)
  await closes(async ({ mila, seat }) => {
    const elsewhere = await newTenant({ owner: seat })
    await mila.runAsAccount((account) => switchTenant(account, elsewhere.id))
  })
})

test('when the owner signs everybody out, or changes the policy, every line of the agency is closed, and whoever still may opens another', async () => {
  let still: Browser | null = null
  await closes(({ owner, mila }) => {
    still = mila
    return owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 12 } }))
  }, { everybody: true })
  expect(await status(still ?? asStranger(), asPage)).toBe(101)
  await closes(({ owner }) => owner.runConfirmed(endSessions), { everybody: true })
})

test('a session that merely ran out is found when it rings: its line is closed and told nothing', async () => {
  const { line, mila, tenant } = await popHouse()
  const page = await listensAs(mila)
  await drained(tenant.id)
  try {
    clock.aheadMs = 40 * 86_400_000
    await ringAt(line)
    await vi.waitFor(() => expect(page.closed).toBe(4001), { timeout: 5000, interval: 20 })
    expect(page.said).toEqual([{ pops: [] }])
  } finally {
    clock.aheadMs = 0
  }
})

test('so is one to whom a call goes over that somebody else was shown first', async () => {
  const { line, seat, tenant } = await popHouse()
  const otto = await tenant.newSomeone('member')
  await line.means('102', otto.memberId)
  const page = await listensAs(await signedIn(otto, tenant.id))
  await drained(tenant.id)
  try {
    clock.aheadMs = 40 * 86_400_000
    const call = await ringAt(line)
    const listening = await signedIn(seat, tenant.id)
    await vi.waitFor(async () => expect(await popsOf(listening)).toHaveLength(1), { timeout: 5000, interval: 20 })
    expect((await line.tell('answered', call, { agent: '102' })).status).toBe(200)
    await vi.waitFor(() => expect(page.closed).toBe(4001), { timeout: 5000, interval: 20 })
    expect(page.said).toEqual([{ pops: [] }])
    const still = await listensAs(await signedIn(otto, tenant.id))
    await vi.waitFor(() => expect(still.calls).toHaveLength(1), { timeout: 5000, interval: 20 })
  } finally {
    clock.aheadMs = 0
  }
})
