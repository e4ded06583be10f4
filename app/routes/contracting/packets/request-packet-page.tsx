import type { FilledView } from '../../../../worker/contracting/packets/contract.ts'
import { requestStates, type RequestState } from '../../../../worker/contracting/requests/contract.ts'
import type { Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'

export type RequestPacketPageProps = { request: { id: string; state: RequestState; producer: string; carrier: string }; packet: FilledView | null; refused: Refused | null }

/** The packet of one request: filled, waiting for its producer, signed. */
export function RequestPacketPage({ request, packet, refused }: RequestPacketPageProps) {
  const ready = request.state === 'ready'
  return (
    <>
      <PageHeader
        title={packet?.title ?? 'Packet'}
        status={packet ? <PacketStatus packet={packet} /> : <StatusChip>not filled</StatusChip>}
        lead={`${request.producer} for ${request.carrier}. The request is “${requestStates[request.state].toLowerCase()}”.`}
        actions={
          <>
            {packet ? <Act intent="download" label={packet.signature ? 'Download the signed copy' : 'Download the copy'} /> : null}
            {ready && packet?.state !== 'signed' ? <Act intent="fill" label={packet ? 'Fill it again' : 'Fill the packet'} primary /> : null}
          </>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
      <Card title="Packet">
        {packet ? <Facts packet={packet} /> : <EmptyState icon="file" title="Not filled yet">{ready ? 'Fill it from the producer’s passport; the producer then reviews and signs it.' : 'Make the request ready first. Then its packet is filled from the passport.'}</EmptyState>}
      </Card>
    </>
  )
}

function Facts({ packet }: { packet: FilledView }) {
  const { signature } = packet
  return (
    <div className="grid gap-4">
      <DefinitionList
        items={[
          { term: 'Pages', value: packet.pages },
          { term: 'Filled', value: <RelativeTime at={packet.filledAt} /> },
          { term: 'Signed by', value: signature ? signature.name : 'Waits for the producer' },
          ...(signature ? [{ term: 'Signed', value: <RelativeTime at={signature.signedAt} /> }] : []),
        ]}
      />
      {signature ? <CodeBlock label="SHA-256 of the carrier’s file" text={signature.sha256} wrap /> : null}
      <p className="text-sm text-ink-2">Copies here have the numbers masked. The file for the carrier has them in full; nobody opens it here.</p>
    </div>
  )
}

function PacketStatus({ packet }: { packet: FilledView }) {
  return packet.state === 'signed' ? <StatusChip tone="ok">signed and sealed</StatusChip> : <StatusChip tone="warn">waits for the producer</StatusChip>
}

function Act({ intent, label, primary }: { intent: string; label: string; primary?: boolean }) {
  return (
    <PostForm reload={intent === 'download'}>
      <Button name="intent" value={intent} tone={primary ? 'primary' : 'plain'} icon={intent === 'download' ? 'download' : undefined}>
        {label}
      </Button>
    </PostForm>
  )
}
