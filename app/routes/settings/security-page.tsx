import type { PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import type { SettingsView } from '../../../worker/core/tenancy/read-settings.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Anchor } from '../../ui/links.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { Split } from '../../ui/stack.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { valueWords } from '../policy/policy-words.ts'
import { MfaCard } from './mfa-card.tsx'

export type SecurityPageProps = { settings: SettingsView; /** Tenants of this person that wait for their end. */ closings: number; saved: string | null; refused: Refused | null }

/** What a reader wants to know about signing in, without the whole policy. */
const rules: readonly { term: string; keys: readonly [PolicyKey, ...PolicyKey[]]; between?: string }[] = [
  { term: 'Locked after', keys: ['auth.lockout.threshold', 'auth.lockout.minutes'], between: ' for ' },
  { term: 'A session ends after', keys: ['session.idle_days', 'session.absolute_days'], between: ' idle, or ' },
  { term: 'Passwords of at least', keys: ['auth.password_min'] },
  { term: 'Reading the audit log', keys: ['perm.audit_view'] },
  { term: 'Exporting', keys: ['perm.export'] },
  { term: 'Oldest TLS', keys: ['tls.min'] },
]

/** The tenant's own settings: its name, who must sign in with two factors, its end. */
export function SecurityPage({ settings, closings, saved, refused }: SecurityPageProps) {
  const { name, policy } = settings
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Security" lead={`Settings of ${name} as a whole. Your own sign-in is under your account.`} actions={<LinkButton href="/profile/security">Your own sign-in</LinkButton>} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {saved && !refused ? (
        <Notice tone="ok" title={saved === 'name' ? 'The new name is saved' : 'The sign-in rule is in force'} live>
          {saved === 'name' ? 'Everybody sees it with their next page.' : 'It counts from everybody’s next request on.'}
        </Notice>
      ) : null}
      {closings > 0 ? (
        <Notice tone="warn" title={closings === 1 ? 'A tenant of yours stands closed' : `${closings} tenants of yours stand closed`} action={<LinkButton href="/security/closings">See them</LinkButton>}>
          Until the grace period ends you can call it off.
        </Notice>
      ) : null}
      <Split
        side={
          <>
            <Card
              title="Rules of signing in"
              footer={
                <Anchor href="/policy" className="text-link">
                  The whole policy
                </Anchor>
              }
            >
              <DefinitionList stacked items={rules.map(({ term, keys, between = '' }) => ({ term, value: keys.map((key) => valueWords(key, policy[key])).join(between) }))} />
            </Card>
            {settings.mayEndSessions ? (
              <Card title="Sign everybody out" note="Ends every session in this tenant at once, yours too. People may sign in again.">
                <LinkButton href="/security/sign-out">Sign everybody out …</LinkButton>
              </Card>
            ) : null}
            {settings.mayClose ? (
              <Card title="Close this tenant" note={`Access ends at once. After ${valueWords('close.grace_days', policy['close.grace_days'])} everything is destroyed but its sealed log.`}>
                <LinkButton href="/security/close">Close …</LinkButton>
              </Card>
            ) : null}
          </>
        }
      >
        <Card title="Name" note="What people see in the navigation and in mails. Ids and addresses stay.">
          <PostForm action="/security" className="grid max-w-120 gap-4">
            <TextField name="name" label="Name of the tenant" required maxLength={120} autoComplete="organization" error={errors['name']} defaultValue={refused?.typed['name'] ?? name} />
            <div>
              <Button name="intent" value="name">
                Save the name
              </Button>
            </div>
          </PostForm>
        </Card>
        <MfaCard settings={settings} refused={refused} />
        <Card title="This tenant">
          <DefinitionList
            items={[
              { term: 'Id', value: settings.tenantId, mono: true },
              { term: 'Kind', value: settings.kind === 'fmo' ? 'FMO' : settings.kind },
              { term: 'Preset', value: settings.preset },
            ]}
          />
        </Card>
      </Split>
    </>
  )
}
