import { forwardRef, type ButtonHTMLAttributes, type ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Anchor, type AnchorProps } from './links.tsx'

export type ButtonLook = {
  /** One `primary` to a view. `danger` is for what cannot be undone; `quiet` has no border. */
  tone?: 'plain' | 'primary' | 'danger' | 'quiet' | undefined
  /** 26, 32 and 42 px high: never under the 24 of WCAG 2.5.8. */
  size?: 'sm' | 'md' | 'lg' | undefined
  icon?: IconName | undefined
  wide?: boolean | undefined
}

const tones = {
  plain: 'border-line-2 bg-panel text-ink shadow-button hover:bg-hover',
  primary: 'border-accent bg-accent text-on-accent shadow-button hover:bg-accent-hover hover:border-accent-hover',
  danger: 'border-bad bg-bad text-on-bad shadow-button hover:bg-bad-hover hover:border-bad-hover',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
}
const sizes = { sm: 'h-6.5 px-2 gap-1.5 text-xs', md: 'h-8 px-3 gap-2 text-sm', lg: 'h-10.5 px-4 gap-2 text-md' }

/** The classes of a button, for the rare element that must look like one (a summary, a label). */
export function buttonLook({ tone = 'plain', size = 'md', wide }: ButtonLook = {}): string {
  return cx(
    'inline-flex select-none items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors duration-100',
    'disabled:opacity-50 disabled:shadow-none aria-disabled:opacity-50',
    tones[tone],
    sizes[size],
    wide && 'w-full',
  )
}

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style' | 'className'> &
  ButtonLook & { children: ReactNode; busy?: boolean | undefined }

/** `busy` keeps the width and the focus, says so to assistive technology, and refuses a second press. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { tone, size, icon, wide, busy, children, type = 'submit', onClick, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type={type}
      className={buttonLook({ tone, size, wide })}
      {...(busy ? { 'aria-disabled': true, 'aria-busy': true } : {})}
      onClick={busy ? (press) => press.preventDefault() : onClick}
      {...rest}
    >
      {busy ? <Spinner /> : icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  )
})

export type LinkButtonProps = Omit<AnchorProps, 'className'> & ButtonLook & { children: ReactNode }

/** Goes somewhere; a button does something. They look alike and never change places. */
export function LinkButton({ tone, size, icon, wide, children, ...rest }: LinkButtonProps) {
  return (
    <Anchor className={buttonLook({ tone, size, wide })} {...rest}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </Anchor>
  )
}

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style' | 'className' | 'aria-label'> & {
  icon: IconName
  label: string
  size?: 'sm' | 'md'
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, size = 'md', type = 'button', ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid flex-none place-items-center rounded-md text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink disabled:opacity-50',
        size === 'sm' ? 'size-6.5' : 'size-8',
      )}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  )
})

function Spinner() {
  return (
    <svg className="size-4 flex-none animate-spin" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
      <circle cx="8" cy="8" r="5.5" opacity="0.25" />
      <path d="M13.5 8A5.5 5.5 0 0 0 8 2.5" strokeLinecap="round" />
    </svg>
  )
}
