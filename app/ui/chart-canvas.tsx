import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartProps } from './chart-words.ts'

const tick = { fill: 'var(--color-ink-3)', fontSize: 11 }

/** Loaded by chart-with-table.tsx when the page is alive, and by nobody else. */
export function ChartCanvas({ kind = 'bars', series, points, format }: Pick<ChartProps, 'kind' | 'series' | 'points' | 'format'>) {
  const rows = points.map((point) => ({ ...point.values, label: point.label }))
  const Chart = kind === 'line' ? LineChart : BarChart
  const colour = (at: number) => (series[at]?.tone ? `var(--color-${series[at]?.tone})` : `var(--color-series-${(at % 4) + 1})`)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Chart data={rows} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} barCategoryGap="28%" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="label" tick={tick} tickLine={false} axisLine={{ stroke: 'var(--color-line-2)' }} minTickGap={24} />
        <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" allowDecimals={false} tickFormatter={(value: number) => (format ? format(value) : String(value))} />
        <Tooltip
          isAnimationActive={false}
          cursor={kind === 'line' ? { stroke: 'var(--color-line-2)' } : { fill: 'var(--color-hover)' }}
          formatter={(value) => (format && typeof value === 'number' ? format(value) : String(value))}
          contentStyle={{
            background: 'var(--color-raised)',
            border: '1px solid var(--color-line-2)',
            borderRadius: 'var(--radius-md)',
            padding: '6px 10px',
            fontSize: 12,
          }}
          labelStyle={{ color: 'var(--color-ink)', fontWeight: 590 }}
          itemStyle={{ color: 'var(--color-ink-2)', padding: 0 }}
        />
        {series.map((one, at) =>
          kind === 'line' ? (
            <Line key={one.key} dataKey={one.key} name={one.label} stroke={colour(at)} strokeWidth={1.75} dot={false} isAnimationActive={false} />
          ) : (
            <Bar
              key={one.key}
              dataKey={one.key}
              name={one.label}
              fill={colour(at)}
              maxBarSize={28}
              isAnimationActive={false}
              {...(kind === 'stack' ? { stackId: 'all' } : { radius: 2 })}
            />
          ),
        )}
      </Chart>
    </ResponsiveContainer>
  )
}
