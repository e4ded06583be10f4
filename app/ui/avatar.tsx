import { cx } from './classes.ts'

/** The first letters of a name. Decorative: the name stands beside it. */
export function Avatar({ name, size = 'md', square }: { name: string; size?: 'sm' | 'md' | 'lg'; square?: boolean }) {
  const words = name.trim().split(/\s+/)
  const letters = (words.length > 1 ? [words[0], words.at(-1)] : words).map((word) => Array.from(word ?? '')[0] ?? '').join('')
  return (
    <span
      aria-hidden
      className={cx(
        'grid flex-none place-items-center font-semibold uppercase',
        square ? 'rounded-md bg-accent text-on-accent' : 'rounded-full bg-ok-bg text-ok',
        { sm: 'size-5.5 text-2xs', md: 'size-7 text-xs', lg: 'size-10 text-base' }[size],
      )}
    >
      {square ? letters.slice(0, 1) : letters}
    </span>
  )
}
