import type { PopsSaid } from '../../durable-objects/pop-words.ts'

/** The page's end of a line: what it was told, and how it ended. */
export class Line {
  readonly said: PopsSaid[] = []
  readonly #socket: WebSocket
  #closed: number | null = null

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      if (data !== 'pong') this.said.push(JSON.parse(String(data)) as PopsSaid) // `as`: what the object says
    })
    socket.addEventListener('close', ({ code }) => {
      this.#closed = code
    })
    socket.accept()
  }

  /** The code it was closed with, or null while it stands. */
  get closed(): number | null {
    return this.#closed
  }

  /** The calls it was told of last. */
  get calls(): string[] {
    return (this.said.at(-1)?.pops ?? []).map(({ call }) => call)
  }

  say(text: string): void {
    this.#socket.send(text)
  }

  hangUp(): void {
    this.#socket.close(1000)
  }
}

/** The line in an answer that opened one. */
export function lineOf(answer: Response): Line {
  if (!answer.webSocket) throw new Error(`no line was opened: ${answer.status}`)
  return new Line(answer.webSocket)
}
