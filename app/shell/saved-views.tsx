import { createContext, useContext, useState, type FormEvent } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { cx } from '../ui/classes.ts'
import { useHydrated } from '../ui/hydrated.ts'
import { Anchor } from '../ui/links.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useToast } from '../ui/toasts.tsx'
import { useKeptViews } from './kept-views.ts'

const WhoseContext = createContext('')

/** Stands around every signed-in page: whose saved views they are, as tenant and person. */
export const WhoseProvider = WhoseContext.Provider

export type SavedViewsProps = {
  /** The page's own path. */
  page: string
  /** Views that everybody begins with. */
  presets?: readonly { label: string; query: string }[] | undefined
  /** The filters on screen as a query string, empty for none. */
  query: string
}

const noPresets: NonNullable<SavedViewsProps['presets']> = []

/** Views of a list by name: each is a link to an address, and the one on screen can be kept under a name of one's own. */
export function SavedViews({ page, presets = noPresets, query }: SavedViewsProps) {
  const { views, keep, drop } = useKeptViews(useContext(WhoseContext), page)
  const [naming, setNaming] = useState(false)
  const hydrated = useHydrated()
  const toast = useToast()
  const known = [...presets.map((preset) => preset.query), ...views.map((view) => view.query)].includes(query)
  const maySave = hydrated && query !== '' && !known

  const save = (typed: FormEvent<HTMLFormElement>) => {
    typed.preventDefault()
    const name = String(new FormData(typed.currentTarget).get('view') ?? '').trim()
    if (name === '') return
    keep({ name, query })
    setNaming(false)
  }
  const remove = (name: string, kept: string) => {
    drop(name)
    toast({ title: `The view ${name} is gone`, action: { label: 'Undo', onPress: () => keep({ name, query: kept }) } })
  }

  if (presets.length === 0 && views.length === 0 && !maySave) return null
  return (
    <nav aria-label="Views" className="flex flex-wrap items-center gap-1 text-sm">
      {presets.map((preset) => (
        <ViewLink key={preset.label} href={hrefOf(page, preset.query)} current={preset.query === query}>
          {preset.label}
        </ViewLink>
      ))}
      {views.map((view) => (
        <span key={view.name} className="inline-flex items-center">
          <ViewLink href={hrefOf(page, view.query)} current={view.query === query}>
            {view.name}
          </ViewLink>
          <IconButton icon="close" size="sm" label={`Remove the view ${view.name}`} onClick={() => remove(view.name, view.query)} />
        </span>
      ))}
      {maySave && !naming ? (
        <Button type="button" size="sm" tone="quiet" icon="plus" onClick={() => setNaming(true)}>
          Save this view
        </Button>
      ) : null}
      {maySave && naming ? (
        <form onSubmit={save} className="flex items-center gap-1.5">
          <TextField name="view" label="Name of the view" labelHidden size="sm" placeholder="Name of the view" maxLength={40} required autoFocus autoComplete="off" />
          <Button size="sm">Save</Button>
          <Button type="button" size="sm" tone="quiet" onClick={() => setNaming(false)}>
            Rather not
          </Button>
        </form>
      ) : null}
    </nav>
  )
}

/** Through URLSearchParams: what a browser kept can name parameters of this page and nothing else. */
const hrefOf = (page: string, query: string): string => (query === '' ? page : `${page}?${new URLSearchParams(query)}`)

function ViewLink({ href, current, children }: { href: string; current: boolean; children: string }) {
  return (
    <Anchor
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cx('inline-flex h-7 items-center rounded-md px-2.5 whitespace-nowrap', current ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink')}
    >
      {children}
    </Anchor>
  )
}
