import { useState, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './classes.ts'
import { controlLook, FieldFrame, useFieldWiring, type FieldProps } from './field.tsx'
import { useHydrated } from './hydrated.ts'
import { controlHeights } from './text-field.tsx'

export type PasswordFieldProps = FieldProps & {
  /** `current-password` to sign in, `new-password` to choose one: password managers go by it. */
  autoComplete: 'current-password' | 'new-password'
  minLength?: number | undefined
  autoFocus?: boolean | undefined
  /** Stands at the end of the label line: usually the way to a reset. */
  aside?: ReactNode
}

/** Can be read while it is typed once scripts run; paste and password managers are never in the way (WCAG 3.3.8). */
export function PasswordField({ name, label, hint, error, required, disabled, id, labelHidden, aside, ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const wiring = useFieldWiring({ id, hint, error })
  const hydrated = useHydrated()
  return (
    <FieldFrame wiring={wiring} label={label} hint={hint} required={required} labelHidden={labelHidden} aside={aside}>
      <span className="relative block">
        <input
          type={shown ? 'text' : 'password'}
          name={name}
          required={required}
          disabled={disabled}
          spellCheck={false}
          autoCapitalize="none"
          className={cx(controlLook, controlHeights.md, hydrated && 'pe-10')}
          {...wiring.control}
          {...input}
        />
        {hydrated ? (
          <span className="absolute inset-y-0 end-1 flex items-center">
            <IconButton
              icon={shown ? 'hide' : 'eye'}
              size="sm"
              label={shown ? 'Hide password' : 'Show password'}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          </span>
        ) : null}
      </span>
    </FieldFrame>
  )
}
