import { useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { ControlView } from '../../../worker/core/trust/control-view.ts'
import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { KpiStrip, type Kpi } from '../../ui/kpi-strip.tsx'
import { Anchor } from '../../ui/links.tsx'
import { OnThisPage } from '../../ui/on-this-page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Build } from './control-proofs.tsx'
import { ControlRow, toneOf } from './control-row.tsx'
import { AlignmentTable, DataFlows, FieldRegister, LimitTable, NeverKept, PermissionMatrix, PolicyTable, RetentionSchedule } from './registers.tsx'
import { Areas, Division, Principles } from './standing.tsx'
import { Vendors } from './vendors.tsx'
import { VerifyYourself } from './verify-yourself.tsx'

export const loader = page(async ({ product }) => product.trust())

export const meta = () => [{ title: 'Trust page · Countersign' }, { name: 'description', content: 'Every security claim, declared once, enforced from that declaration and measured while you read it.' }]

const parts = [
  { id: 'controls', label: 'Controls' },
  { id: 'verify', label: 'Verify it yourself' },
  { id: 'not-claimed', label: 'What we do not claim' },
  { id: 'disclosure', label: 'Vulnerabilities' },
  { id: 'principles', label: 'Principles' },
  { id: 'parts', label: 'Our part and yours' },
  { id: 'areas', label: 'Six areas' },
  { id: 'permissions', label: 'Permissions' },
  { id: 'flows', label: 'Path of data' },
  { id: 'retention', label: 'Retention' },
  { id: 'never', label: 'Never kept' },
  { id: 'fields', label: 'Encrypted fields' },
  { id: 'limits', label: 'Limits' },
  { id: 'policy', label: 'Policy presets' },
  { id: 'alignment', label: 'Alignment' },
  { id: 'subprocessors', label: 'Subprocessors' },
]

/** The product's face. Every line comes from the declaration that is enforced, or from the last reading of a probe. */
export default function Trust() {
  const trust = useLoaderData<typeof loader>()
  const mailto = `mailto:${trust.securityContact}?subject=${encodeURIComponent('Responsible Disclosure')}`
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
          <LinkButton href={mailto}>Security contact</LinkButton>
        </>
      }
    >
      <KpiStrip label="What the probes say" items={figures(trust)} />
      <OnThisPage parts={parts} />
      <Controls trust={trust} />
      <VerifyYourself log={trust.log} />

      <div className="grid items-start gap-10 md:grid-cols-2 md:gap-6">
        <Lines title="What we do not claim" id="not-claimed" lines={trust.notClaimed} />
        <Lines title="Reporting a vulnerability" id="disclosure" lines={trust.disclosure}>
          <p>
            Write to <Anchor href={mailto} className="underline">{trust.securityContact}</Anchor>, with open questions too. The same for machines:{' '}
            <Anchor href="/.well-known/security.txt" reload className="underline">
              security.txt
            </Anchor>
            .
          </p>
        </Lines>
      </div>

      <Principles held={trust.principles} controls={trust.controls} />
      <Division ours={trust.ours} yours={trust.yours} />
      <Areas held={trust.areas} controls={trust.controls} />
      <section className="grid gap-3" aria-labelledby="registers">
        <h2 id="registers" className="scroll-mt-6 text-lg font-semibold">
          Registers
        </h2>
        <PermissionMatrix rows={trust.matrix} />
        <DataFlows rows={trust.flows} />
        <RetentionSchedule rows={trust.retention} />
        <NeverKept rows={trust.never} />
        <FieldRegister rows={trust.sealedFields} />
        <LimitTable rows={trust.limits} />
        <PolicyTable rows={trust.policy} />
        <AlignmentTable rows={trust.alignments} />
        <Vendors trust={trust} />
      </section>
      <p className="text-sm text-ink-2">
        Read <RelativeTime at={trust.readAt} /> from build <span className="font-mono text-xs">{trust.version}</span>. The same for machines: <Anchor href="/trust.json" reload className="underline">/trust.json</Anchor>.
      </p>
    </TrustFrame>
  )
}

/** The figures at the top, each leading to the row that it was read from. */
function figures(trust: TrustView): Kpi[] {
  const { passing, probed, controls, log } = trust
  const count = (status: ControlView['status']) => controls.filter((control) => control.status === status).length
  const not = (['failing', 'stale', 'unread'] as const).flatMap((status) => (count(status) > 0 ? [`${count(status)} ${status}`] : []))
  const read = (id: string): Pick<Kpi, 'value' | 'tone' | 'href'> => {
    const control = controls.find((each) => each.id === id)
    return { value: control?.status === 'stale' ? 'stale' : (control?.probe?.latest?.value ?? 'not read yet'), href: `#${id}`, tone: control && control.status !== 'active' ? toneOf(control.status) : undefined }
  }
  return [
    { label: 'controls passing now', value: `${passing} / ${probed}`, href: '#controls', note: not.length > 0 ? not.join(', ') : 'all that a probe measures', tone: count('failing') + count('stale') > 0 ? 'bad' : undefined },
    { label: 'entries in the deployment’s log', value: log.size.toLocaleString('en'), href: '#audit.signed', note: log.signedAt ? <>signed <RelativeTime at={log.signedAt} /></> : 'not signed yet' },
    { label: 'waiting for the audit chain', ...read('audit.prompt'), note: 'limit 60 s' },
    { label: 'oldest seal root', ...read('vault.keys'), note: 'rotated every 90 days' },
  ]
}

const groups: readonly { title: string; holds: (control: ControlView) => boolean }[] = [
  { title: 'Measured while the system runs', holds: ({ probe }) => probe !== null },
  { title: 'The host’s', holds: ({ status }) => status === 'provider' },
  { title: 'Process', holds: ({ status }) => status === 'process' },
  { title: 'Planned', holds: ({ status }) => status === 'roadmap' },
  { title: 'Played by this sandbox', holds: ({ status }) => status === 'sandbox' },
]

function Controls({ trust }: { trust: TrustView }) {
  const counts = Map.groupBy(trust.controls, (control) => control.status)
  const build: Build = { version: trust.version, provenAt: trust.provenAt }
  return (
    <section className="grid gap-3" aria-labelledby="controls">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="controls" className="me-2 scroll-mt-6 text-lg font-semibold">
          Controls
        </h2>
        {[...counts].map(([status, some]) => (
          <StatusChip key={status} tone={toneOf(status)}>
            {status} {some.length}
          </StatusChip>
        ))}
      </div>
      <Card flush>
        {groups.map(({ title, holds }) => {
          const some = trust.controls.filter(holds)
          return some.length === 0 ? null : (
            <section key={title} aria-label={title} className="border-t border-line first:border-0">
              <h3 className="px-4 pt-3.5 pb-1.5 text-xs font-medium text-ink-3">{title}</h3>
              {some.map((control) => (
                <ControlRow key={control.id} control={control} build={build} />
              ))}
            </section>
          )
        })}
      </Card>
      <p className="text-sm text-ink-3">A row opens to its declaration, what enforces it, its probe’s recent values and the tests that carry it.</p>
    </section>
  )
}

function Lines({ title, id, lines, children }: { title: string; id: string; lines: readonly string[]; children?: ReactNode }) {
  return (
    <Card title={title} id={id}>
      <div className="grid gap-3">
        {children}
        <ul className="grid list-disc gap-2 ps-5 text-ink-2">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </Card>
  )
}
