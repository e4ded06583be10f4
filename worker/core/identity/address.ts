import type { Visit } from '../ctx.ts'
import { normaliseEmail } from '../vault/blind-index.ts'
import { ACCOUNT_EMAIL } from './module.ts'

/** What an address is known by wherever it is counted or looked up: its blind index under the deployment's own root. */
export const addressIndex = (visit: Pick<Visit, 'platformVault'>, email: string): Promise<string> => visit.platformVault.index(ACCOUNT_EMAIL, normaliseEmail(email))
