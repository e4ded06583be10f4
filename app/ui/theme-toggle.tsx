import { useState } from 'react'
import { cx } from './classes.ts'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'
import { chooseTheme, chosenTheme, type ThemeChoice } from './theme.ts'

const choices = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'system', label: 'As the system', icon: 'contrast' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
] as const

/** Three buttons of which one is pressed. Without scripts there is nothing to choose: the system's theme holds. */
export function ThemeToggle() {
  return useHydrated() ? <Buttons /> : <span className="block h-7.5" />
}

function Buttons() {
  const [chosen, setChosen] = useState<ThemeChoice>(chosenTheme)
  return (
    <div role="group" aria-label="Theme" className="inline-flex rounded-md border border-line bg-sunk p-px">
      {choices.map(({ value, label, icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === value}
          aria-label={label}
          title={label}
          onClick={() => {
            chooseTheme(value)
            setChosen(value)
          }}
          className={cx(
            'grid h-6.5 w-8 place-items-center rounded-sm',
            chosen === value ? 'bg-panel text-ink shadow-[0_0_0_1px_var(--color-line-2)]' : 'text-ink-3 hover:text-ink',
          )}
        >
          <Icon name={icon} size={15} />
        </button>
      ))}
    </div>
  )
}
