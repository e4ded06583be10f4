import { createServer } from 'node:net'

/** Below the ports that systems lend to outgoing connections (32,768 on Linux, 49,152 elsewhere): one of those may be gone by the time it is listened on. */
const LOWEST = 10_000
const HIGHEST = 32_767
const TRIES = 50

/** A free loopback port: an origin must be known before its server starts. Throws a sentence when `wanted` is taken; 0 takes any. */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0) {
    if (!(await isFree(wanted))) throw new Error(`Port ${wanted} is taken. Stop what listens there, or choose another: PORT=0 npm start takes any that is free.`)
    return wanted
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
  throw new Error(`None of ${TRIES} ports is free. Choose one: PORT=8787 npm start.`)
}

/** Whether a server may listen there; any failure but a taken port is thrown. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
