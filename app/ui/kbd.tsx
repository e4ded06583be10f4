/** One key, or keys pressed together, as printed on them. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border border-line-2 bg-sunk px-1 text-2xs leading-none text-ink-3">
      {children}
    </kbd>
  )
}
