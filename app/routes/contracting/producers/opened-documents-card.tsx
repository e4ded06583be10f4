import type { OpenedDocuments } from '../../../../worker/contracting/producers/contract.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { sizeWords } from '../../../ui/file-line.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { documentWords } from './words.ts'

/** The documents that were just opened. Their links stand in this answer alone and work for whoever asked. */
export function OpenedDocumentsCard({ opened: { number, documents, absent, expiresAt } }: { opened: OpenedDocuments }) {
  return (
    <Card title={`Documents of version ${number}, opened`} note="Written into your log and into theirs. The links work in this session alone.">
      <div className="grid gap-3">
        <ul className="grid gap-3">
          {documents.map(({ what, name, size, url }) => (
            <li key={url} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 text-sm">
              <span className="min-w-0">
                <span className="block font-medium [overflow-wrap:anywhere]">{name}</span>
                <span className="text-ink-2">
                  {documentWords[what]}, {sizeWords(size)}
                </span>
              </span>
              <LinkButton size="sm" icon="download" href={url} reload>
                Download
                <span className="sr-only"> {name}</span>
              </LinkButton>
            </li>
          ))}
        </ul>
        <p className="text-sm text-ink-2">
          Good until <RelativeTime at={expiresAt} exact />. {absent > 0 ? `${absent === 1 ? 'One more is' : `${absent} more are`} named in their passport and not here: still on the way, or in their trash.` : null}
        </p>
      </div>
    </Card>
  )
}
