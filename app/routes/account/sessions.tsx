import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listSessions, type SessionListed } from '../../../worker/core/identity/list-sessions.ts'
import { revokeOtherSessions } from '../../../worker/core/identity/revoke-other-sessions.ts'
import { revokeSession } from '../../../worker/core/identity/revoke-session.ts'
import { action as posted, page } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { browserWords } from './browser-words.ts'

export const meta = () => [{ title: 'Sessions · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Sessions' }] }

const DAY_MS = 86_400_000

export const loader = page(async ({ door }) => {
  const sessions = await listSessions(await door.account())
  const { idleMs, absoluteMs, rotateMs } = (await door.seats()).signedIn.terms
  return { sessions, idleDays: idleMs / DAY_MS, days: absoluteMs / DAY_MS, rotateHours: rotateMs / 3_600_000 }
})

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  if (form.get('intent') === 'others') return { ended: await revokeOtherSessions(account) }
  const sid = form.get('session') ?? ''
  await revokeSession(account, sid)
  if (sid === account.session.sid) {
    door.dropSession()
    throw redirect('/sign-in')
  }
  return { ended: 1 }
})

const columns: readonly Column<SessionListed>[] = [
  {
    key: 'browser',
    header: 'Browser',
    phone: 'title',
    cell: (session) => (
      <span className="flex flex-wrap items-center gap-2">
        <span title={session.userAgent ?? undefined}>{session.userAgent === null ? 'Not kept any more' : browserWords(session.userAgent)}</span>
        {session.current ? <StatusChip tone="ok">this one</StatusChip> : null}
      </span>
    ),
  },
  { key: 'ip', header: 'IP address', mono: true, cell: (session) => session.ip ?? 'Not kept any more' },
  { key: 'seen', header: 'Last used', cell: (session) => <RelativeTime at={session.seenAt} /> },
  { key: 'opened', header: 'Signed in', cell: (session) => <RelativeTime at={session.openedAt} /> },
  { key: 'factor', header: 'Second factor', cell: (session) => (session.secondFactor ? 'proven' : 'none') },
  {
    key: 'end',
    header: 'End the session',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: (session) => (
      <PostForm action="/sessions" reload={session.current}>
        <button name="session" value={session.sid} className="min-h-6 text-sm text-bad hover:underline">
          End<span className="sr-only"> the session of {session.current ? 'this browser' : browserWords(session.userAgent ?? '')}</span>
        </button>
      </PostForm>
    ),
  },
]

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

export default function SessionsPage() {
  const { sessions, idleDays, days, rotateHours } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const others = sessions.length - 1
  return (
    <>
      <PageHeader
        title="Sessions"
        lead={`Every browser that is signed in to your account. A session ends after ${counted(idleDays, 'idle day')} and after ${counted(days, 'day')} in any case; its secret changes every ${rotateHours === 1 ? 'hour' : `${rotateHours} hours`}.`}
        actions={
          others > 0 ? (
            <PostForm action="/sessions">
              <Button name="intent" value="others">
                End {others === 1 ? 'the other one' : `the other ${others}`}
              </Button>
            </PostForm>
          ) : null
        }
      />
      {done && 'problem' in done ? <ProblemBanner title={done.problem.title} detail={done.problem.detail} /> : null}
      {done && 'ended' in done ? <Notice tone="ok" title={done.ended === 1 ? 'One session ended' : `${done.ended} sessions ended`} live /> : null}
      <DataTable caption="Your sessions" columns={columns} rows={sessions} rowId={(session) => session.sid} empty={<EmptyState icon="monitor" title="No sessions" />} />
    </>
  )
}
