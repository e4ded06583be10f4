import { setTimeout as wait } from 'node:timers/promises'
import type { Miniflare } from 'miniflare'

/** The heap of a served Worker, read through workerd's inspector while it works (`Runtime.getHeapUsage` of the Chrome DevTools Protocol). */
export class Heap {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (bytes: number) => void>()
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id?: number; result?: { usedSize?: number } } // `as`: the protocol's own messages
      if (id === undefined) return
      this.#waiting.get(id)?.(result?.usedSize ?? 0)
      this.#waiting.delete(id)
    })
  }

  static async of(miniflare: Miniflare): Promise<Heap> {
    const { host } = await miniflare.getInspectorURL()
    const targets = (await (await fetch(`http://${host}/json`)).json()) as { id: string; webSocketDebuggerUrl: string }[] // `as`: likewise
    const target = targets.find(({ id }) => id.startsWith('core:user:')) ?? targets[0]
    if (!target) throw new Error('workerd shows no isolate to its inspector')
    const socket = new WebSocket(target.webSocketDebuggerUrl)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('the inspector does not answer')))
    })
    return new Heap(socket)
  }

  /** Bytes in use now, garbage that nobody collected yet included. */
  used(): Promise<number> {
    return this.#ask('Runtime.getHeapUsage')
  }

  /** Bytes in use once the garbage is gone. */
  async kept(): Promise<number> {
    await this.#ask('HeapProfiler.collectGarbage')
    return this.used()
  }

  #ask(method: string): Promise<number> {
    this.#asked += 1
    const id = this.#asked
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, method }))
    })
  }

  /**
   * Read it again and again until `stop`, which answers the most that was seen. An isolate that computes answers between two
   * steps only: what such a step used is still there as garbage then, or was collected because there was need.
   */
  watch(): { readonly readings: number; stop(): Promise<number> } {
    const seen = { most: 0, readings: 0, over: false }
    const reading = (async () => {
      while (!seen.over) {
        seen.most = Math.max(seen.most, await this.used())
        seen.readings += 1
        await wait(5)
      }
    })()
    return {
      get readings() {
        return seen.readings
      },
      stop: async () => {
        seen.over = true
        await reading
        return seen.most
      },
    }
  }

  close(): void {
    this.#socket.close()
  }
}
