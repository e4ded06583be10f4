/**
 * The mark: a wax seal's round edge broken by a signature that runs through it and back under itself.
 * Drawn on a 24 grid; takes its colour from the text around it.
 */
export function SealMark({ size = 20, label }: { size?: number; label?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path strokeWidth="1.9" d="M20.4 9.2A9 9 0 1 0 21 12" />
      <path strokeWidth="1.9" d="M6.6 13.9c1.5-5.4 4-6.2 4-3 0 2.3-1.3 4.6.2 4.6s1.7-3.1 3-3.1c1.1 0 .5 1.8 1.9 1.8 1.6 0 3.6-2.8 6.3-6.2" />
    </svg>
  )
}

/** The mark on its tile, as it stands before the product's name. */
export function SealTile({ size = 'md' }: { size?: 'md' | 'lg' }) {
  return (
    <span
      className={
        size === 'lg'
          ? 'grid size-10 flex-none place-items-center rounded-lg bg-accent text-on-accent'
          : 'grid size-7 flex-none place-items-center rounded-md bg-accent text-on-accent'
      }
    >
      <SealMark size={size === 'lg' ? 26 : 19} />
    </span>
  )
}
