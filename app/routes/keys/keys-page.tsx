import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import type { Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Split } from '../../ui/stack.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { KekCard } from './kek-card.tsx'
import { RootRows } from './root-rows.tsx'
import { RotationList } from './rotation-list.tsx'
import { RunningRotation } from './running-rotation.tsx'

/** The tenant's keys by version, age and state. Keys themselves never come here: this page shows numbers. */
export function KeysPage({ keys, refused }: { keys: KeysView; refused: Refused | null }) {
  const { roots, rotations, rotateDays, nextRotationAt, mayRotate, mayDestroy, lostRestores } = keys
  const seal = roots.find(({ root }) => root === 'seal')?.versions.find(({ state }) => state === 'active')
  const running = rotations.find(({ state }) => state === 'sweeping')
  return (
    <>
      <PageHeader
        title="Keys"
        status={running ? <StatusChip tone="info">rotating</StatusChip> : seal ? <StatusChip tone="ok">seal root version {seal.version}</StatusChip> : undefined}
        lead="Four roots of 256 bits belong to this tenant alone. Each lies wrapped in a store apart from the database, so that a restored database does not bring a destroyed key back."
        actions={
          mayRotate && !running ? (
            <PostForm>
              <Button tone="primary" icon="refresh">
                Rotate the seal root
              </Button>
            </PostForm>
          ) : undefined
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {running ? <RunningRotation rotation={running} /> : null}
      <KpiStrip
        items={[
          { label: 'Seal root in use', value: seal ? `Version ${seal.version}` : 'none', note: seal ? <>made <RelativeTime at={seal.createdAt} /></> : undefined, href: '#roots' },
          { label: 'Next rotation', value: nextRotationAt === null ? 'none' : <RelativeTime at={nextRotationAt} />, note: `every ${rotateDays} days, by the policy`, href: '/policy' },
          { label: 'Rotations', value: rotations.length, note: rotations.length === 0 ? 'none so far' : 'each with its rows below', href: '#rotations' },
          { label: 'Key-encryption key', value: `Version ${keys.kek.newest}`, note: keys.kek.complete ? 'wraps every root' : 'takes over root by root', tone: keys.kek.complete ? 'ok' : 'info', href: '#kek' },
        ]}
      />
      {lostRestores.length > 0 ? (
        <Notice tone="warn" title="Some restores no longer open">
          {lostRestores.map(({ version, before }) => (
            <p key={version}>
              Version {version} of the seal root was destroyed: what a copy of the database from before <RelativeTime at={before} exact /> holds sealed cannot be read again.
            </p>
          ))}
        </Notice>
      ) : null}
      <section className="grid gap-3" aria-labelledby="roots">
        <h2 id="roots" className="text-lg font-semibold">
          Roots
        </h2>
        <RootRows roots={roots} rotateDays={rotateDays} />
      </section>
      <Split
        side={
          <>
            <KekCard kek={keys.kek} />
            {mayDestroy ? (
              <Card title="A key may be known to others" note="Rotates at once and destroys the old version as soon as no row needs it.">
                <LinkButton href="/keys/compromised">What that costs …</LinkButton>
              </Card>
            ) : null}
          </>
        }
      >
        <RotationList rotations={rotations} rotateDays={rotateDays} />
      </Split>
    </>
  )
}
