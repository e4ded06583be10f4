/** One thing drawn, and one column of the table. */
export type Series = { key: string; label: string }

/** What a chart and its table both show. */
export type ChartProps = {
  title: string
  kind?: 'bars' | 'line' | 'stack' | undefined
  /** At most four; more is a table. */
  series: readonly Series[]
  /** One for each place on the axis, in order; `values` go by series key. */
  points: ReadonlyArray<{ label: string; values: Record<string, number> }>
  /** Writes a value out: its unit, its rounding. */
  format?: ((value: number) => string) | undefined
  height?: 'sm' | 'md' | undefined
  /** The drawing waits: it stands in something closed, where it has no width. */
  held?: boolean | undefined
}
