import { useEffect, type RefObject } from 'react'

/** Closes an open `<details>` on Escape, on a press outside it and on following a link inside, as a menu would. */
export function useClosing(box: RefObject<HTMLDetailsElement>): void {
  useEffect(() => {
    const onPress = (press: MouseEvent) => {
      const own = box.current
      if (!own?.open || !(press.target instanceof Element)) return
      if (!own.contains(press.target) || press.target.closest('a')) own.open = false
    }
    const onKey = (press: KeyboardEvent) => {
      const own = box.current
      if (press.key !== 'Escape' || !own?.open) return
      own.open = false
      own.querySelector('summary')?.focus()
    }
    document.addEventListener('click', onPress)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('click', onPress)
      document.removeEventListener('keydown', onKey)
    }
  }, [box])
}
