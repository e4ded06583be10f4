import { Avatar } from '../ui/avatar.tsx'
import { FoldOut, foldLine } from '../ui/fold-out.tsx'
import { Icon } from '../ui/icon.tsx'
import { Anchor } from '../ui/links.tsx'
import { ThemeToggle } from '../ui/theme-toggle.tsx'
import { PostForm } from './post-form.tsx'
import { ownPlaces } from './tenant-nav.ts'

export const signOutPath = '/sign-out'

/** The person's own pages, the theme, the way out. A `<details>`: signing out must not depend on a script. */
export function AccountMenu({ personName, personMail }: { personName: string; personMail: string }) {
  return (
    <FoldOut
      place="below-end"
      width="wide"
      look="grid size-8 place-items-center rounded-full"
      summary={
        <>
          <Avatar name={personName} />
          <span className="sr-only">Your account</span>
        </>
      }
    >
      <div className="grid px-2.5 pt-1.5 pb-2">
        <span className="truncate text-sm font-medium">{personName}</span>
        <span className="truncate text-xs text-ink-3">{personMail}</span>
      </div>
      <ul className="border-t border-line py-1">
        {Object.values(ownPlaces).map((place) => (
          <li key={place.href}>
            <Anchor href={place.href} className={foldLine}>
              <Icon name={place.icon} className="text-ink-3" />
              {place.label}
            </Anchor>
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-between border-t border-line px-2.5 py-2 text-sm text-ink-2">
        Theme
        <ThemeToggle />
      </div>
      <PostForm action={signOutPath} reload className="border-t border-line pt-1">
        <button className={foldLine}>
          <Icon name="leave" className="text-ink-3" />
          Sign out
        </button>
      </PostForm>
    </FoldOut>
  )
}
