import { useSearchParams } from '@remix-run/react'
import type { OwnFactors } from '../../../worker/core/identity/list-factors.ts'
import type { IdentityLine } from '../../../worker/core/identity/oidc/list-identities.ts'
import { ResumeForm } from '../../shell/resume-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'

type Ask = 'disable-totp' | 'remove-passkey' | 'new-codes' | 'unlink'
type Question = { title: string; words: string; yes: string; danger: boolean }

/** The address at which the page asks before it does something. An address, so that the step-up page can lead back to it. */
export const askHref = (ask: Ask, id?: string): string => `/profile/security?do=${ask}${id === undefined ? '' : `&id=${encodeURIComponent(id)}`}`

/** The question in the page's address, if there is one that still makes sense. */
export function AskFirst({ factors, identities }: { factors: OwnFactors; identities: readonly IdentityLine[] }) {
  const [params] = useSearchParams()
  const ask = params.get('do') as Ask | null // `as`: anything else finds no question below
  const id = params.get('id') ?? ''
  const question = ask && questions[ask]?.(id, factors, identities)
  if (!question) return null
  return (
    <Card title={question.title}>
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">{question.words}</p>
        <ResumeForm className="flex flex-wrap gap-2">
          <input type="hidden" name="id" value={id} />
          <Button tone={question.danger ? 'danger' : 'primary'} name="intent" value={ask}>
            {question.yes}
          </Button>
          <LinkButton href="/profile/security">Keep things as they are</LinkButton>
        </ResumeForm>
      </div>
    </Card>
  )
}

const questions: Record<Ask, (id: string, factors: OwnFactors, identities: readonly IdentityLine[]) => Question | null> = {
  'disable-totp': (_, { totp }) =>
    totp && { title: 'Turn the authenticator off?', words: 'Its codes stop working at once and every other session is signed out. You will be asked to confirm that it is you.', yes: 'Turn it off', danger: true },
  'remove-passkey': (id, { passkeys }) => {
    const passkey = passkeys.find((each) => each.id === id)
    return passkey ? { title: `Remove “${passkey.name}”?`, words: 'It no longer signs you in, and every other session is signed out. Delete it on the device as well.', yes: 'Remove it', danger: true } : null
  },
  'new-codes': (_, { enrolled }) => (enrolled ? { title: 'Make new recovery codes?', words: 'Ten new codes are shown once. Every older one stops working.', yes: 'Make new codes', danger: false } : null),
  unlink: (id, _, identities) => {
    const identity = identities.find((each) => each.id === id && each.linkedAt !== null)
    return identity ? { title: `Unlink ${identity.label}?`, words: `${identity.label} no longer signs you in. Your password and passkeys stay.`, yes: 'Unlink', danger: true } : null
  },
}
