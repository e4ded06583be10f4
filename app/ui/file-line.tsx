import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { StatusChip } from './status-chip.tsx'

export type Upload = {
  key: number
  name: string
  size: number
  state: 'sending' | 'done' | 'failed' | 'stopped'
  /** 0 to 1 of the bytes on their way. */
  fraction: number
  note?: string | undefined
}

/** Bytes in the unit a person would pick: "840 kB", "12.4 MB" (powers of ten). */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`
  return `${(bytes / 1_000_000_000).toFixed(1).replace('.0', '')} GB`
}

export function FileLine({ upload, onStop }: { upload: Upload; onStop: () => void }) {
  const sent = upload.fraction >= 1
  return (
    <li className="grid grid-cols-[1rem_1fr_auto] items-center gap-x-3 gap-y-1.5 px-3 py-2 text-sm">
      <Icon name="file" className="text-ink-3" />
      <span className="min-w-0 truncate">
        {upload.name} <span className="text-ink-3">{sizeWords(upload.size)}</span>
      </span>
      <span role="status" className="flex items-center gap-1.5">
        {upload.state === 'sending' ? <span className="text-xs text-ink-3">{sent ? 'Storing' : `${Math.round(upload.fraction * 100)} %`}</span> : null}
        {upload.state === 'done' ? <StatusChip tone="ok">stored</StatusChip> : null}
        {upload.state === 'failed' ? <StatusChip tone="bad">refused</StatusChip> : null}
        {upload.state === 'stopped' ? <StatusChip>stopped</StatusChip> : null}
        {upload.state === 'sending' ? <IconButton icon="close" size="sm" label={`Stop ${upload.name}`} onClick={onStop} /> : null}
      </span>
      {upload.state === 'sending' ? (
        <progress className="cs-progress col-span-3" aria-label={`Sending ${upload.name}`} max={1} value={sent ? undefined : upload.fraction} />
      ) : null}
      {upload.note ? <p className={upload.state === 'failed' ? 'col-span-2 col-start-2 text-bad' : 'col-span-2 col-start-2 text-ink-2'}>{upload.note}</p> : null}
    </li>
  )
}
