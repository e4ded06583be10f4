import { Command } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Kbd } from './kbd.tsx'

export type PaletteItem = {
  /** Unique; also what cmdk remembers the item by. */
  key: string
  group: string
  label: string
  icon?: IconName | undefined
  /** Where it is or what it does, in grey. */
  note?: string | undefined
  /** Other words people type for it. */
  keywords?: readonly string[] | undefined
  onSelect: () => void
}

/**
 * A button that looks like a search box, and what opens on it or on Ctrl/Cmd + K: everything the person may go to or do, found by a few letters.
 * `items` may depend on what is typed (`onType`), for results that come from the server.
 */
export function CommandPalette({ items, placeholder = 'Search or jump to', onType }: { items: readonly PaletteItem[]; placeholder?: string; onType?: (text: string) => void }) {
  const [open, setOpen] = useState(false)
  const hydrated = useHydrated()
  useEffect(() => {
    const toggle = (press: KeyboardEvent) => {
      if (press.key.toLowerCase() !== 'k' || !(press.metaKey || press.ctrlKey)) return
      press.preventDefault()
      setOpen((was) => !was)
    }
    document.addEventListener('keydown', toggle)
    return () => document.removeEventListener('keydown', toggle)
  }, [])
  if (!hydrated) return <span className="block h-8" />
  const groups = [...new Set(items.map((item) => item.group))]
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger className="inline-flex h-8 items-center gap-2 rounded-md border border-line-2 bg-panel px-2 text-sm text-ink-3 hover:border-field hover:text-ink-2 sm:w-60">
        <Icon name="search" size={15} />
        <span className="max-sm:sr-only">{placeholder}</span>
        <span className="ms-auto max-sm:hidden">
          <Kbd>{/Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</Kbd>
        </span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-140 overflow-hidden rounded-xl bg-raised shadow-float outline-none data-[state=open]:animate-appear"
        >
          <Radix.Title className="sr-only">{placeholder}</Radix.Title>
          <Command label={placeholder} loop>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Icon name="search" className="text-ink-3" />
              <Command.Input
                placeholder={placeholder}
                className="h-12 w-full bg-transparent text-[1rem] outline-none placeholder:text-ink-3 md:text-md"
                {...(onType ? { onValueChange: onType } : {})}
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[min(24rem,60dvh)] scroll-py-2 overflow-y-auto p-2">
              <Command.Empty className="px-3 py-8 text-center text-sm text-ink-2">Nothing by that name. Try fewer letters.</Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {items
                    .filter((item) => item.group === group)
                    .map((item) => (
                      <PaletteLine
                        key={item.key}
                        item={item}
                        onSelect={() => {
                          setOpen(false)
                          item.onSelect()
                        }}
                      />
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function PaletteLine({ item, onSelect }: { item: PaletteItem; onSelect: () => void }) {
  return (
    <Command.Item
      value={item.key}
      keywords={[item.label, item.group, ...(item.keywords ?? [])]}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover"
    >
      {item.icon ? <Icon name={item.icon} className="text-ink-3" /> : null}
      <span className="truncate">{item.label}</span>
      {item.note ? <span className="ms-auto truncate text-xs text-ink-3">{item.note}</span> : null}
    </Command.Item>
  )
}
