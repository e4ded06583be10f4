import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { useHydrated } from '../ui/hydrated.ts'
import { Notice } from '../ui/notice.tsx'
import { useToast } from '../ui/toasts.tsx'
import { PostForm, useTokenPost } from './post-form.tsx'

export type DoneProps = {
  /** What was done, to what. The same words for the same thing are said once. */
  title: string
  detail?: string | undefined
  /** The form that takes it back: where it goes and what it says. */
  undo?: { action: string; fields: Record<string, string> } | undefined
}

/** Says that something is done, with the way back: in a toast where scripts run, else in the page with the same form behind its button. */
export function Done({ title, detail, undo }: DoneProps) {
  const hydrated = useHydrated()
  const toast = useToast()
  const post = useTokenPost()
  const way = undo ? `${undo.action} ${new URLSearchParams(undo.fields)}` : ''
  useEffect(() => {
    toast({ title, detail, ...(undo ? { action: { label: 'Undo', onPress: () => post(undo.action, undo.fields) } } : {}) })
    // Said again only when something else was done: the functions and the object are new with every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [title, way])
  if (hydrated) return null
  return (
    <Notice
      tone="ok"
      title={title}
      live
      action={
        undo ? (
          <PostForm action={undo.action}>
            {Object.entries(undo.fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <Button size="sm">Undo</Button>
          </PostForm>
        ) : undefined
      }
    >
      {detail}
    </Notice>
  )
}
