import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { FieldNotes, useFieldWiring, type FieldProps } from './field.tsx'

export type RadioGroupProps = Omit<FieldProps, 'labelHidden'> & {
  choices: ReadonlyArray<{ value: string; label: string; hint?: ReactNode; disabled?: boolean | undefined }>
  defaultValue?: string | undefined
  onChange?: ((value: string) => void) | undefined
  /** `cards` gives each choice a frame: for a choice that deserves a sentence. */
  look?: 'list' | 'cards' | undefined
}

export function RadioGroup({ name, label, hint, error, required, disabled, id, choices, defaultValue, onChange, look = 'list' }: RadioGroupProps) {
  const wiring = useFieldWiring({ id, hint, error })
  const cards = look === 'cards'
  return (
    <fieldset className="grid gap-2" id={wiring.id} disabled={disabled} aria-describedby={wiring.control['aria-describedby']}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid gap-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={cx(
              'grid min-h-6 grid-cols-[1.0625rem_1fr] items-start gap-x-2.5 text-sm',
              cards &&
                'rounded-lg border border-line-2 bg-panel px-3.5 py-3 transition-colors hover:border-field has-checked:border-accent has-checked:bg-selected has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
            )}
          >
            <span className="flex h-5 items-center">
              <input
                type="radio"
                name={name}
                value={choice.value}
                required={required}
                disabled={choice.disabled}
                defaultChecked={choice.value === defaultValue}
                aria-invalid={wiring.control['aria-invalid']}
                onChange={onChange ? () => onChange(choice.value) : undefined}
                className="cs-tick"
              />
            </span>
            <span>
              <span className={cards ? 'font-medium' : undefined}>{choice.label}</span>
              {choice.hint ? <span className="block text-ink-2">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes wiring={wiring} hint={hint} />
    </fieldset>
  )
}
