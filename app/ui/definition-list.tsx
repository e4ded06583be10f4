import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export type Definition = { term: string; value: ReactNode; mono?: boolean | undefined }

/** Names and their values. An empty value is a dash that says it is empty. */
export function DefinitionList({ items, stacked }: { items: readonly Definition[]; stacked?: boolean | undefined }) {
  return (
    <dl className={cx('grid gap-x-4 text-sm', stacked ? 'gap-y-2.5' : 'gap-y-2.5 sm:grid-cols-[minmax(7rem,10.5rem)_1fr] sm:gap-y-2')}>
      {items.map((item) => (
        <div key={item.term} className={cx('grid items-baseline gap-x-4', stacked ? '' : 'sm:col-span-2 sm:grid-cols-subgrid')}>
          <dt className="text-ink-3">{item.term}</dt>
          <dd className={cx('min-w-0', item.mono && 'font-mono text-xs leading-5')}>
            {item.value === undefined || item.value === null || item.value === '' ? (
              <span className="text-ink-3">
                <span aria-hidden>–</span>
                <span className="sr-only">empty</span>
              </span>
            ) : (
              item.value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
