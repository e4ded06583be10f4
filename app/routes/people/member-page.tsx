import type { MemberDetail } from '../../../worker/core/tenancy/read-member.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Split } from '../../ui/stack.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { roleSays, roleTitle } from './role-words.ts'

/** One person here: what is known, the role, and what may be done about either. */
export function MemberPage({ detail, refused, changed }: { detail: MemberDetail; refused: Refused | null; changed: boolean }) {
  const { member, preset, roles } = detail
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader
        title={member.name}
        status={member.you ? <StatusChip>you</StatusChip> : undefined}
        actions={
          detail.mayReadLog ? (
            <LinkButton href={`/audit?actor=${member.accountId}`} icon="audit">
              What they did
            </LinkButton>
          ) : undefined
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {changed ? (
        <Notice tone="ok" title={`${member.name} is now ${roleTitle(preset, member.role).toLowerCase()}`} live>
          It counts from their next request on.
        </Notice>
      ) : null}
      <Split side={<Ways detail={detail} />}>
        <Card title="In this tenant">
          <DefinitionList
            items={[
              { term: 'E-mail address', value: member.email },
              { term: 'Role', value: `${roleTitle(preset, member.role)}. ${roleSays[member.role]}` },
              { term: 'Joined', value: <RelativeTime at={member.joinedAt} /> },
              { term: 'Member', value: member.id, mono: true },
            ]}
          />
        </Card>
        {detail.mayChangeRole ? (
          <Card title="Role" note="A smaller role counts with their very next request; a larger one when it is saved.">
            <PostForm className="grid gap-5">
              <RadioGroup
                name="role"
                label="They are"
                look="cards"
                required
                error={errors['role']}
                defaultValue={refused?.typed['role'] ?? member.role}
                choices={roles.map((role) => ({ value: role, label: roleTitle(preset, role), hint: roleSays[role] }))}
              />
              <div>
                <Button tone="primary">Save the role</Button>
              </div>
            </PostForm>
          </Card>
        ) : null}
      </Split>
    </>
  )
}

/** Ways out of here, each to a page that says what it means before anything happens. */
function Ways({ detail }: { detail: MemberDetail }) {
  const { member, mayBecomeOwner, mayRemove, mayLeave } = detail
  const owner = member.role === 'owner'
  if (!mayBecomeOwner && !mayRemove && !member.you) return owner ? <OwnerRemark /> : null
  return (
    <>
      {mayBecomeOwner ? (
        <Card title="Hand over ownership" note={`${member.name} becomes the only owner, and you an admin.`}>
          <LinkButton href={`/people/${member.id}/ownership`}>Hand over …</LinkButton>
        </Card>
      ) : null}
      {mayRemove ? (
        <Card title="Remove" note="Their sessions lose this tenant at once. Their account is their own and stays.">
          <LinkButton href={`/people/${member.id}/removal`}>Remove …</LinkButton>
        </Card>
      ) : null}
      {mayLeave ? (
        <Card title="Leave" note="You give up your seat here. Your account stays.">
          <LinkButton href="/people/leave">Leave …</LinkButton>
        </Card>
      ) : null}
      {owner && member.you ? <OwnerRemark /> : null}
    </>
  )
}

const OwnerRemark = () => (
  <Card title="The owner">
    <p className="text-sm text-ink-2">A tenant always has exactly one. Ownership is handed over on the page of whoever is to have it; it cannot be given up or taken away.</p>
  </Card>
)
