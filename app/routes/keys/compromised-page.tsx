import type { RootView } from '../../../worker/core/tenancy/read-keys.ts'
import type { Refused } from '../../refused.ts'
import { Question } from '../../shell/question.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { exactTime } from '../../ui/time-words.ts'

export type CompromisedPageProps = {
  /** The versions that will be destroyed. */
  goes: readonly Pick<RootView['versions'][number], 'version' | 'state' | 'createdAt'>[]
  running: boolean
  confirmed: boolean
  refused: Refused | null
}

const title = 'Rotate because a key may be known to others'

/** What an emergency rotation costs, said before it begins. */
export function CompromisedPage({ goes, running, confirmed, refused }: CompromisedPageProps) {
  const oldest = Math.min(...goes.map(({ createdAt }) => createdAt))
  if (running)
    return (
      <>
        <PageHeader title={title} />
        <Notice title="A rotation is under way" action={<LinkButton href="/keys">Watch it</LinkButton>}>
          One at a time: begin this one when it is done.
        </Notice>
      </>
    )
  return (
    <Question
      title={title}
      lead="For when somebody outside may hold a root of this tenant. For anything else the ordinary rotation does the same and costs nothing."
      refused={refused}
      confirmed={confirmed}
      means={[
        'From now on everything is sealed under a new version, and every row is sealed again. Reading and writing go on.',
        `As soon as no row needs them, ${versionsWords(goes.map(({ version }) => version))} ${goes.length === 1 ? 'is' : 'are'} destroyed at once, without the 35 days an ordinary rotation waits.`,
        `What it costs: a copy of the database from ${Number.isFinite(oldest) ? exactTime(oldest, 'UTC') : 'the beginning'} until the sweep is done can be put back, but its sealed columns and documents open for nobody. There is no restore to any minute of that time.`,
        'It cannot be undone. It stands in the audit log, which proves when the key ended.',
      ]}
      yes="Rotate and destroy"
      danger
      back="/keys"
    />
  )
}

const versionsWords = (versions: readonly number[]): string => (versions.length === 1 ? `version ${versions[0] ?? ''}` : `versions ${versions.join(', ')}`)
