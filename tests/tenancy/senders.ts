import { withBrowser, withKey, type Sender } from './ask.ts'
import { carrierKey } from './carrier-cases.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'

/** Whoever a case is sent by where nothing is to be refused. */
export async function senderOf(home: Home, { may, by }: Pick<Case, 'may' | 'by'>): Promise<Sender> {
  if (may === 'carrier') return withKey((await carrierKey(home)).token)
  return withBrowser(by ? (await home.someone(by)).browser : await home.ownerAnew())
}
