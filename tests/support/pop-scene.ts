import { expect, vi } from 'vitest'
import type { PopView } from '../../worker/calls/pop/contract.ts'
import { listPops } from '../../worker/calls/pop/list-pops.ts'
import { connectedDouble, type AmsDouble } from './ams-scene.ts'
import { newDialler, type Dialler } from './call-scene.ts'
import type { Seated, TestTenant } from './tenant-words.ts'
import { newTenant } from './new-tenant.ts'
import { lineOf, type Line } from './pop-line.ts'
import { ORIGIN, signedIn, type Browser } from './scene.ts'

/** Where a page of ours begins to listen. */
export const SOCKET = '/sockets/screen-pops'
export const asPage = { Upgrade: 'websocket', Origin: ORIGIN }

/** An agency with a dialler and an AMS, and Mila, who answers at extension 101. */
export type PopHouse = { readonly tenant: TestTenant; readonly line: Dialler; readonly ams: AmsDouble; readonly seat: Seated; readonly mila: Browser }

export const maria = { id: 'c1', name: 'Maria Alvarez', phone: '+14155550132', policies: [{ number: 'HO-1', line: 'Homeowners', carrier: 'Harbor Mutual', status: 'active', expires: '2027-01-31' }], past: [{ at: '2026-11-01T10:00:00Z', text: 'Asked about flood cover.' }] }

export async function popHouse(contacts: AmsDouble['contacts'] = [maria], tenant?: TestTenant): Promise<PopHouse> {
  const at = tenant ?? (await newTenant({ preset: 'callintel' }))
  const line = await newDialler('standard', at)
  const seat = await at.newSomeone('member')
  await line.means('101', seat.memberId)
  return { tenant: at, line, ams: await connectedDouble(at, contacts.map((contact) => ({ ...contact }))), seat, mila: await signedIn(seat, at.id) }
}

/** A ring at extension 101, acknowledged. */
export async function ringAt(line: Dialler, { call = crypto.randomUUID(), ...more }: { call?: string; phone?: string; agent?: string } = {}): Promise<string> {
  expect((await line.tell('ringing', call, { agent: '101', ...more })).status).toBe(200)
  return call
}

export const listensAs = async (browser: Browser): Promise<Line> => lineOf(await browser.call(SOCKET, { headers: asPage }))

export const popsOf = (browser: Browser): Promise<PopView[]> => browser.run(listPops)

/** What is shown once somebody is. */
export async function popOf(browser: Browser): Promise<PopView> {
  return vi.waitFor(async () => {
    const [pop] = await popsOf(browser)
    if (!pop || pop.content.state === 'looking') throw new Error('nothing is shown yet')
    return pop
  }, { timeout: 5000, interval: 50 })
}
