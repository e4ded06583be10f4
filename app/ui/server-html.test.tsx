// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'

import { AppFrame } from './app-frame.tsx'
import { Avatar } from './avatar.tsx'
import { Button, LinkButton } from './button.tsx'
import { Card } from './card.tsx'
import { ChartWithTable } from './chart-with-table.tsx'
import { CodeBlock } from './code-block.tsx'
import { CommandPalette } from './command-palette.tsx'
import { Dialog, Drawer } from './dialog.tsx'
import { FileDrop } from './file-drop.tsx'
import { FilterBar } from './filter-bar.tsx'
import { KpiStrip } from './kpi-strip.tsx'
import { Menu } from './menu.tsx'
import { PasswordField } from './password-field.tsx'
import { Progress } from './progress.tsx'
import { QrCode } from './qr-code.tsx'
import { RadioGroup } from './radio-group.tsx'
import { Rosette } from './rosette.tsx'
import { SelectField } from './select-field.tsx'
import { Skeleton } from './skeleton.tsx'
import { Spark } from './spark.tsx'
import { StatusChip } from './status-chip.tsx'
import { TextArea } from './text-area.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import { Timeline } from './timeline.tsx'
import { ToastRegion } from './toasts.tsx'
import { Tooltip } from './tooltip.tsx'

const page = (
  <ToastRegion>
    <AppFrame workspace="Harbor" nav="nav" bar="bar" tools={<CommandPalette items={[]} />}>
      <KpiStrip items={[{ label: 'Entries', value: 1, href: '/audit' }]} />
      <FilterBar label="Filter" action="/audit" active={[{ label: 'a', without: '/audit' }]}>
        <SelectField name="s" label="S" choices={[]} />
      </FilterBar>
      <Card title="Card" footer="foot">
        <PasswordField name="p" label="P" autoComplete="new-password" />
        <TextArea name="t" label="T" />
        <RadioGroup name="r" label="R" look="cards" choices={[{ value: 'a', label: 'A' }]} />
        <FileDrop name="f" label="F" upload={() => Promise.resolve({ ok: true })} />
        <Progress label="Rotation" value={0.57} />
        <Spark label="Readings" values={[1, 2]} bad={[1]} />
        <ChartWithTable title="Chart" series={[{ key: 'a', label: 'A' }]} points={[{ label: '1', values: { a: 1 } }]} />
        <Timeline label="Story" moments={[{ key: '1', title: 'One' }]} />
        <CodeBlock label="Key" text="x" />
        <QrCode label="Code" text="otpauth://totp/x" />
      </Card>
      <Dialog title="Dialog" open trigger={<Button>Open</Button>} />
      <Drawer title="Drawer" open />
      <Menu label="More" groups={[[{ label: 'Go', href: '/x' }]]} />
      <Tooltip words="words">
        <LinkButton href="/x" tone="primary">
          Go
        </LinkButton>
      </Tooltip>
      <StatusChip tone="bad">failing</StatusChip>
      <Avatar name="Dana Whitlock" />
      <Skeleton lines={2} />
      <ThemeToggle />
      <Rosette size={100} />
    </AppFrame>
  </ToastRegion>
)

test('nothing the kit draws on the server has an inline style or an inline handler, which our policy would drop', () => {
  const html = renderToString(page)
  expect(html.match(/\sstyle=/g)).toBeNull()
  expect(html.match(/\son[a-z]+=/g)).toBeNull()
  expect(html).not.toContain('<style')
  expect(html).not.toContain('javascript:')
})

test('the navigation opens and the page can be skipped to without scripts', () => {
  const html = renderToString(page)
  expect(html).toContain('href="#main"')
  expect(html).toMatch(/<details[^>]*><summary aria-label="Menu"/)
  expect(html).toContain('<main id="main"')
})
