import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Anchor } from './links.tsx'

type Common = { label: string; icon?: IconName | undefined; tone?: 'bad' | undefined; disabled?: boolean | undefined }

/** A line of a menu: goes somewhere, submits a form that stands on the page, or calls back. */
export type MenuItem = Common & ({ href: string; reload?: boolean } | { form: string; name?: string; value?: string } | { onSelect: () => void })

export type MenuProps = {
  /** Names the button when there is no `trigger`, and the menu always. */
  label: string
  /** Groups, drawn with a line between them. */
  groups: ReadonlyArray<readonly MenuItem[]>
  trigger?: ReactNode
  align?: 'start' | 'end' | undefined
}

/** Less used actions of one thing. Never the only way to the main one. */
export function Menu({ label, groups, trigger, align = 'end' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger ?? <IconButton icon="more" size="sm" label={label} />}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={5} collisionPadding={8} aria-label={label} className={menuPanel}>
          {groups.map((items, at) => (
            <Fragment key={items[0]?.label ?? at}>
              {at > 0 ? <Radix.Separator className="my-1 h-px bg-line" /> : null}
              {items.map((item) => (
                <MenuLine key={item.label} item={item} />
              ))}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const menuPanel = 'z-50 min-w-44 max-w-80 rounded-lg bg-raised p-1 shadow-float outline-none data-[state=open]:animate-appear'
export const menuLine =
  'flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.25 text-start text-sm outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50'

function MenuLine({ item }: { item: MenuItem }) {
  const look = cx(menuLine, item.tone === 'bad' ? 'text-bad' : 'text-ink')
  const inside = (
    <>
      {item.icon ? <Icon name={item.icon} className={item.tone === 'bad' ? undefined : 'text-ink-3'} /> : null}
      {item.label}
    </>
  )
  if ('href' in item) {
    return (
      <Radix.Item asChild disabled={item.disabled}>
        <Anchor href={item.href} reload={item.reload} className={look}>
          {inside}
        </Anchor>
      </Radix.Item>
    )
  }
  if ('form' in item) {
    return (
      <Radix.Item asChild disabled={item.disabled}>
        <button type="submit" form={item.form} name={item.name} value={item.value} className={look}>
          {inside}
        </button>
      </Radix.Item>
    )
  }
  return (
    <Radix.Item className={look} disabled={item.disabled} onSelect={item.onSelect}>
      {inside}
    </Radix.Item>
  )
}
