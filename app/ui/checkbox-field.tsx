import type { InputHTMLAttributes } from 'react'
import { FieldNotes, useFieldWiring, type FieldProps } from './field.tsx'

export type CheckboxFieldProps = FieldProps & { value?: string | undefined } & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'defaultChecked' | 'checked' | 'onChange' | 'form'
  >

/** One yes. An unticked box sends nothing, as HTML has it: read absence as no. */
export function CheckboxField({ name, label, hint, error, required, disabled, id, value = 'yes', ...input }: CheckboxFieldProps) {
  const wiring = useFieldWiring({ id, hint, error })
  return (
    <div className="grid grid-cols-[1.0625rem_1fr] gap-x-2.5 gap-y-1">
      <span className="flex h-6 items-center">
        <input type="checkbox" name={name} value={value} required={required} disabled={disabled} className="cs-tick" {...wiring.control} {...input} />
      </span>
      <label htmlFor={wiring.id} className="flex min-h-6 items-center text-sm font-medium">
        {label}
      </label>
      <div className="col-start-2 grid gap-1 empty:hidden">
        <FieldNotes wiring={wiring} hint={hint} />
      </div>
    </div>
  )
}

export type CheckboxGroupProps = Omit<FieldProps, 'required' | 'labelHidden'> & {
  choices: ReadonlyArray<{ value: string; label: string; hint?: string | undefined; disabled?: boolean | undefined }>
  defaultValues?: readonly string[] | undefined
  columns?: 1 | 2 | 3 | undefined
}

/** Several yeses under one name: the form sends the name once for each. */
export function CheckboxGroup({ name, label, hint, error, disabled, id, choices, defaultValues = [], columns = 1 }: CheckboxGroupProps) {
  const wiring = useFieldWiring({ id, hint, error })
  const grid = { 1: 'grid gap-2', 2: 'grid gap-2 sm:grid-cols-2', 3: 'grid gap-2 sm:grid-cols-2 lg:grid-cols-3' }[columns]
  return (
    <fieldset className="grid gap-2" id={wiring.id} disabled={disabled} aria-describedby={wiring.control['aria-describedby']}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className={grid}>
        {choices.map((choice) => (
          <label key={choice.value} className="grid min-h-6 grid-cols-[1.0625rem_1fr] items-start gap-x-2.5 text-sm">
            <span className="flex h-5 items-center">
              <input
                type="checkbox"
                name={name}
                value={choice.value}
                defaultChecked={defaultValues.includes(choice.value)}
                disabled={choice.disabled}
                className="cs-tick"
              />
            </span>
            <span>
              {choice.label}
              {choice.hint ? <span className="block text-ink-2">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes wiring={wiring} hint={hint} />
    </fieldset>
  )
}
