import { cx } from './classes.ts'

/** Holds the place of text that is on its way. Decorative: the region that waits says so itself with aria-busy. */
export function Skeleton({ lines = 1, short }: { lines?: number; short?: boolean }) {
  return (
    <span aria-hidden className="grid gap-2">
      {Array.from({ length: lines }, (_line, at) => (
        <span key={at} className={cx('block h-3.5 animate-sheen rounded-xs bg-mute-bg', (short || at === lines - 1) && 'w-3/5')} />
      ))}
    </span>
  )
}
