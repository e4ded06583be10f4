import { policyFields, type PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import type { PolicyView } from '../../../worker/core/tenancy/read-policy.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FormActions, FormSection } from '../../ui/form-section.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { choiceWords, fieldName, floorWords, policyGroups, rangeOf } from './policy-words.ts'

type Editing = { view: Pick<PolicyView, 'policy' | 'version' | 'preset'>; editable: readonly PolicyKey[] | 'all'; refused: Refused | null }

/** The values one may change, in groups. What the preset forbids cannot be chosen here, and is refused all the same when it is sent. */
export function PolicyForm({ view, editable, refused }: Editing) {
  const groups = policyGroups
    .map((group) => ({ ...group, keys: group.keys.filter((key) => editable === 'all' || editable.includes(key)) }))
    .filter((group) => group.keys.length > 0)
  return (
    <PostForm action="/policy" className="min-w-0">
      {/* Of the version that was on the page: a change made meanwhile by somebody else is never overwritten. */}
      <input type="hidden" name="version" value={refused?.typed['version'] ?? view.version} />
      <Card>
        {groups.map((group) => (
          <FormSection key={group.title} title={group.title} description={group.says}>
            <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
              {group.keys.map((key) => (
                <PolicyField key={key} name={key} view={view} refused={refused} />
              ))}
            </div>
          </FormSection>
        ))}
        <div className="border-t border-line pt-5">
          <FormActions note="Makes a new version. The old one can be put back.">
            <Button tone="primary">Put in force</Button>
          </FormActions>
        </div>
      </Card>
    </PostForm>
  )
}

function PolicyField({ name, view, refused }: { name: PolicyKey; view: Editing['view']; refused: Refused | null }) {
  const field = policyFields[name]
  const range = rangeOf(view.preset, name)
  const common = {
    name: fieldName(name),
    label: field.says,
    error: fieldErrors(refused)[name],
    defaultValue: refused?.typed[fieldName(name)] ?? String(view.policy[name]),
    hint: (
      <>
        {sentence(floorWords(view.preset, name))} <span className="font-mono text-2xs text-ink-3">{field.source}</span>
      </>
    ),
  }
  if ('min' in range) return <TextField {...common} type="number" inputMode="numeric" min={range.min} max={range.max} step={1} required suffix={field.kind === 'number' ? field.unit : undefined} />
  return <SelectField {...common} choices={range.options.map(({ value, looser }) => ({ value, label: looser ? `${choiceWords(name, value)} (looser than the preset)` : choiceWords(name, value), disabled: looser }))} />
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
