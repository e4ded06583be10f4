import type { InputHTMLAttributes, ReactNode } from 'react'
import { cx } from './classes.ts'
import { controlLook, FieldFrame, useFieldWiring, type FieldProps } from './field.tsx'

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'date' | 'time' | 'datetime-local' | undefined
  /** For what is compared figure by figure: account numbers, codes, keys. */
  mono?: boolean | undefined
  size?: 'sm' | 'md' | 'lg' | undefined
  prefix?: ReactNode
  suffix?: ReactNode
} & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    | 'defaultValue' | 'value' | 'onChange' | 'onBlur' | 'autoComplete' | 'autoFocus' | 'inputMode' | 'placeholder' | 'maxLength' | 'minLength'
    | 'pattern' | 'min' | 'max' | 'step' | 'readOnly' | 'spellCheck' | 'autoCapitalize' | 'list' | 'form'
  >

export const controlHeights = { sm: 'h-8 px-2.5', md: 'h-9 px-2.5', lg: 'h-10.5 px-3' }

export function TextField({ name, label, hint, error, required, disabled, id, labelHidden, mono, size = 'md', prefix, suffix, ...input }: TextFieldProps) {
  const wiring = useFieldWiring({ id, hint, error })
  const box = (
    <input
      name={name}
      required={required}
      disabled={disabled}
      className={cx(controlLook, controlHeights[size], mono && 'font-mono', Boolean(prefix) && (typeof prefix === 'string' && prefix.length > 1 ? 'ps-14' : 'ps-8'), Boolean(suffix) && 'pe-16')}
      {...wiring.control}
      {...input}
    />
  )
  return (
    <FieldFrame wiring={wiring} label={label} hint={hint} required={required} labelHidden={labelHidden}>
      {prefix || suffix ? (
        <span className="relative block">
          {prefix ? <span className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-sm text-ink-3">{prefix}</span> : null}
          {box}
          {suffix ? <span className="pointer-events-none absolute inset-y-0 end-2.5 flex items-center text-sm text-ink-3">{suffix}</span> : null}
        </span>
      ) : (
        box
      )}
    </FieldFrame>
  )
}

/** A code typed from a phone or a mail. Autofill by the system works, paste works, and no figure is split from its neighbours (WCAG 3.3.8). */
export function CodeField({ digits = 6, ...props }: Omit<TextFieldProps, 'mono' | 'type'> & { digits?: number | undefined }) {
  return <TextField mono size="lg" inputMode="numeric" autoComplete="one-time-code" maxLength={digits + 2} spellCheck={false} {...props} />
}
