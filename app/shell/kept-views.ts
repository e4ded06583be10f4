import { useMemo, useSyncExternalStore } from 'react'
import { z } from 'zod'

const View = z.object({ name: z.string().trim().min(1).max(40), query: z.string().min(1).max(600) })
/** A saved view: a name and the query string of a page. */
export type View = z.output<typeof View>

const MOST = 20
const changed = 'views-changed'

/** The saved views of one person in one tenant for one page, kept by this browser (docs/decisions/0011). */
export function useKeptViews(whose: string, page: string): { views: readonly View[]; keep: (view: View) => void; drop: (name: string) => void } {
  const key = `views ${whose} ${page}`
  const raw = useSyncExternalStore(subscribe, () => read(key), () => '')
  const views = useMemo(() => viewsIn(raw), [raw])
  return {
    views,
    // Under a name that there is already, the new one takes the old one's place.
    keep: (view) => write(key, [...viewsIn(read(key)).filter(({ name }) => name !== view.name), View.parse(view)].slice(-MOST)),
    drop: (name) => write(key, viewsIn(read(key)).filter((each) => each.name !== name)),
  }
}

/** What somebody else wrote under this key is no view. */
function viewsIn(raw: string): View[] {
  try {
    return z.array(View).max(MOST).parse(JSON.parse(raw))
  } catch {
    return []
  }
}

/** Where the browser keeps nothing (a private window, a full disk) there are no saved views; the address still is one. */
function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function write(key: string, views: readonly View[]): void {
  try {
    if (views.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(views))
  } catch {
    return
  }
  window.dispatchEvent(new Event(changed))
}

function subscribe(tell: () => void): () => void {
  window.addEventListener('storage', tell)
  window.addEventListener(changed, tell)
  return () => {
    window.removeEventListener('storage', tell)
    window.removeEventListener(changed, tell)
  }
}
