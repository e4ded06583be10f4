import type { ProofWays } from '../../worker/core/identity/read-proof-ways.ts'
import type { Refused } from '../refused.ts'
import { Button, buttonLook } from '../ui/button.tsx'
import { FoldOut } from '../ui/fold-out.tsx'
import { Anchor } from '../ui/links.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { ProblemBanner } from '../ui/problem-banner.tsx'
import { CodeField, TextField } from '../ui/text-field.tsx'
import { PasskeyForm } from './passkey-form.tsx'
import { PostForm } from './post-form.tsx'

/** What a refused proof says: of all that might be wrong, here it is the code or the passkey. */
export function ProofProblem({ refused }: { refused: Refused | undefined }) {
  if (!refused) return null
  const { title, detail, code } = refused.problem
  return <ProblemBanner title={title} detail={code === 'wrong_credentials' ? 'Check it and try again. A code works once: wait for the next one, or use another way.' : detail} />
}

/** The ways this person has to prove itself, the quickest first. Each is a form of its own, posted to the page it stands on; all but the passkey work without scripts. */
export function ProofForms({ ways, errors, verb }: { ways: ProofWays; errors: Record<string, string | undefined>; verb: string }) {
  const others = [ways.totp, ways.passkey, ways.password].filter(Boolean).length
  return (
    <div className="grid gap-5">
      {ways.passkey ? <PasskeyForm options={ways.passkey} label="Use a passkey" tone={ways.totp ? 'plain' : 'primary'} /> : null}
      {ways.totp ? (
        <PostForm reload className="grid gap-3">
          <input type="hidden" name="kind" value="totp" />
          <CodeField name="code" label="Code from your authenticator" hint="Six digits; a new one every 30 seconds." required autoFocus error={errors['code']} />
          <Button tone="primary" size="lg" wide>
            {verb}
          </Button>
        </PostForm>
      ) : null}
      {ways.password ? (
        <PostForm reload className="grid gap-3">
          <input type="hidden" name="kind" value="password" />
          <PasswordField name="password" label="Your password" autoComplete="current-password" required autoFocus error={errors['password']} aside={<Anchor href="/forgot-password" className="inline-flex min-h-6 items-center underline">Forgot it, or have none?</Anchor>} />
          <Button tone="primary" size="lg" wide>
            {verb}
          </Button>
        </PostForm>
      ) : null}
      {ways.recoveryCode ? (
        <FoldOut place="inline" look={buttonLook({ tone: 'quiet', wide: true })} summary={others > 0 ? 'Use a recovery code instead' : 'Use a recovery code'}>
          <PostForm reload className="grid gap-3 p-3">
            <input type="hidden" name="kind" value="recovery_code" />
            <TextField name="code" label="Recovery code" mono hint="One of the ten you kept. It works once." required autoComplete="off" spellCheck={false} autoCapitalize="none" />
            <Button>{verb}</Button>
          </PostForm>
        </FoldOut>
      ) : null}
    </div>
  )
}
