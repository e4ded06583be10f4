import { policyFields } from '../../../worker/core/tenancy/contract.ts'
import type { PolicyVersionView } from '../../../worker/core/tenancy/read-policy-versions.ts'
import { valueWords } from './policy-words.ts'

/** What a version changed, from what to what. */
export function VersionChanges({ version }: { version: Pick<PolicyVersionView, 'version' | 'changes'> }) {
  if (version.changes.length === 0) return <span>{version.version === 1 ? 'The preset, as it was.' : 'Nothing.'}</span>
  return (
    <ul className="grid gap-1">
      {version.changes.map(({ key, from, to }) => (
        <li key={key}>
          {policyFields[key].says}: <span className="text-ink-3">{valueWords(key, from)}</span> <span aria-hidden>→</span>
          <span className="sr-only"> becomes </span> <span className="font-medium text-ink">{valueWords(key, to)}</span>
        </li>
      ))}
    </ul>
  )
}
