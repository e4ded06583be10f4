import { LinkButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useHere } from '../ui/links.tsx'

/** One line above every page of an owner or admin who has only a password, save the pages where it is mended (IFD-50). */
export function UrgeMfa() {
  if (useHere().startsWith('/profile/security')) return null
  return (
    <div className="-mb-1 flex items-center gap-x-3 rounded-lg bg-warn-bg py-1.5 ps-3.5 pe-2 text-sm">
      <Icon name="warning" className="text-warn" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">Protect this account with a second factor</span>
        <span className="ms-2 text-ink-2 max-md:hidden">Whoever learns your password could change this tenant’s people and settings, as you can.</span>
      </p>
      <LinkButton href="/profile/security" size="sm">
        Set one up
      </LinkButton>
    </div>
  )
}
