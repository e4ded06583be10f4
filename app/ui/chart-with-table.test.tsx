// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'

import { ChartWithTable } from './chart-with-table.tsx'
import { Spark } from './spark.tsx'

test('every figure of a chart is in the page as a table before any script runs', () => {
  const html = renderToString(
    <ChartWithTable
      title="Entries by day"
      series={[{ key: 'w', label: 'Writes' }, { key: 'r', label: 'Reads' }]}
      points={[{ label: '21 Nov', values: { w: 3118, r: 41 } }, { label: '22 Nov', values: { w: 12 } }]}
      format={(value) => `${value} x`}
    />,
  )
  for (const text of ['Entries by day', 'Writes', 'Reads', '21 Nov', '3118 x', '41 x', '22 Nov', '0 x']) expect(html).toContain(text)
  expect(html).not.toContain('<svg class="recharts')
})

test('a failed reading stands out by its height too, and a chart of zeros does not break', () => {
  const html = renderToString(<Spark label="Probes" values={[100, 1, 0]} bad={[1]} height={20} />)
  expect(html.match(/height="(\d+)"/g)).toEqual(['height="20"', 'height="20"', 'height="20"', 'height="1"'])
  expect(renderToString(<Spark label="None" values={[0, 0]} />)).not.toContain('NaN')
})
