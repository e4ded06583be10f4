import { useMatches } from '@remix-run/react'
import { Breadcrumbs, type Crumb } from '../ui/page-header.tsx'

/** What a route module may export as `handle`: the steps it adds to the way shown in the bar, from its loader's data. */
export type PageHandle<Loaded = unknown> = { crumbs: (loaded: Loaded) => readonly Crumb[] }

/** The way to this page, put together from the matched routes, outermost first. */
export function PageCrumbs() {
  const crumbs = useMatches().flatMap(({ handle, data }) => (hasCrumbs(handle) ? handle.crumbs(data) : []))
  return crumbs.length > 0 ? <Breadcrumbs crumbs={crumbs} /> : null
}

function hasCrumbs(handle: unknown): handle is PageHandle {
  return typeof handle === 'object' && handle !== null && 'crumbs' in handle && typeof handle.crumbs === 'function'
}
