import { cx } from './classes.ts'
import { CopyButton } from './copy-button.tsx'

export type CodeBlockProps = {
  /** What the text is: "Command", "Checkpoint", "Recovery codes". */
  label: string
  text: string
  /** Long lines break instead of scrolling: for keys and hashes. */
  wrap?: boolean | undefined
  labelHidden?: boolean | undefined
}

/** Text to be taken away exactly as it is. */
export function CodeBlock({ label, text, wrap, labelHidden }: CodeBlockProps) {
  return (
    <figure className="relative min-w-0 rounded-md border border-line bg-sunk">
      <figcaption
        className={labelHidden ? 'sr-only' : 'flex min-h-8 items-center border-b border-line ps-3 pe-10 text-xs text-ink-3'}
      >
        {label}
      </figcaption>
      <span className="absolute end-1 top-0.75">
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </span>
      {/* A region that scrolls must be reachable with the keyboard. */}
      <pre
        tabIndex={wrap ? undefined : 0}
        aria-label={wrap ? undefined : label}
        role={wrap ? undefined : 'region'}
        className={cx('px-3 py-2 text-xs leading-5', labelHidden && 'pe-10', wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'overflow-x-auto')}
      >
        <code>{text}</code>
      </pre>
    </figure>
  )
}
