import { PublicFrame } from '../shell/public-frame.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Anchor } from '../ui/links.tsx'

/** What a stranger sees at `/`. */
export function FrontPage({ csrf }: { csrf: string }) {
  return (
    <PublicFrame
      title="A trust page that cannot lie"
      lead="Countersign runs an agency’s regulated work. Every security claim it makes is declared once, enforced from that declaration, and measured while you read it."
      csrf={csrf}
      after={
        <>
          Buying for a firm? <Anchor href="/trust" className="underline">Read the trust page</Anchor>.
        </>
      }
    >
      <div className="grid gap-3">
        <LinkButton href="/sign-in" tone="primary" size="lg" wide>
          Sign in
        </LinkButton>
        <LinkButton href="/sign-up" size="lg" wide>
          Open a tenant
        </LinkButton>
      </div>
    </PublicFrame>
  )
}
