import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** A few words on hover and focus. Never the only place they are said: touch has no hover. */
export function Tooltip({ words, children, side = 'top' }: { words: ReactNode; children: ReactNode; side?: 'top' | 'right' | 'bottom' }) {
  return (
    <Radix.Provider delayDuration={350}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-xs text-pretty text-bg"
          >
            {words}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
