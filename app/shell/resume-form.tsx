import { useSearchParams } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { ActionFormProps } from '../ui/links.tsx'
import { PostForm } from './post-form.tsx'

/**
 * A form that sends itself once its person comes back confirmed (`?confirmed=1`), so that nobody has to press the same
 * button twice; without scripts the button is still there. The server asks for the ticket all the same: an address that
 * says `confirmed` proves nothing.
 */
export function ResumeForm({ children, ...rest }: Omit<ActionFormProps, 'formRef'>) {
  const form = useRef<HTMLFormElement>(null)
  const sent = useRef(false)
  const [params] = useSearchParams()
  const confirmed = params.get('confirmed') === '1'
  useEffect(() => {
    if (!confirmed || sent.current) return
    sent.current = true // StrictMode runs effects twice
    form.current?.requestSubmit(form.current.querySelector('button')) // the button's own name and value go with it
  }, [confirmed])
  return (
    <PostForm formRef={form} {...rest}>
      {children}
    </PostForm>
  )
}
