import { LinkButton } from '../ui/button.tsx'
import { useHere } from '../ui/links.tsx'
import { Notice } from '../ui/notice.tsx'

/** Stands above every page of an owner or admin who has only a password, save the pages where it is mended (IFD-50). */
export function UrgeMfa() {
  if (useHere().startsWith('/profile/security')) return null
  return (
    <Notice
      tone="warn"
      title="Protect this account with a second factor"
      action={
        <LinkButton href="/profile/security" size="sm">
          Set one up
        </LinkButton>
      }
    >
      You can change this tenant’s people and settings: whoever learns your password could too.
    </Notice>
  )
}
