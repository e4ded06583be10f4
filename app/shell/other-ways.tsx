import { LinkButton } from '../ui/button.tsx'

/** The ways to sign in beside a password, as links: each leads to a page of its own. */
export function OtherWays({ providers, then }: { providers: readonly { id: string; label: string }[]; then?: string | undefined }) {
  const query = then && then !== '/' ? `?then=${encodeURIComponent(then)}` : ''
  return (
    <div className="grid gap-2">
      <LinkButton href={`/sign-in/passkey${query}`} icon="passkey" size="lg" wide>
        Use a passkey
      </LinkButton>
      {providers.map(({ id, label }) => (
        <LinkButton key={id} href={`/sign-in/oidc/${id}`} reload icon="external" size="lg" wide>
          Continue with {label}
        </LinkButton>
      ))}
    </div>
  )
}
