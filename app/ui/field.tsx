import { useId, type ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'

/** What every field has: a name on the wire, a label in words, and at most one error, shown beside it. */
export type FieldProps = {
  name: string
  label: string
  hint?: ReactNode
  /** Says what is wrong and what was typed; a list shows its first. */
  error?: string | readonly string[] | undefined
  required?: boolean | undefined
  disabled?: boolean | undefined
  /** Fixed where an error summary must be able to link to the field. */
  id?: string | undefined
  /** The label is read out but not drawn: only where the place makes it plain (a filter bar). */
  labelHidden?: boolean | undefined
}

export type FieldWiring = {
  id: string
  error: string | undefined
  control: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }
}

/** Ids that tie label, hint and error to one control (WCAG 1.3.1, 3.3.1). */
export function useFieldWiring({ id, hint, error }: Pick<FieldProps, 'id' | 'hint' | 'error'>): FieldWiring {
  const made = useId()
  const own = id ?? made
  const first = typeof error === 'string' ? error : error?.[0]
  const described = [first ? `${own}-error` : '', hint ? `${own}-hint` : ''].filter(Boolean).join(' ')
  return {
    id: own,
    error: first || undefined,
    control: { id: own, 'aria-describedby': described || undefined, 'aria-invalid': first ? true : undefined },
  }
}

/** Draws label above, hint and error below. The error comes first: it is why the reader is here. */
export function FieldFrame({
  wiring,
  label,
  hint,
  required,
  labelHidden,
  aside,
  children,
}: Pick<FieldProps, 'label' | 'hint' | 'required' | 'labelHidden'> & { wiring: FieldWiring; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <div className={cx('flex items-baseline gap-2', labelHidden && 'sr-only')}>
        <label htmlFor={wiring.id} className="text-sm font-medium text-ink">
          {label}
        </label>
        {required === false ? <span className="text-xs text-ink-3">optional</span> : null}
        {aside ? <span className="ms-auto text-xs">{aside}</span> : null}
      </div>
      {children}
      <FieldNotes wiring={wiring} hint={hint} />
    </div>
  )
}

export function FieldNotes({ wiring, hint }: { wiring: FieldWiring; hint?: ReactNode }) {
  return (
    <>
      {wiring.error ? (
        <p id={`${wiring.id}-error`} className="flex gap-1.5 text-sm text-bad">
          <Icon name="problem" size={14} className="mt-0.75" />
          <span>{wiring.error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${wiring.id}-hint`} className="text-sm text-ink-2">
          {hint}
        </p>
      ) : null}
    </>
  )
}

/** The box you type in. 16 px on touch screens, or iOS zooms the page; 14 on the desktop. */
export const controlLook = cx(
  'w-full rounded-md border border-field bg-panel text-ink shadow-button placeholder:text-ink-3',
  'text-[1rem] md:text-base hover:border-ink-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-focus/35',
  'aria-invalid:border-bad disabled:bg-sunk disabled:text-ink-3 [&[readonly]]:bg-sunk',
)
