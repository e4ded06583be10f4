import { useTable, type ColumnDef, type RowData } from '@tanstack/react-table'
import { useMemo, type ReactNode } from 'react'
import { cx } from './classes.ts'
import { moveBetweenRows } from './row-keys.ts'
import { BodyCell, HeaderCell, tableKit, type Column, type TableKit } from './table-cells.tsx'
import type { Sort } from './table-sort.ts'

export type DataTableProps<Item> = {
  /** What the rows are, for those who hear the table. */
  caption: string
  /** Defined outside the component, or memoised. */
  columns: ReadonlyArray<Column<Item>>
  rows: readonly Item[]
  rowId: (item: Item) => string
  /** Where a row leads. The link is on the title column; the whole row is its target. */
  rowHref?: ((item: Item) => string) | undefined
  /** The row that is open beside the table. */
  openRow?: string | undefined
  sort?: Sort | undefined
  /** Stands in place of the table when there are no rows. */
  empty: ReactNode
  /** Boxes before the rows, belonging to the form `form`, each sending `name`; `bulk` are that form's buttons. The form stands beside the table, class `contents`. */
  select?: { name: string; form: string; rowLabel: (item: Item) => string; bulk: ReactNode } | undefined
  /** Below the rows: pagination, a total. */
  footer?: ReactNode
  /** Keeps its width and scrolls sideways instead of fitting in. */
  wide?: boolean | undefined
  /** Without a frame of its own: inside a flush Card. */
  bare?: boolean | undefined
}

/**
 * Rows whose order, filter and page live in the URL: the server sorts, links ask it to. Sorted and paged without scripts;
 * with them arrow keys walk the rows. Roles are spelled out because the phone layout would otherwise take them away.
 */
export function DataTable<Item extends RowData>(props: DataTableProps<Item>) {
  const { caption, columns, rows, rowId, select, footer, wide, bare } = props
  const defs = useMemo(
    () => columns.map((column): ColumnDef<TableKit, Item> => ({ id: column.key, header: column.header, cell: ({ row }) => column.cell(row.original) })),
    [columns],
  )
  const byKey = useMemo(() => new Map(columns.map((column) => [column.key, column])), [columns])
  const table = useTable({ features: tableKit, columns: defs, data: rows, getRowId: rowId, enableRowSelection: select !== undefined })
  const title = columns.find((column) => column.phone === 'title')?.key ?? columns[0]?.key
  const picked = table.getSelectedRowIds().length

  return (
    <div className={cx('cs-table-frame min-w-0', !bare && 'rounded-lg border border-line bg-panel shadow-card')}>
      {rows.length === 0 ? (
        props.empty
      ) : (
        <>
          {select ? (
            <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5 text-sm">
              <span className="text-ink-2" aria-live="polite">
                {picked > 0 ? `${picked} selected` : 'Select rows to act on several'}
              </span>
              <span className="ms-auto flex flex-wrap gap-2">{select.bulk}</span>
            </div>
          ) : null}
          <div className="cs-table-scroll" data-wide={wide ? 'true' : undefined} {...(wide ? { role: 'region', tabIndex: 0, 'aria-label': caption } : {})}>
            <table role="table" className="cs-table">
              <caption className="sr-only">{caption}</caption>
              <thead role="rowgroup">
                {table.getHeaderGroups().map((group) => (
                  <tr role="row" key={group.id}>
                    {select ? (
                      <th role="columnheader" scope="col" data-fit="true">
                        <input
                          type="checkbox"
                          className="cs-tick align-middle"
                          aria-label="Select every row on this page"
                          checked={table.getIsAllRowsSelected()}
                          ref={(box) => {
                            if (box) box.indeterminate = table.getIsSomeRowsSelected()
                          }}
                          onChange={table.getToggleAllRowsSelectedHandler()}
                        />
                      </th>
                    ) : null}
                    {group.headers.map((header) => (
                      <HeaderCell key={header.id} column={byKey.get(header.column.id)} sort={props.sort} />
                    ))}
                  </tr>
                ))}
              </thead>
              {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys act on the rows' links, which are focusable */}
              <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
                {table.getRowModel().rows.map((row) => (
                  <tr
                    role="row"
                    key={row.id}
                    data-linked={props.rowHref ? '' : undefined}
                    data-selected={row.getIsSelected() || row.id === props.openRow ? 'true' : undefined}
                  >
                    {select ? (
                      <td role="cell" data-fit="true" data-phone="pick">
                        <input
                          type="checkbox"
                          name={select.name}
                          value={row.id}
                          form={select.form}
                          className="cs-tick align-middle"
                          aria-label={select.rowLabel(row.original)}
                          checked={row.getIsSelected()}
                          onChange={row.getToggleSelectedHandler()}
                        />
                      </td>
                    ) : null}
                    {row.getAllCells().map((cell) => (
                      <BodyCell
                        key={cell.id}
                        item={row.original}
                        column={byKey.get(cell.column.id)}
                        isTitle={cell.column.id === title}
                        href={props.rowHref?.(row.original)}
                        open={row.id === props.openRow}
                      />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {footer && rows.length > 0 ? <div className="border-t border-line px-4 py-2">{footer}</div> : null}
    </div>
  )
}
