import type { KeyboardEvent } from 'react'

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  j: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  k: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
}

/**
 * Moves the focus from row to row while it is on a row's link; Enter is the link's own. Letters count only there, so
 * no single key acts elsewhere on the page (WCAG 2.1.4).
 */
export function moveBetweenRows(press: KeyboardEvent<HTMLElement>): void {
  const step = steps[press.key]
  if (!step || press.ctrlKey || press.metaKey || press.altKey) return
  const links = [...press.currentTarget.querySelectorAll<HTMLElement>('.cs-row-link')]
  const at = links.findIndex((link) => link === press.target)
  if (at < 0) return
  press.preventDefault()
  links[step(at, links.length - 1)]?.focus()
}
