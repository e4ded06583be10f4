import { REPLAY_MS, type HookRefusal } from './provider.ts'

/** Whether a signed time (epoch ms) is near enough to now, to the millisecond at both edges. */
export function offTime(at: number, now: number): Extract<HookRefusal, 'too_old' | 'too_new'> | null {
  if (at < now - REPLAY_MS) return 'too_old'
  return at > now + REPLAY_MS ? 'too_new' : null
}

/** Seconds since the epoch in their one spelling: decimal digits without a leading zero. */
export const epochSeconds = (text: string): number | null => (/^[1-9]\d{0,10}$/.test(text) ? Number(text) * 1000 : null)
