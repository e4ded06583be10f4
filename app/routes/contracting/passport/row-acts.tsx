import { LinkButton } from '../../../ui/button.tsx'

/** Where one line of a list is changed or taken out: addresses, so that they work without scripts. */
export function RowActs({ page, id, named }: { page: string; id: string; named: string }) {
  return (
    <span className="inline-flex gap-1">
      <LinkButton href={`${page}?edit=${id}`} size="sm" tone="quiet">
        Change<span className="sr-only"> {named}</span>
      </LinkButton>
      <LinkButton href={`${page}?remove=${id}`} size="sm" tone="quiet">
        Take out …<span className="sr-only"> {named}</span>
      </LinkButton>
    </span>
  )
}
