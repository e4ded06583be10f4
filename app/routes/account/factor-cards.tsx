import type { OwnFactors, PasskeyLine } from '../../../worker/core/identity/list-factors.ts'
import type { IdentityLine } from '../../../worker/core/identity/oidc/list-identities.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, buttonLook, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FoldOut } from '../../ui/fold-out.tsx'
import { Icon } from '../../ui/icon.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { askHref } from './ask-first.tsx'

const line = 'flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0'

export function PasswordCard() {
  return (
    <Card title="Password" note="Kept as a slow hash only; changing it signs out every other session." aside={<LinkButton href="/profile/password">Change password</LinkButton>} />
  )
}

export function AuthenticatorCard({ totp, others }: { totp: OwnFactors['totp']; others: boolean }) {
  return (
    <Card
      title="Authenticator app"
      note="A code that changes every 30 seconds, beside your password."
      aside={totp ? <StatusChip tone="ok">on</StatusChip> : <StatusChip>off</StatusChip>}
    >
      <div className="flex flex-wrap items-center gap-3">
        {totp ? (
          <>
            <p className="min-w-0 flex-1 basis-60 text-ink-2">
              On since <RelativeTime at={totp.confirmedAt} />.
            </p>
            <LinkButton href={askHref('disable-totp')}>Turn off</LinkButton>
          </>
        ) : (
          <>
            <p className="min-w-0 flex-1 basis-60 text-ink-2">{others ? 'A second way in, for where your passkey is not at hand.' : 'Without a second factor, whoever learns your password is you.'}</p>
            <LinkButton href="/profile/security/authenticator" tone={others ? 'plain' : 'primary'}>
              Set up
            </LinkButton>
          </>
        )}
      </div>
    </Card>
  )
}

export function PasskeysCard({ passkeys }: { passkeys: readonly PasskeyLine[] }) {
  return (
    <Card title="Passkeys" note="Sign in with your finger, face or PIN; nothing to type and nothing to phish." aside={<LinkButton href="/profile/security/passkey" icon="plus">Add a passkey</LinkButton>} flush>
      {passkeys.length === 0 ? (
        <EmptyState icon="passkey" title="No passkey yet">
          Add one on this device; it counts as both factors at once.
        </EmptyState>
      ) : (
        <ul>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={line}>
              <Icon name="passkey" className="text-ink-3" />
              <div className="min-w-0 flex-1 basis-48">
                <p className="font-medium">{passkey.name}</p>
                <p className="text-sm text-ink-2">
                  Added <RelativeTime at={passkey.addedAt} />
                  {passkey.usedAt === null ? ', not used yet' : <>, used <RelativeTime at={passkey.usedAt} /></>}
                </p>
              </div>
              <StatusChip>{passkey.synced ? 'synced' : 'on one device'}</StatusChip>
              <FoldOut place="below-end" width="wide" look={buttonLook({ size: 'sm' })} summary={<>Rename<span className="sr-only"> {passkey.name}</span></>}>
                <PostForm className="grid gap-3 p-2">
                  <input type="hidden" name="id" value={passkey.id} />
                  <TextField name="name" label="Name" defaultValue={passkey.name} maxLength={60} required />
                  <Button name="intent" value="rename-passkey">Keep this name</Button>
                </PostForm>
              </FoldOut>
              <LinkButton size="sm" href={askHref('remove-passkey', passkey.id)}>
                Remove<span className="sr-only"> {passkey.name}</span>
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

export function RecoveryCard({ left }: { left: number }) {
  return (
    <Card title="Recovery codes" note="For the day your phone is gone. Only their hashes are kept." aside={<StatusChip tone={left > 2 ? 'ok' : 'warn'}>{left} of 10 left</StatusChip>}>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-60 text-ink-2">They were shown once, when they were made. New ones void the old.</p>
        <LinkButton href={askHref('new-codes')}>Make new codes</LinkButton>
      </div>
    </Card>
  )
}

export function IdentitiesCard({ identities }: { identities: readonly IdentityLine[] }) {
  return (
    <Card title="Other providers" note="A provider you link can sign you in; your second factor is still asked for." flush>
      <ul>
        {identities.map(({ id, label, linkedAt }) => (
          <li key={id} className={line}>
            <div className="min-w-0 flex-1 basis-48">
              <p className="font-medium">{label}</p>
              <p className="text-sm text-ink-2">{linkedAt === null ? 'Not linked' : <>Linked <RelativeTime at={linkedAt} /></>}</p>
            </div>
            {linkedAt === null ? (
              <LinkButton href={`/sign-in/oidc/${id}?link=1`} reload>
                Link<span className="sr-only"> {label}</span>
              </LinkButton>
            ) : (
              <LinkButton href={askHref('unlink', id)}>
                Unlink<span className="sr-only"> {label}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
