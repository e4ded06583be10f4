import type { Tone } from './status-chip.tsx'

/** One thing drawn, and one column of the table. `tone` where it is a state with a colour of its own. */
export type Series = { key: string; label: string; tone?: Tone | undefined }

/** What a chart and its table both show. */
export type ChartProps = {
  title: string
  kind?: 'bars' | 'line' | 'stack' | undefined
  /** At most four; more is a table. */
  series: readonly Series[]
  /** One for each place on the axis, in order; `values` go by series key, and so do the ways to the rows behind them. */
  points: ReadonlyArray<{ label: string; values: Record<string, number>; hrefs?: Record<string, string> | undefined }>
  /** Writes a value out: its unit, its rounding. */
  format?: ((value: number) => string) | undefined
  height?: 'sm' | 'md' | undefined
  /** The drawing waits: it stands in something closed, where it has no width. */
  held?: boolean | undefined
}
