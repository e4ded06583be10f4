import { policyFields, presets, type PolicyKey, type PresetName } from '../../../worker/core/tenancy/contract.ts'
import { cx } from '../../ui/classes.ts'
import { controlLook, FieldNotes, useFieldWiring } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { choiceWords, fieldName, floorWords, rangeOf } from './policy-words.ts'

export type PolicyFieldProps = {
  field: PolicyKey
  preset: string
  /** The value in force. */
  kept: string | number
  typed?: string | undefined
  error?: string | undefined
}

/** One value on one line: what it is and how far it may go, then the value itself. */
export function PolicyField({ field: key, preset, kept, typed, error }: PolicyFieldProps) {
  const field = policyFields[key]
  const floor = presets[preset as PresetName]?.[key] // `as`: an unknown preset has no values to differ from
  const wiring = useFieldWiring({ id: `policy-${key.replaceAll('.', '-')}`, hint: 'always', error })
  return (
    <div className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-0 sm:grid-cols-[minmax(0,1fr)_15.5rem]">
      <div className="grid content-start gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <label htmlFor={wiring.id} className="text-sm font-medium">
            {field.says}
          </label>
          {floor !== undefined && floor !== kept ? <StatusChip tone="ok">own choice</StatusChip> : null}
        </div>
        <p id={`${wiring.id}-hint`} className="text-sm text-ink-2">
          {sentence(floorWords(preset, key))} <span className="font-mono text-2xs whitespace-nowrap text-ink-3">{field.source}</span>
        </p>
      </div>
      <div className="grid content-start gap-1.5">
        <Control field={key} preset={preset} shown={typed ?? String(kept)} control={wiring.control} />
        <FieldNotes wiring={wiring} />
      </div>
    </div>
  )
}

type ControlProps = { field: PolicyKey; preset: string; shown: string; control: ReturnType<typeof useFieldWiring>['control'] }

function Control({ field: key, preset, shown, control }: ControlProps) {
  const field = policyFields[key]
  const range = rangeOf(preset, key)
  return (
    <span className="relative block">
      {'min' in range ? (
        <>
          <input {...control} type="number" inputMode="numeric" name={fieldName(key)} min={range.min} max={range.max} step={1} required defaultValue={shown} className={cx(controlLook, 'h-9 ps-2.5 pe-24')} />
          <span className="pointer-events-none absolute inset-y-0 end-2.5 flex items-center text-sm text-ink-3">{field.kind === 'number' ? field.unit : null}</span>
        </>
      ) : (
        <>
          <select {...control} name={fieldName(key)} defaultValue={shown} className={cx(controlLook, 'h-9 appearance-none truncate ps-2.5 pe-8')}>
            {range.options.map(({ value, looser }) => (
              <option key={value} value={value} disabled={looser}>
                {choiceWords(key, value)}
                {looser ? ' (looser than the preset)' : ''}
              </option>
            ))}
          </select>
          <Icon name="updown" size={14} className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-ink-3" />
        </>
      )}
    </span>
  )
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
