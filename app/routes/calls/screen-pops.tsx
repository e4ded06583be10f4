import { useRevalidator } from '@remix-run/react'
import { useCallback, useRef, useState } from 'react'
import type { PopView } from '../../../worker/calls/pop/contract.ts'
import { useCsrf } from '../../shell/post-form.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Anchor, useHere } from '../../ui/links.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PopCard, type Tapped } from './pop-card.tsx'
import { usePopLine } from './pop-line.ts'
import { whoCalls } from './pop-words.ts'

/**
 * Who calls, in the frame of every page of whoever handles calls. On the page that shows the same it stays away and has that
 * page look again. The server's HTML holds no call, only the place where one is announced.
 */
export function ScreenPops() {
  const { pops, failed, look } = useShownPops()
  const [hidden, setHidden] = useState<readonly string[]>([])
  const onItsPage = useHere().split('?')[0] === '/calls/now'
  const { revalidate } = useRevalidator()
  usePopLine((said) => {
    if (onItsPage) revalidate()
    look(said.pops.length > 0 && !onItsPage)
  })
  const send = useTap(() => look(true))
  const shown = onItsPage ? [] : pops.filter(({ call }) => !hidden.includes(call.id))
  return (
    <section aria-label="Calls that ring" aria-live="polite" className="fixed end-3 bottom-3 z-50 grid max-h-[calc(100dvh-1.5rem)] w-104 max-w-[calc(100vw-1.5rem)] gap-2 overflow-y-auto empty:hidden">
      {failed ? (
        <Notice tone="warn" title="A call rings for you" action={<Anchor href="/calls/now" className="text-link">Show it</Anchor>}>
          Who it is could not be loaded here.
        </Notice>
      ) : null}
      {shown.map((pop) => (
        <PopCard
          key={pop.call.id}
          pop={pop}
          aside={<IconButton icon="close" size="sm" label={`Hide ${whoCalls(pop)}`} onClick={() => setHidden((all) => [...all, pop.call.id])} />}
          tap={(says, buttonLook, label) => (
            <Button type="button" {...buttonLook} onClick={() => send(says)}>
              {label}
            </Button>
          )}
        />
      ))}
    </section>
  )
}

/** What is shown now, fetched when the line says that there is something; of two answers the later question's counts. */
function useShownPops() {
  const [pops, setPops] = useState<readonly PopView[]>([])
  const [failed, setFailed] = useState(false)
  const asked = useRef(0)
  const look = useCallback((isAny: boolean): void => {
    const question = (asked.current += 1)
    const settle = (found: readonly PopView[], isFailed: boolean) => {
      if (question !== asked.current) return
      setPops(found)
      setFailed(isFailed)
    }
    if (!isAny) return settle([], false)
    fetch('/api/v1/screen-pops', { headers: { Accept: 'application/json' } })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status))
        settle(((await answer.json()) as { pops: PopView[] }).pops, false) // `as`: the route's own answer
      })
      .catch(() => settle([], true))
  }, [])
  return { pops, failed, look }
}

/** Says what was tapped, and looks again whatever came of it. */
function useTap(then: () => void): (says: Tapped) => void {
  const csrf = useCsrf()
  return (says) => {
    const [path, body] = says.intent === 'choose' ? ['contact', { contactId: says.contact }] : ['disposition', { disposition: says.disposition }]
    void fetch(`/api/v1/calls/${says.call}/${path}`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) }).finally(then)
  }
}
