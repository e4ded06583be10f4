import { createContext, useContext } from 'react'
import { ActionForm, type ActionFormProps } from '../ui/links.tsx'

const CsrfContext = createContext<string>('')

/** Stands once around the page with the token the door made for this session (`door.csrfToken()`). */
export const CsrfProvider = CsrfContext.Provider

/** For the header `X-CSRF-Token` of a request made by script. */
export function useCsrf(): string {
  return useContext(CsrfContext)
}

/** Every form of ours that changes something: it carries the double-submit token under the name the door reads. */
export function PostForm({ children, ...rest }: ActionFormProps) {
  return (
    <ActionForm {...rest}>
      <input type="hidden" name="csrf" value={useCsrf()} />
      {children}
    </ActionForm>
  )
}
