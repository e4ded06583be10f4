import type { SelectHTMLAttributes } from 'react'
import { cx } from './classes.ts'
import { controlLook, FieldFrame, useFieldWiring, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { controlHeights } from './text-field.tsx'

export type Choice = { value: string; label: string; disabled?: boolean | undefined }
export type ChoiceGroup = { group: string; choices: readonly Choice[] }

export type SelectFieldProps = FieldProps & {
  choices: ReadonlyArray<Choice | ChoiceGroup>
  /** The first line, with an empty value: what no choice means here ("Anyone", "Choose a state"). */
  none?: string | undefined
  size?: 'sm' | 'md' | 'lg' | undefined
} & Pick<SelectHTMLAttributes<HTMLSelectElement>, 'defaultValue' | 'value' | 'onChange' | 'autoComplete' | 'form'>

/** The browser's own select: right on every phone, with every keyboard, and without scripts. */
export function SelectField({ name, label, hint, error, required, disabled, id, labelHidden, choices, none, size = 'md', ...input }: SelectFieldProps) {
  const wiring = useFieldWiring({ id, hint, error })
  return (
    <FieldFrame wiring={wiring} label={label} hint={hint} required={required} labelHidden={labelHidden}>
      <span className="relative block">
        <select
          name={name}
          required={required}
          disabled={disabled}
          className={cx(controlLook, controlHeights[size], 'appearance-none truncate pe-8!')}
          {...wiring.control}
          {...input}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {choices.map((choice) =>
            'group' in choice ? (
              <optgroup key={choice.group} label={choice.group}>
                {choice.choices.map((one) => (
                  <ChoiceLine key={one.value} {...one} />
                ))}
              </optgroup>
            ) : (
              <ChoiceLine key={choice.value} {...choice} />
            ),
          )}
        </select>
        <Icon name="updown" size={14} className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-ink-3" />
      </span>
    </FieldFrame>
  )
}

function ChoiceLine({ value, label, disabled }: Choice) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  )
}
