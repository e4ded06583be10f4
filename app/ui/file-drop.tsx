import { useEffect, useRef, useState, type DragEvent } from 'react'
import { cx } from './classes.ts'
import { FieldNotes, useFieldWiring, type FieldProps } from './field.tsx'
import { FileLine, sizeWords, type Upload } from './file-line.tsx'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'

export type UploadResult = { ok: true; note?: string | undefined } | { ok: false; message: string }

export type FileDropProps = Omit<FieldProps, 'labelHidden'> & {
  /** As in HTML: ".pdf,.png". A hint to the picker; the server decides by content. */
  accept?: string | undefined
  multiple?: boolean | undefined
  /** In bytes. A larger file is refused before it is sent. */
  maxBytes?: number | undefined
  /** Sends one file; usually made with xhrUpload. Without it this is a plain file input of the form around it. */
  upload?: ((file: File, onProgress: (fraction: number) => void, signal: AbortSignal) => Promise<UploadResult>) | undefined
  /** After each file that arrived: reload the list. */
  onUploaded?: ((file: File) => void) | undefined
}

/** Drop files or choose them. Without scripts it is the browser's own file input, which also takes drops. */
export function FileDrop({ name, label, hint, error, required, disabled, id, accept, multiple, maxBytes, upload, onUploaded }: FileDropProps) {
  const wiring = useFieldWiring({ id, hint, error })
  const hydrated = useHydrated()
  const [over, setOver] = useState(false)
  const [uploads, setUploads] = useState<Upload[]>([])
  const nextKey = useRef(0)
  const aborts = useRef(new Map<number, AbortController>())
  useEffect(() => {
    const running = aborts.current
    return () => running.forEach((abort) => abort.abort())
  }, [])

  const change = (key: number, now: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...now } : one)))

  const start = (file: File) => {
    nextKey.current += 1
    const key = nextKey.current
    const tooLarge = maxBytes !== undefined && file.size > maxBytes
    const problem = tooLarge ? `${sizeWords(file.size)} is more than the ${sizeWords(maxBytes)} allowed.` : undefined
    setUploads((all) => [...all, { key, name: file.name, size: file.size, state: problem ? 'failed' : 'sending', fraction: 0, note: problem }])
    if (problem || !upload) return
    const abort = new AbortController()
    aborts.current.set(key, abort)
    upload(file, (fraction) => change(key, { fraction }), abort.signal)
      .then(
        (result) => {
          change(key, result.ok ? { state: 'done', fraction: 1, note: result.note } : { state: 'failed', note: result.message })
          if (result.ok) onUploaded?.(file)
        },
        () => change(key, abort.signal.aborted ? { state: 'stopped', note: undefined } : { state: 'failed', note: 'The connection was lost. Choose the file again.' }),
      )
      .finally(() => aborts.current.delete(key))
  }

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!disabled) [...event.dataTransfer.files].slice(0, multiple ? undefined : 1).forEach(start)
  }
  const enhanced = hydrated && upload !== undefined

  return (
    <div className="grid gap-2">
      {enhanced ? (
        <label
          htmlFor={wiring.id}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={cx(
            'relative grid justify-items-center gap-0.5 rounded-lg border border-dashed px-4 py-6 text-center text-sm transition-colors',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
            over ? 'border-accent bg-selected' : 'border-field bg-sunk hover:bg-hover',
          )}
        >
          <Icon name="upload" size={18} className="mb-1 text-ink-3" />
          <span className="font-medium">{label}</span>
          <span className="text-ink-2">
            Drop {multiple ? 'files' : 'a file'} here or <span className="text-link">choose {multiple ? 'files' : 'one'}</span>
            {maxBytes ? `, up to ${sizeWords(maxBytes)}` : ''}
          </span>
          <input
            type="file"
            className="sr-only"
            accept={accept}
            multiple={multiple}
            disabled={disabled}
            {...wiring.control}
            onChange={(event) => {
              ;[...(event.currentTarget.files ?? [])].forEach(start)
              event.currentTarget.value = ''
            }}
          />
        </label>
      ) : (
        <>
          <label htmlFor={wiring.id} className="text-sm font-medium">
            {label}
          </label>
          <input type="file" name={name} accept={accept} multiple={multiple} required={required} disabled={disabled} className="cs-file text-sm" {...wiring.control} />
        </>
      )}
      <FieldNotes wiring={wiring} hint={hint} />
      {uploads.length > 0 ? (
        <ul aria-label="Uploads" className="grid divide-y divide-line rounded-lg border border-line bg-panel">
          {uploads.map((one) => (
            <FileLine key={one.key} upload={one} onStop={() => aborts.current.get(one.key)?.abort()} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
