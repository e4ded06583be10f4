import type { ReactNode } from 'react'
import { cx } from './classes.ts'

/** What a state means to the reader. `mute` is for states that ask nothing of anybody. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'mute'

const washes: Record<Tone, string> = {
  ok: 'bg-ok-bg text-ok',
  warn: 'bg-warn-bg text-warn',
  bad: 'bg-bad-bg text-bad',
  info: 'bg-info-bg text-info',
  mute: 'bg-mute-bg text-mute',
}

/** A state in words. The colour repeats what the word and the mark's shape already say. */
export function StatusChip({ tone = 'mute', children }: { tone?: Tone | undefined; children: ReactNode }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5 rounded-full ps-1.75 pe-2 align-middle text-xs leading-5 font-medium whitespace-nowrap', washes[tone])}>
      <ToneMark tone={tone} />
      {children}
    </span>
  )
}

/** A shape of its own for each tone: disc, triangle, cross, ring, dash. */
export function ToneMark({ tone }: { tone: Tone }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" className="flex-none" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round">
      {tone === 'ok' ? <circle cx="4" cy="4" r="3" fill="currentColor" stroke="none" /> : null}
      {tone === 'warn' ? <path d="M4 .8 7.6 7.2H.4z" fill="currentColor" stroke="none" /> : null}
      {tone === 'bad' ? <path d="m1.3 1.3 5.4 5.4M6.7 1.3 1.3 6.7" /> : null}
      {tone === 'info' ? <circle cx="4" cy="4" r="2.5" /> : null}
      {tone === 'mute' ? <path d="M1.2 4h5.6" /> : null}
    </svg>
  )
}
