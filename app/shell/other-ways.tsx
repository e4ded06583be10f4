import { LinkButton } from '../ui/button.tsx'

export type ProviderChoice = { id: string; label: string }

/** The ways to sign in beside a password, as links: each leads to a page of its own. */
export function OtherWays({ providers, then }: { providers: readonly ProviderChoice[]; then?: string | undefined }) {
  const query = then && then !== '/' ? `?then=${encodeURIComponent(then)}` : ''
  return (
    <div className="grid gap-2">
      <LinkButton href={`/sign-in/passkey${query}`} icon="passkey" size="lg" wide>
        Use a passkey
      </LinkButton>
      <ProviderLinks providers={providers} />
    </div>
  )
}

/** To the providers of the deployment; with `invitation`, to answer it with an identity there instead of a new password. */
export function ProviderLinks({ providers, invitation }: { providers: readonly ProviderChoice[]; invitation?: string | undefined }) {
  const query = invitation === undefined ? '' : `?invitation=${encodeURIComponent(invitation)}`
  return providers.map(({ id, label }) => (
    <LinkButton key={id} href={`/sign-in/oidc/${id}${query}`} reload icon="external" size="lg" wide>
      Continue with {label}
    </LinkButton>
  ))
}

/** Below the form of an invitation: the same with an identity that its person has. */
export function OrAnIdentity({ providers, invitation, email }: { providers: readonly ProviderChoice[]; invitation: string; email: string }) {
  if (providers.length === 0) return null
  return (
    <div className="mt-5 grid gap-2 border-t border-line pt-5">
      <p className="text-sm text-ink-2">Or use an identity you have, if it is for {email}:</p>
      <ProviderLinks providers={providers} invitation={invitation} />
    </div>
  )
}
