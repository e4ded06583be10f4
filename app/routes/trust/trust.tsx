import { useLoaderData } from '@remix-run/react'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { Anchor } from '../../ui/links.tsx'
import { OnThisPage } from '../../ui/on-this-page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { ControlRow, toneOf } from './control-row.tsx'
import { FieldRegister, LimitTable, PermissionMatrix, PolicyTable, RetentionSchedule, SubprocessorTable } from './registers.tsx'
import { VerifyYourself } from './verify-yourself.tsx'

export const loader = page(async ({ product }) => product.trust())

export const meta = () => [{ title: 'Trust page · Countersign' }, { name: 'description', content: 'Every security claim, declared once, enforced from that declaration and measured while you read it.' }]

const parts = [
  { id: 'controls', label: 'Controls' },
  { id: 'verify', label: 'Verify it yourself' },
  { id: 'not-claimed', label: 'What we do not claim' },
  { id: 'disclosure', label: 'Vulnerabilities' },
  { id: 'permissions', label: 'Permissions' },
  { id: 'retention', label: 'Retention' },
  { id: 'fields', label: 'Encrypted fields' },
  { id: 'limits', label: 'Limits' },
  { id: 'policy', label: 'Policy presets' },
  { id: 'subprocessors', label: 'Subprocessors' },
]

/** The product's face. Every line comes from the declaration that is enforced, or from the last reading of a probe. */
export default function Trust() {
  const trust = useLoaderData<typeof loader>()
  const counts = Map.groupBy(trust.controls, (control) => control.status)
  const keyAge = trust.controls.find((control) => control.id === 'vault.keys')?.probe?.latest
  const lag = trust.controls.find((control) => control.id === 'audit.prompt')?.probe?.latest
  return (
    <TrustFrame
      brand={trust.host}
      title="Nothing here is a promise. It is a reading."
      lead="Every control below is declared once in the code that enforces it, measured while the system runs, and shown from that declaration. Take the public key and check us without asking."
      now={trust.readAt}
      actions={
        <>
          <LinkButton href="/trust.json" reload>
            For machines
          </LinkButton>
          <LinkButton href="/.well-known/security.txt" reload>
            Report a vulnerability
          </LinkButton>
        </>
      }
    >
      <KpiStrip
        label="What the probes say"
        items={[
          { label: 'controls passing now', value: `${trust.passing} / ${trust.probed}`, note: 'of those that a probe measures' },
          { label: 'entries in the deployment’s log', value: trust.log.size.toLocaleString('en'), note: trust.log.signedAt ? <>signed <RelativeTime at={trust.log.signedAt} /></> : 'not signed yet' },
          { label: 'waiting for the audit chain', value: lag?.value ?? 'not read yet', note: 'limit 60 s' },
          { label: 'oldest seal root', value: keyAge?.value ?? 'not read yet', note: 'rotated every 90 days' },
        ]}
      />

      <OnThisPage parts={parts} />

      <section className="grid gap-3" aria-labelledby="controls">
        <div className="flex flex-wrap items-center gap-2">
          <h2 id="controls" className="me-2 text-lg font-semibold">
            Controls
          </h2>
          {[...counts].map(([status, some]) => (
            <StatusChip key={status} tone={toneOf(status)}>
              {status} {some.length}
            </StatusChip>
          ))}
        </div>
        <Card flush>
          {trust.controls.map((control) => (
            <ControlRow key={control.id} control={control} />
          ))}
        </Card>
        <p className="text-sm text-ink-3">A row opens to its declaration, what enforces it, its probe’s recent values and the tests that prove it.</p>
      </section>

      <VerifyYourself log={trust.log} />

      <Card title="What we do not claim" id="not-claimed">
        <ul className="grid list-disc gap-2 ps-5 text-ink-2">
          {trust.notClaimed.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Card>

      <Card title="Reporting a vulnerability" id="disclosure">
        <ul className="grid list-disc gap-2 ps-5 text-ink-2">
          {trust.disclosure.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Card>

      <PermissionMatrix rows={trust.matrix} />
      <RetentionSchedule rows={trust.retention} />
      <FieldRegister rows={trust.sealedFields} />
      <LimitTable rows={trust.limits} />
      <PolicyTable rows={trust.policy} />
      <SubprocessorTable rows={trust.subprocessors} />
      <p className="text-sm text-ink-2">
        Read <RelativeTime at={trust.readAt} />. The same for machines: <Anchor href="/trust.json" reload className="underline">/trust.json</Anchor>.
      </p>
    </TrustFrame>
  )
}
