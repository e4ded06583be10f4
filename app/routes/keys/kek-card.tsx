import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { figure } from './figure.ts'

/** The key that wraps the roots of every tenant of this deployment: the operator's, not the tenant's. */
export function KekCard({ kek }: Pick<KeysView, 'kek'>) {
  const { newest, present, complete, rewrapped, seen, lastRunAt } = kek
  return (
    <Card id="kek" title="Key-encryption key" aside={complete ? <StatusChip tone="ok">complete</StatusChip> : <StatusChip tone="info">taking over</StatusChip>}>
      <div className="grid gap-4">
        <DefinitionList
          stacked
          items={[
            { term: 'Wraps new roots', value: `version ${newest}` },
            { term: 'Present', value: present.map((version) => `version ${version}`).join(', ') },
            { term: 'Wrapped again so far', value: `${figure(rewrapped)} of ${figure(seen)} roots looked at, of all tenants here` },
            { term: 'Last run', value: lastRunAt === null ? 'none for this version yet' : <RelativeTime at={lastRunAt} /> },
          ]}
        />
        {complete ? null : <Progress label="Roots under the newest version" labelHidden />}
        <p className="text-sm text-ink-2">The deployment’s own four roots, under which accounts and their second factors are sealed, are wrapped by it too. They do not rotate: their rows lie in every account’s own object, which no sweep reaches. </p>
        <p className="text-sm text-ink-2">It is the operator’s and rotates without touching a row: only the roots are wrapped again. {complete ? 'Every root is under the newest version, so older ones may be withdrawn.' : 'Older versions must stay until it is complete.'}</p>
      </div>
    </Card>
  )
}
