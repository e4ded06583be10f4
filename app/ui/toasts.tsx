import { Toast as Radix } from 'radix-ui'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { cx } from './classes.ts'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'

export type ToastWords = {
  title: string
  detail?: string | undefined
  tone?: 'ok' | 'bad' | undefined
  /** Undo, usually. While it is offered the toast stays longer. */
  action?: { label: string; onPress: () => void } | undefined
}

type Shown = ToastWords & { id: number; open: boolean }

const ToastContext = createContext<(words: ToastWords) => void>(() => {})

/** Says that something is done. What went wrong with a form stands in the form instead. */
export function useToast(): (words: ToastWords) => void {
  return useContext(ToastContext)
}

/**
 * Where toasts appear. It mounts in the browser only, because its viewport carries inline styles that our
 * Content-Security-Policy refuses in server HTML. `flash` is a message the server sent along with this page.
 */
export function ToastRegion({ children, flash }: { children: ReactNode; flash?: ToastWords | undefined }) {
  const [shown, setShown] = useState<Shown[]>([])
  const nextId = useRef(0)
  const hydrated = useHydrated()
  const show = useCallback((words: ToastWords) => {
    nextId.current += 1
    setShown((all) => [...all.slice(-3), { ...words, id: nextId.current, open: true }])
  }, [])
  const close = (id: number) => setShown((all) => all.map((one) => (one.id === id ? { ...one, open: false } : one)))

  const said = useMemo(() => JSON.stringify(flash ?? null), [flash])
  useEffect(() => {
    if (flash) show(flash)
    // The same words again are the same message: a reload of the page's data must not repeat them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [said, show])

  return (
    <ToastContext.Provider value={show}>
      {children}
      {hydrated ? (
        <Radix.Provider swipeDirection="right" label="Notification">
          {shown.map((toast) => (
            <Radix.Root
              key={toast.id}
              open={toast.open}
              onOpenChange={(open) => (open ? undefined : close(toast.id))}
              type={toast.tone === 'bad' ? 'foreground' : 'background'}
              duration={toast.action ? 12_000 : 6_000}
              className="flex items-start gap-3 rounded-lg bg-raised py-2.5 ps-3.5 pe-2 shadow-float data-[state=open]:animate-slide data-[swipe=end]:hidden"
            >
              <Icon name={toast.tone === 'bad' ? 'problem' : 'done'} className={cx('mt-1.5', toast.tone === 'bad' ? 'text-bad' : 'text-ok')} />
              <div className="grid min-w-0 flex-1 gap-0.5 py-1 text-sm">
                <Radix.Title className="font-medium">{toast.title}</Radix.Title>
                {toast.detail ? <Radix.Description className="text-ink-2">{toast.detail}</Radix.Description> : null}
              </div>
              {toast.action ? (
                <Radix.Action asChild altText={toast.action.label}>
                  <Button type="button" size="sm" onClick={toast.action.onPress}>
                    {toast.action.label}
                  </Button>
                </Radix.Action>
              ) : null}
              <Radix.Close asChild>
                <IconButton icon="close" size="sm" label="Dismiss" />
              </Radix.Close>
            </Radix.Root>
          ))}
          <Radix.Viewport className="fixed end-3 bottom-3 z-60 grid w-88 max-w-[calc(100vw-1.5rem)] gap-2 outline-none" />
        </Radix.Provider>
      ) : null}
    </ToastContext.Provider>
  )
}
