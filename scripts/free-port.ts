import { createServer } from 'node:net'

/** A free loopback port: an origin must be known before its server starts. Throws a sentence when `wanted` is taken; 0 takes any. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new Error('code' in error && error.code === 'EADDRINUSE' ? `Port ${wanted} is taken. Stop what listens there, or choose another: PORT=0 npm start takes any that is free.` : error.message)))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}
