import type { PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import type { PolicyView } from '../../../worker/core/tenancy/read-policy.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PolicyField } from './policy-field.tsx'
import { fieldName, policyGroups } from './policy-words.ts'

export type PolicyFormProps = { view: Pick<PolicyView, 'policy' | 'version' | 'preset'>; editable: readonly PolicyKey[] | 'all'; refused: Refused | null }

/** The values one may change, in groups. What the preset forbids cannot be chosen here, and is refused all the same when it is sent. */
export function PolicyForm({ view, editable, refused }: PolicyFormProps) {
  const errors = fieldErrors(refused)
  const groups = policyGroups
    .map((group) => ({ ...group, keys: group.keys.filter((key) => editable === 'all' || editable.includes(key)) }))
    .filter((group) => group.keys.length > 0)
  return (
    <PostForm action="/policy" className="grid min-w-0 gap-6">
      {/* Of the version that was on the page: a change made meanwhile by somebody else is never overwritten. */}
      <input type="hidden" name="version" value={refused?.typed['version'] ?? view.version} />
      {groups.map((group) => (
        <Card key={group.title} title={group.title} note={group.says} flush>
          {group.keys.map((key) => (
            <PolicyField key={key} field={key} preset={view.preset} kept={view.policy[key]} typed={refused?.typed[fieldName(key)]} error={errors[key]} />
          ))}
        </Card>
      ))}
      <div className="sticky bottom-0 z-10 -mx-px flex flex-wrap items-center gap-x-4 gap-y-2 rounded-t-lg border border-b-0 border-line bg-panel px-4 py-3 shadow-float">
        <Button tone="primary">Put in force</Button>
        <span className="text-sm text-ink-2 max-sm:hidden">Makes a new version, from the next request on. The old one can be put back.</span>
      </div>
    </PostForm>
  )
}
