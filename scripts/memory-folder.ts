import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const prefix = 'countersign-tests-'
const GB = 1 << 30
/** What must be free in the folder, of which a run fills less than half, and on the machine, which runs two workerds and a browser besides. */
const enough = { room: 2 * GB, memory: 5 * GB }

/**
 * From here on temporary files lie in memory, where the machine has plenty of it: `/dev/shm` is such a folder on every Linux. The
 * tests make thousands of databases and throw them away; on a disk they spend four tenths of their time waiting until each
 * write is there for good.
 */
export function keepTemporaryFilesInMemory(inMemory = '/dev/shm', { room, memory } = enough): void {
  if (!existsSync(inMemory)) return
  for (const left of readdirSync(inMemory).filter((name) => name.startsWith(prefix))) {
    if (!isAlive(Number(left.slice(prefix.length).split('-')[0]))) rmSync(path.join(inMemory, left), { recursive: true, force: true })
  }
  const { bavail, bsize } = statfsSync(inMemory)
  if (bavail * bsize < room || process.availableMemory() < memory) return
  const folder = mkdtempSync(path.join(inMemory, `${prefix}${process.pid}-`))
  process.env.TMPDIR = folder
  // A run starts a hundred processes, most of them with the same libraries.
  process.env.NODE_COMPILE_CACHE = path.join(folder, 'compiled')
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
