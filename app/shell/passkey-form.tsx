import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { PasskeyQuestion } from '../../worker/core/identity/passkeys.ts'
import { Button } from '../ui/button.tsx'
import { useHydrated } from '../ui/hydrated.ts'
import { Notice } from '../ui/notice.tsx'
import { PostForm } from './post-form.tsx'

export type PasskeyFormProps = {
  options: PasskeyQuestion
  label: string
  /** Left out: the page's own address. */
  action?: string | undefined
  tone?: 'plain' | 'primary' | undefined
  /** Ask at once: for a page that its person came to for nothing else. */
  atOnce?: boolean | undefined
  /** More fields to send. */
  children?: ReactNode
}

/**
 * Asks the authenticator, then posts its answer as `kind=passkey&answer=…`, like any other form of the page. Drawn only
 * where scripts run and the browser knows passkeys: without them another way stands beside it.
 */
export function PasskeyForm({ options, label, action, tone, atOnce, children }: PasskeyFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const answer = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const able = useHydrated() && browserSupportsWebAuthn()
  const asked = useRef(false)
  const ask = async () => {
    setState('asking')
    try {
      const given = await startAuthentication({ optionsJSON: options })
      if (answer.current) answer.current.value = JSON.stringify(given)
      form.current?.requestSubmit()
    } catch {
      setState('failed') // closed by the person, or no passkey here: the browser has said which
    }
  }
  useEffect(() => {
    if (!able || !atOnce || asked.current) return
    asked.current = true // StrictMode runs effects twice
    void ask()
  })
  if (!able) return null
  return (
    <PostForm formRef={form} action={action} reload className="grid gap-2">
      <input type="hidden" name="kind" value="passkey" />
      <input ref={answer} type="hidden" name="answer" />
      {children}
      <Button type="button" icon="passkey" size="lg" wide tone={tone} busy={state === 'asking'} onClick={ask}>
        {label}
      </Button>
      {state === 'failed' ? (
        <Notice tone="warn" title="No passkey was used" live>
          Try again, or use another way.
        </Notice>
      ) : null}
    </PostForm>
  )
}
