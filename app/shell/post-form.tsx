import { createContext, useContext } from 'react'
import { ActionForm, usePost, type ActionFormProps } from '../ui/links.tsx'

const CsrfContext = createContext<string>('')

/** Stands once around the page with the token the door made for this session (`door.csrfToken()`). */
export const CsrfProvider = CsrfContext.Provider

const SeenTenantContext = createContext<string | null>(null)

/** The tenant whose page this is: a form sent after a switch in another tab is refused instead of landing there. */
export const SeenTenantProvider = SeenTenantContext.Provider

/** For the header `X-CSRF-Token` of a request made by script. */
export function useCsrf(): string {
  return useContext(CsrfContext)
}

/** The same form without the form: for a button that stands in a toast. */
export function useTokenPost(): (action: string, fields: Record<string, string>) => void {
  const post = usePost()
  const csrf = useCsrf()
  const seen = useContext(SeenTenantContext)
  return (action, fields) => post(action, { csrf, ...(seen ? { seen_tenant: seen } : {}), ...fields })
}

/** Every form of ours that changes something: it carries the double-submit token under the name the door reads. */
export function PostForm({ children, ...rest }: ActionFormProps) {
  const seen = useContext(SeenTenantContext)
  return (
    <ActionForm {...rest}>
      <input type="hidden" name="csrf" value={useCsrf()} />
      {seen ? <input type="hidden" name="seen_tenant" value={seen} /> : null}
      {children}
    </ActionForm>
  )
}
