import type { Ctx } from '../../core/ctx.ts'
import type { ConnectionShown, ConnectionView } from '../../core/hooks/contract.ts'
import { makeConnection } from '../../core/hooks/make-connection.ts'
import { revokeConnection } from '../../core/hooks/revoke-connection.ts'
import { rotateConnection } from '../../core/hooks/rotate-connection.ts'
import { testConnection } from '../../core/hooks/test-connection.ts'
import type { ConnectProvider, RotateProvider } from './contract.ts'
import { callSenders, senderNamed } from './senders.ts'

/** Connect a dialler: the address to give it and the secret that proves its messages, both shown this once. */
export const connectProvider = (ctx: Ctx, { provider, label, secret }: ConnectProvider): Promise<ConnectionShown> => makeConnection(ctx, senderNamed(provider), { label, given: secret })

/** Another secret, shown this once; the one before it is accepted for a day more. */
export const rotateProvider = (ctx: Ctx, id: string, { secret }: RotateProvider = {}): Promise<ConnectionShown> => rotateConnection(ctx, callSenders, id, { given: secret })

/** Take nothing from a dialler any more. */
export const disconnectProvider = (ctx: Ctx, id: string): Promise<ConnectionView> => revokeConnection(ctx, id)

/** Send a connection a message as its dialler would. */
export const testProvider = (ctx: Ctx, id: string): Promise<{ accepted: boolean; verdict: string }> => testConnection(ctx, callSenders, id)
