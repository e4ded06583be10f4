import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Anchor, GetForm } from './links.tsx'

export type FilterBarProps = {
  /** What is being filtered: the name of the search landmark. */
  label: string
  /** The page's own path. */
  action: string
  /** Fields with `size="sm"` and `labelHidden`; selects apply themselves, the rest on Enter. */
  children: ReactNode
  /** Parameters that are not filters but must survive (`sort`). */
  keep?: Record<string, string | undefined> | undefined
  /** What is on, each with the URL of the page without it. */
  active?: ReadonlyArray<{ label: string; without: string }> | undefined
  /** "1,204 entries". Read out when it changes. */
  summary?: ReactNode
  /** Exports and the like. */
  actions?: ReactNode
}

/** Filters are a GET form: every view of the list is an address that can be sent to a colleague. */
export function FilterBar({ label, action, children, keep = {}, active = [], summary, actions }: FilterBarProps) {
  const form = useRef<HTMLFormElement>(null)

  // Fields left empty stay out of the address, with or without the router.
  useEffect(() => {
    const own = form.current
    const trim = (event: FormDataEvent) => {
      for (const [name, value] of Array.from(event.formData)) if (value === '') event.formData.delete(name)
    }
    own?.addEventListener('formdata', trim)
    return () => own?.removeEventListener('formdata', trim)
  }, [])

  const applySelects = (change: FormEvent<HTMLFormElement>) => {
    if (change.target instanceof HTMLSelectElement) change.currentTarget.requestSubmit()
  }

  return (
    <div className="grid gap-2.5">
      <div role="search" aria-label={label} className="flex flex-wrap items-center gap-2">
        <GetForm action={action} formRef={form} onChange={applySelects} className="contents">
          {Object.entries(keep).map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
          <div className="flex flex-wrap items-center gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:[&>*:has(input)]:col-span-2 sm:[&>*]:min-w-34">{children}</div>
          <Button icon="filter">Apply</Button>
        </GetForm>
        {actions ? <div className="ms-auto flex flex-wrap gap-2 max-sm:ms-0">{actions}</div> : null}
      </div>
      {active.length > 0 || summary ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          {active.map((one) => (
            <Anchor
              key={one.label}
              href={one.without}
              aria-label={`Remove filter: ${one.label}`}
              className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line-2 bg-panel ps-2.5 pe-1.5 text-xs font-medium hover:bg-hover"
            >
              {one.label}
              <Icon name="close" size={12} className="text-ink-3" />
            </Anchor>
          ))}
          {active.length > 1 ? (
            <Anchor href={action} className="text-link inline-flex min-h-6 items-center text-xs">
              Clear all
            </Anchor>
          ) : null}
          {summary ? (
            <span className="text-ink-3" role="status">
              {summary}
            </span>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
