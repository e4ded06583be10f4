import type { SettingsView } from '../../../worker/core/tenancy/read-settings.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { choiceWords, rangeOf, valueWords } from '../policy/policy-words.ts'

const titles: Record<string, string> = { optional: 'Optional', encouraged: 'Encouraged', required: 'Required of everyone' }
const hints: Record<string, string> = {
  optional: 'Everybody decides for themselves.',
  encouraged: 'Owner and admins are reminded until they have one.',
  required: 'Whoever has none is led to set one up with the next request, and does nothing else here before.',
}

/** Who must sign in with two factors: one value of the policy, where it is looked for. */
export function MfaCard({ settings, refused }: { settings: SettingsView; refused: Refused | null }) {
  const { policy, preset, version, mayRequireMfa } = settings
  const mode = policy['mfa.mode']
  const range = rangeOf(preset, 'mfa.mode')
  return (
    <Card
      title="Two-factor sign-in"
      note="A passkey, or an authenticator with recovery codes. Factors belong to their person and serve all of its tenants."
      aside={<StatusChip tone={mode === 'required' ? 'ok' : 'mute'}>{choiceWords('mfa.mode', mode)}</StatusChip>}
    >
      {mayRequireMfa && 'options' in range ? (
        <PostForm action="/security" className="grid max-w-120 gap-4">
          <input type="hidden" name="version" value={refused?.typed['version'] ?? version} />
          <RadioGroup
            name="mfa.mode"
            label="It is"
            look="cards"
            required
            error={fieldErrors(refused)['mfa.mode']}
            defaultValue={refused?.typed['mfa.mode'] ?? mode}
            choices={range.options.map(({ value, looser }) => ({ value, label: titles[value] ?? value, hint: looser ? 'Looser than the preset allows.' : hints[value], disabled: looser }))}
          />
          <div>
            <Button name="intent" value="mfa">
              Put in force
            </Button>
          </div>
        </PostForm>
      ) : (
        <p className="text-sm text-ink-2">
          {hints[mode]} The policy lets {valueWords('mfa.set_by', policy['mfa.set_by'])} change this.
        </p>
      )}
    </Card>
  )
}
