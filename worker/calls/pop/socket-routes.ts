import { Hono } from 'hono'
import type { Door } from '../../core/door.ts'
import { Fault } from '../../core/failure.ts'
import { openPopSocket } from './open-pop-socket.ts'

/**
 * Where an open page begins to listen. A browser sends our cookies along with a socket that any site opens, and no token: a
 * page of ours is told by its Origin, and nothing without one is let in.
 */
export const popSocketRoutes = new Hono<{ Bindings: { door: Door } }>().get('/sockets/screen-pops', async (c) => {
  const { door } = c.env
  const { headers } = door.request
  const origin = headers.get('Origin')
  if (origin !== null && origin !== door.reach.env.ORIGIN) throw new Fault({ code: 'csrf' })
  await door.account()
  if (origin === null) throw new Fault({ code: 'csrf' })
  if (headers.get('Upgrade')?.toLowerCase() !== 'websocket') return new Response(null, { status: 426, headers: { Upgrade: 'websocket', Connection: 'Upgrade' } })
  return door.tenant(openPopSocket)
})
