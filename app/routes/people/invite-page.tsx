import type { InvitingView } from '../../../worker/core/tenancy/read-inviting.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { roleSays, roleTitle } from './role-words.ts'

/** Who is asked, and as what. The owner is not among the roles: ownership is handed over. */
export function InvitePage({ inviting, refused }: { inviting: InvitingView; refused: Refused | null }) {
  const { preset, roles, days } = inviting
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Invite somebody" lead={`They get a mail with a link that works once and ends after ${days} ${days === 1 ? 'day' : 'days'}. Until it is used you can take it back.`} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="max-w-160">
        <Card>
          <PostForm className="grid gap-5">
            <TextField name="name" label="Name" hint="As colleagues know them. They can change it." required autoComplete="off" error={errors['name']} defaultValue={refused?.typed['name']} />
            <TextField name="email" type="email" label="E-mail address" hint="Where the link goes." required autoComplete="off" error={errors['email']} defaultValue={refused?.typed['email']} />
            <RadioGroup
              name="role"
              label="Role"
              look="cards"
              required
              error={errors['role']}
              defaultValue={refused?.typed['role'] ?? 'member'}
              choices={roles.map((role) => ({ value: role, label: roleTitle(preset, role), hint: roleSays[role] }))}
            />
            <div className="flex flex-wrap items-center gap-2.5">
              <Button tone="primary" icon="send">
                Send the invitation
              </Button>
              <LinkButton href="/people" tone="quiet">
                Rather not
              </LinkButton>
            </div>
          </PostForm>
        </Card>
      </div>
    </>
  )
}
