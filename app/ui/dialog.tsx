import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './classes.ts'

export type DialogProps = {
  title: string
  description?: ReactNode
  /** A Button; absent where `open` is driven from outside. */
  trigger?: ReactNode
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  children?: ReactNode
  /** Buttons, the primary one last. A form inside `children` brings its own. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg' | undefined
}

const scrim = 'fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear'

/** A question that must be answered before going on. It opens in the browser only: without scripts, link to a page instead. */
export function Dialog({ title, description, trigger, open, onOpenChange, children, footer, size = 'md' }: DialogProps) {
  const width = { sm: 'sm:max-w-96', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' }[size]
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx(
            'fixed z-50 flex max-h-[85dvh] flex-col bg-raised shadow-float outline-none data-[state=open]:animate-appear',
            'inset-x-0 bottom-0 rounded-t-xl sm:inset-x-4 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:rounded-xl',
            width,
          )}
        >
          <OverlayHead title={title} description={description} />
          <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Detail beside the list it came from; over all of the page on a phone. */
export function Drawer({ title, description, trigger, open, onOpenChange, children, footer }: Omit<DialogProps, 'size'>) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className="fixed inset-y-0 end-0 z-50 flex w-full max-w-120 flex-col bg-raised shadow-float outline-none data-[state=open]:animate-slide sm:inset-y-2 sm:end-2 sm:rounded-xl"
        >
          <OverlayHead title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <div className="flex flex-wrap gap-2 border-t border-line px-5 py-3">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Closes the dialog or drawer it stands in: `<DialogClose><Button type="button">Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>
}

function OverlayHead({ title, description }: Pick<DialogProps, 'title' | 'description'>) {
  return (
    <header className="flex items-start gap-3 border-b border-line py-3 ps-5 pe-3">
      <div className="grid flex-1 gap-0.5 pt-1">
        <Radix.Title className="text-md font-semibold">{title}</Radix.Title>
        {description ? <Radix.Description className="text-sm text-ink-2">{description}</Radix.Description> : null}
      </div>
      <Radix.Close asChild>
        <IconButton icon="close" label="Close" />
      </Radix.Close>
    </header>
  )
}
