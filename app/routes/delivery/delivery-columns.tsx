import type { DeliveryView } from '../../../worker/core/delivery/contract.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'

/** What a state is called, here and in the tabs. */
export const stateWords: Record<DeliveryView['state'], { word: string; plural: string; tone: Tone }> = {
  queued: { word: 'waiting', plural: 'Waiting', tone: 'info' },
  sent: { word: 'sent', plural: 'Sent', tone: 'ok' },
  dead: { word: 'dead letter', plural: 'Dead letters', tone: 'bad' },
  dropped: { word: 'not needed', plural: 'Not needed', tone: 'mute' },
}

const trying = (message: DeliveryView): string => (message.attempts === 1 ? 'one try' : `${message.attempts} tries`)

/** What happens to it next, or what happened last. */
function Standing({ message }: { message: DeliveryView }) {
  if (message.state === 'queued')
    return (
      <>
        {message.problem ? `${message.problem} ` : ''}
        {message.nextAt === null || message.attempts === 0 ? 'On its way out.' : <>Next try <RelativeTime at={message.nextAt} />.</>}
      </>
    )
  if (message.state === 'dead') return <>{message.problem ?? 'It could not be sent.'} Given up after {trying(message)}.</>
  if (message.state === 'dropped') return <>What it was about was over when its turn came.</>
  return <>{message.attempts === 1 ? 'Accepted by the provider.' : `Accepted by the provider after ${trying(message)}.`}</>
}

export const deliveryColumns = (mayReplay: boolean): readonly Column<DeliveryView>[] => [
  { key: 'to', header: 'To', phone: 'title', cell: (message) => <span className="font-medium [overflow-wrap:anywhere]">{message.to}</span> },
  { key: 'says', header: 'Message', cell: (message) => message.says },
  { key: 'state', header: 'State', fit: true, cell: (message) => <StatusChip tone={stateWords[message.state].tone}>{stateWords[message.state].word}</StatusChip> },
  { key: 'standing', header: 'What became of it', quiet: true, cell: (message) => <Standing message={message} /> },
  { key: 'at', header: 'Queued', quiet: true, fit: true, cell: (message) => <RelativeTime at={message.createdAt} /> },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    fit: true,
    cell: (message) =>
      message.state === 'dead' && mayReplay ? (
        <PostForm>
          <Button size="sm" icon="refresh" name="delivery" value={message.id}>
            Send again<span className="sr-only"> to {message.to}</span>
          </Button>
        </PostForm>
      ) : null,
  },
]
