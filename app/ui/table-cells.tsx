import { rowSelectionFeature, tableFeatures } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { Anchor, useHere } from './links.tsx'
import { sortHref, type Sort } from './table-sort.ts'

/** What of the table library is in use: its rows, columns and selection. Sorting, filtering and paging are the server's. */
export const tableKit = tableFeatures({ rowSelectionFeature })
export type TableKit = typeof tableKit

export type Column<Item> = {
  /** Unique in the table; the sort key in the URL. */
  key: string
  header: string
  cell: (item: Item) => ReactNode
  /** Sortable; the direction is the one the first press asks for. */
  sort?: Sort['direction'] | undefined
  align?: 'end' | undefined
  /** As narrow as its content, on one line. */
  fit?: boolean | undefined
  mono?: boolean | undefined
  quiet?: boolean | undefined
  /** The header is read out but not drawn (a column of buttons). */
  headerHidden?: boolean | undefined
  /** On a phone each row is a small card: its title line, its foot (several buttons), or left out. */
  phone?: 'title' | 'foot' | 'hide' | undefined
}

export function HeaderCell<Item>({ column, sort }: { column: Column<Item> | undefined; sort: Sort | undefined }) {
  const here = useHere()
  if (!column) return null
  const sorted = sort?.key === column.key ? sort.direction : undefined
  const next = sorted ? (sorted === 'asc' ? 'desc' : 'asc') : column.sort
  return (
    <th
      role="columnheader"
      scope="col"
      data-align={column.align}
      data-fit={column.fit ? 'true' : undefined}
      aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      {column.sort && next ? (
        <Anchor
          href={sortHref(here, { key: column.key, direction: next })}
          className={cx('group/sort inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink', sorted && 'text-ink')}
        >
          {column.header}
          <Icon
            name={sorted ? (sorted === 'asc' ? 'up' : 'down') : 'updown'}
            size={12}
            className={cx(!sorted && 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100')}
          />
        </Anchor>
      ) : (
        <span className={cx(column.headerHidden && 'sr-only')}>{column.header}</span>
      )}
    </th>
  )
}

export function BodyCell<Item>({
  item,
  column,
  isTitle,
  href,
  open,
}: {
  item: Item
  column: Column<Item> | undefined
  isTitle: boolean
  href: string | undefined
  open: boolean
}) {
  if (!column) return null
  const content = column.cell(item)
  return (
    <td
      role="cell"
      data-label={isTitle || column.headerHidden ? undefined : column.header}
      data-phone={isTitle ? 'title' : (column.phone ?? (column.headerHidden ? 'corner' : undefined))}
      data-align={column.align}
      data-fit={column.fit ? 'true' : undefined}
      data-mono={column.mono ? 'true' : undefined}
      data-quiet={column.quiet ? 'true' : undefined}
    >
      {isTitle && href ? (
        <Anchor href={href} className="cs-row-link" aria-current={open ? 'true' : undefined}>
          {content}
        </Anchor>
      ) : (
        content
      )}
    </td>
  )
}
