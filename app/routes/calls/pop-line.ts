import { useEffect, useRef } from 'react'
import type { PopsSaid } from '../../../durable-objects/pop-words.ts'

/** How soon a line that broke is tried again: half a second at first, twice as long each time, a minute at most. */
const FIRST_MS = 500
const LAST_MS = 60_000
/** How often a line is asked whether it still stands. */
const PING_MS = 30_000

/**
 * A line by which this page is told that a call rings, for as long as the page is open. It says which calls, by id; who calls
 * is fetched as everything else. One that breaks, or is closed because somebody's place changed, is opened again, and asked anew.
 */
export function usePopLine(onSaid: (said: PopsSaid) => void): void {
  const hear = useRef(onSaid)
  useEffect(() => {
    hear.current = onSaid
  })
  useEffect(() => {
    let socket: WebSocket | null = null
    let waitMs = FIRST_MS
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const open = () => {
      const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/sockets/screen-pops`)
      socket = line
      const ping = setInterval(() => line.readyState === line.OPEN && line.send('ping'), PING_MS)
      line.addEventListener('message', ({ data }) => {
        waitMs = FIRST_MS
        if (data !== 'pong') hear.current(JSON.parse(String(data)) as PopsSaid) // `as`: our own object's words
      })
      line.addEventListener('close', () => {
        clearInterval(ping)
        if (left) return
        timer = setTimeout(open, waitMs * (0.5 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 256))
        waitMs = Math.min(waitMs * 2, LAST_MS)
      })
    }
    open()
    return () => {
      left = true
      clearTimeout(timer)
      socket?.close()
    }
  }, [])
}
