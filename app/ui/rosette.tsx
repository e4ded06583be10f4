import { cx } from './classes.ts'

const turns = (count: number) => Array.from({ length: count }, (_turn, at) => Math.round((at * 18_000) / count) / 100)
const outer = turns(60)
const inner = turns(36)

/** An engraver's rosette, as on share certificates: ellipses turned about one centre. Decoration for a page that has little else. */
export function Rosette({ size, className }: { size: number; className?: string | undefined }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="-100 -100 200 200"
      fill="none"
      stroke="currentColor"
      strokeWidth={140 / size}
      className={cx('pointer-events-none', className)}
    >
      {outer.map((turn) => (
        <ellipse key={turn} rx="98" ry="34" transform={`rotate(${turn})`} />
      ))}
      {inner.map((turn) => (
        <ellipse key={turn} rx="52" ry="14" transform={`rotate(${turn})`} />
      ))}
    </svg>
  )
}
