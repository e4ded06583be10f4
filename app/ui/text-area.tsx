import type { TextareaHTMLAttributes } from 'react'
import { cx } from './classes.ts'
import { controlLook, FieldFrame, useFieldWiring, type FieldProps } from './field.tsx'

export type TextAreaProps = FieldProps & { mono?: boolean | undefined } & Pick<
    TextareaHTMLAttributes<HTMLTextAreaElement>,
    'defaultValue' | 'value' | 'onChange' | 'rows' | 'maxLength' | 'placeholder' | 'readOnly' | 'spellCheck' | 'autoFocus'
  >

export function TextArea({ name, label, hint, error, required, disabled, id, labelHidden, mono, rows = 4, ...input }: TextAreaProps) {
  const wiring = useFieldWiring({ id, hint, error })
  return (
    <FieldFrame wiring={wiring} label={label} hint={hint} required={required} labelHidden={labelHidden}>
      <textarea
        name={name}
        rows={rows}
        required={required}
        disabled={disabled}
        className={cx(controlLook, 'field-sizing-content min-h-20 px-2.5 py-1.75', mono && 'font-mono')}
        {...wiring.control}
        {...input}
      />
    </FieldFrame>
  )
}
