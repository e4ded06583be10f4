import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Icon } from '../../../ui/icon.tsx'

/** How long nothing is typed before it is saved. */
const QUIET_MS = 900

/** What a step's action answers when it was sent by itself. */
export type SavedByItself = { readonly saved: { readonly tag: string } }

/**
 * A form that saves itself while it is filled in: whenever what stands in it would be accepted, a moment after the last
 * change. What would be refused waits for its person to finish. Secrets leave the fields once they are kept. Without scripts
 * it is a form with a button.
 */
export function SavingForm({ tag, ready, children }: { tag: string; ready: (form: FormData) => boolean; children: ReactNode }) {
  const fetcher = useFetcher<SavedByItself | Refused>()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const changed = useRef(false)
  const newest = useRef(tag)
  const { data, state } = fetcher
  const saved = data && 'saved' in data ? data.saved : null
  const refused = data && 'problem' in data ? data.problem : null

  const send = (): void => {
    if (!form.current || !changed.current || fetcher.state !== 'idle') return
    const typed = new FormData(form.current)
    if (!ready(typed)) return
    changed.current = false
    typed.set('tag', newest.current)
    typed.set('by', 'itself')
    fetcher.submit(typed as never, { method: 'post' }) // `as`: Remix's types want files left out, which this form has none of
  }

  useEffect(() => {
    newest.current = tag
  }, [tag])
  useEffect(() => {
    if (state !== 'idle') return
    if (saved) {
      newest.current = saved.tag
      if (!changed.current) for (const field of form.current?.querySelectorAll<HTMLInputElement>('input[name^="secret."]') ?? []) field.value = ''
    }
    send() // what was typed while the last one was under way
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each answer
  }, [state, data])
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <PostForm
      formRef={form}
      className="grid gap-6"
      onChange={() => {
        changed.current = true
        clearTimeout(timer.current)
        timer.current = setTimeout(send, QUIET_MS)
      }}
    >
      <input type="hidden" name="tag" value={saved && state === 'idle' ? saved.tag : tag} />
      {children}
      <p role="status" className="flex min-h-6 items-center gap-2 text-sm text-ink-2">
        {state !== 'idle' ? 'Saving …' : refused ? `Not saved: ${refused.detail}` : saved ? <><Icon name="check" className="text-ok" /> Saved</> : null}
      </p>
    </PostForm>
  )
}
