import { cx } from './classes.ts'

const turns = Array.from({ length: 36 }, (_turn, at) => at * 5)

/** An engraver's rosette, as on share certificates: one ellipse turned about its centre. Decoration for a page that has little else. */
export function Rosette({ size, className }: { size: number; className?: string | undefined }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="-100 -100 200 200" fill="none" stroke="currentColor" strokeWidth="0.35" className={cx('pointer-events-none', className)}>
      {turns.map((turn) => (
        <ellipse key={turn} rx="98" ry="42" transform={`rotate(${turn})`} />
      ))}
      {turns.map((turn) => (
        <ellipse key={turn} rx="58" ry="20" transform={`rotate(${turn})`} />
      ))}
    </svg>
  )
}
