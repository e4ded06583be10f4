import { useMemo } from 'react'
import type { InvitationView, MemberView, RoleName } from '../../../worker/core/tenancy/contract.ts'
import type { PeopleView } from '../../../worker/core/tenancy/read-people.ts'
import type { Refused } from '../../refused.ts'
import { Done } from '../../shell/done.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { invitationColumns } from './invitation-columns.tsx'
import { memberColumns } from './member-columns.tsx'
import { roleHolders, rolesInOrder } from './role-words.ts'

/** What stands in the address besides the role. */
export type PeoplePlace = { members: string | null; invitations: string | null }

export type PeoplePageProps = {
  people: PeopleView
  role: RoleName | null
  place: PeoplePlace
  /** The invitation just sent. */
  invited?: string | null | undefined
  /** Somebody was just removed. */
  removed?: string | null | undefined
  /** The invitation just taken back. */
  revoked?: string | null | undefined
  refused?: Refused | null | undefined
}

/** Who works here, and who was asked to. */
export function PeoplePage({ people, role, place, invited, removed, revoked, refused }: PeoplePageProps) {
  const { preset, counts, members, invitations } = people
  const ofMembers = useMemo(() => memberColumns(preset), [preset])
  const ofInvitations = useMemo(() => invitationColumns(preset, people.mayInvite), [preset, people.mayInvite])
  const everyone = rolesInOrder.reduce((sum, each) => sum + counts[each], 0)
  const sent = revoked || refused ? undefined : invitations?.find(({ id, state }) => id === invited && state === 'open')
  const revokedOne = refused ? undefined : invitations?.find(({ id }) => id === revoked)
  // Once they are invited again there is nothing left to undo, however often the page is loaded.
  const takenBack = invitations?.some(({ email, state }) => email === revokedOne?.email && state === 'open') ? undefined : revokedOne
  return (
    <>
      <PageHeader
        title="People"
        lead="Everybody with a seat here. What somebody does is in the audit log under their name; what a role may do is on the trust page."
        actions={
          <>
            <LinkButton href="/trust#permissions">What each role may do</LinkButton>
            {people.mayInvite ? (
              <LinkButton href="/people/invite" tone="primary" icon="plus">
                Invite
              </LinkButton>
            ) : null}
          </>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
      {sent ? (
        <Notice tone="ok" title={`The invitation for ${sent.name} is on its way`} live>
          A mail with the link goes to {sent.email}. It works once; until then you can take it back below.
        </Notice>
      ) : null}
      {takenBack ? (
        <Done
          title={`The invitation for ${takenBack.name} was taken back`}
          detail="Its link opens nothing any more. Undo sends a new one."
          undo={people.mayInvite ? { action: '/people', fields: { invitation: takenBack.id, intent: 'again' } } : undefined}
        />
      ) : null}
      {removed ? (
        <Notice tone="ok" title="Removed" live>
          Their sessions lost this tenant with the next request. To undo this, invite them again; their account is their own and stays.
        </Notice>
      ) : null}
      <Card flush>
        <TabLinks
          inset
          label="People by role"
          tabs={[
            { label: 'Everyone', href: peopleHref({ ...place, members: null }), current: role === null, count: everyone },
            ...rolesInOrder
              .filter((each) => counts[each] > 0 || each === role)
              .map((each) => ({ label: roleHolders(preset, each), href: peopleHref({ ...place, members: null }, each), current: role === each, count: counts[each] })),
          ]}
        />
        <DataTable<MemberView>
          bare
          caption="Members"
          columns={ofMembers}
          rows={members}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/people/${id}`}
          empty={
            <EmptyState icon="people" title={role === null ? 'Nobody on this page' : `No ${roleHolders(preset, role).toLowerCase()} here`}>
              Roles are given with an invitation and changed on a person’s own page.
            </EmptyState>
          }
          footer={
            <Pagination
              label="Pages of people"
              summary={`${members.length} shown`}
              previous={place.members === null ? undefined : peopleHref({ ...place, members: null }, role)}
              previousLabel="First"
              next={people.nextMembers === null ? undefined : peopleHref({ ...place, members: people.nextMembers }, role)}
            />
          }
        />
      </Card>
      {invitations ? (
        <section className="grid gap-3" aria-labelledby="invitations">
          <h2 id="invitations" className="scroll-mt-16 text-lg font-semibold">
            Invitations
          </h2>
          <DataTable<InvitationView>
            caption="Invitations, newest first"
            columns={ofInvitations}
            rows={invitations}
            rowId={({ id }) => id}
            empty={
              <EmptyState
                icon="mail"
                title="Nobody has been invited yet"
                action={
                  people.mayInvite ? (
                    <LinkButton href="/people/invite" icon="plus">
                      Invite somebody
                    </LinkButton>
                  ) : undefined
                }
              >
                Whoever you invite gets a mail with a link that works once and ends by itself. Here you see what became of it.
              </EmptyState>
            }
            footer={
              <Pagination
                label="Pages of invitations"
                summary={`${invitations.length} shown`}
                previous={place.invitations === null ? undefined : peopleHref({ ...place, invitations: null }, role)}
                previousLabel="Newest"
                next={people.nextInvitations === null ? undefined : peopleHref({ ...place, invitations: people.nextInvitations }, role)}
                nextLabel="Older"
              />
            }
          />
        </section>
      ) : null}
    </>
  )
}

function peopleHref(place: PeoplePlace, role?: RoleName | null): string {
  const query = new URLSearchParams(Object.entries({ role, ...place }).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return query.size > 0 ? `/people?${query}` : '/people'
}
