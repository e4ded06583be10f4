import { requestKinds, type PacketView } from '../../../../worker/contracting/packets/contract.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextField } from '../../../ui/text-field.tsx'

type Row = PacketView & { carrier: string }
export type PacketsPageProps = { packets: readonly PacketView[]; carriers: readonly { id: string; name: string }[]; refused: Refused | null }

export const kindWords = { any: 'Any request', ...requestKinds } as const

const columns: readonly Column<Row>[] = [
  { key: 'name', header: 'Packet', phone: 'title', cell: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span> },
  { key: 'carrier', header: 'Carrier', cell: ({ carrier }) => carrier },
  { key: 'kind', header: 'For', cell: ({ forKind }) => kindWords[forKind as keyof typeof kindWords] }, // `as`: AddPacket let in nothing else
  { key: 'forms', header: 'Pages', align: 'end', fit: true, cell: ({ versions }) => versions[0]?.pages ?? 0 },
  { key: 'fields', header: 'Fields filled', align: 'end', fit: true, cell: ({ versions }) => `${versions[0]?.mapped ?? 0} of ${versions[0]?.fields ?? 0}` },
  { key: 'state', header: 'State', fit: true, cell: (packet) => <PacketState packet={packet} /> },
]

/** Carriers' packets: what is filled and signed to contract with each. */
export function PacketsPage({ packets, carriers, refused }: PacketsPageProps) {
  const names = new Map(carriers.map(({ id, name }) => [id, name]))
  const errors = fieldErrors(refused)
  const typed = refused?.typed ?? {}
  return (
    <>
      <PageHeader title="Packets" lead="A carrier’s forms, mapped once: every request is filled from the producer’s passport, signed and sealed." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <DataTable<Row>
        caption="Packets, newest first"
        columns={columns}
        rows={packets.map((packet) => ({ ...packet, carrier: names.get(packet.carrierId) ?? 'a carrier' }))}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/packets/${id}`}
        empty={
          <EmptyState icon="file" title="No packets yet">
            {carriers.length > 0 ? 'Begin one below: choose the carrier, then add its PDF form.' : 'Define a carrier first; its forms come here.'}
          </EmptyState>
        }
      />
      <Card title="Begin a packet">
        {carriers.length === 0 ? (
          <p className="text-ink-2">
            There is no carrier yet. <Anchor href="/carriers" className="text-link">Define one</Anchor> first.
          </p>
        ) : (
          <PostForm className="grid items-start gap-3 sm:grid-cols-2">
            <SelectField name="carrier_id" label="Carrier" none="Choose a carrier" required choices={carriers.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={typed['carrier_id'] ?? ''} error={errors['carrier_id']} />
            <TextField name="name" label="Name" hint="Such as “New business packet 2027”" required defaultValue={typed['name'] ?? ''} error={errors['name']} />
            <SelectField name="for_kind" label="For" choices={Object.entries(kindWords).map(([value, label]) => ({ value, label }))} defaultValue={typed['for_kind'] ?? 'any'} error={errors['for_kind']} />
            <div className="sm:col-span-2">
              <Button tone="primary">Begin</Button>
            </div>
          </PostForm>
        )}
      </Card>
    </>
  )
}

/** Where a packet stands, in a word. */
export function PacketState({ packet }: { packet: PacketView }) {
  if (packet.state === 'retired') return <StatusChip>retired</StatusChip>
  const draft = packet.versions[0]?.state === 'draft'
  if (packet.publishedId === null) return <StatusChip tone="warn">draft</StatusChip>
  return <StatusChip tone="ok">{draft ? 'published, draft begun' : 'published'}</StatusChip>
}
