import { useRef, useState } from 'react'
import { acceptedEndings, categories, fileKinds, MAX_BYTES, phiNotice } from '../../../worker/core/documents/contract.ts'
import { useCsrf } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useHydrated } from '../../ui/hydrated.ts'
import { Icon } from '../../ui/icon.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { PhiNotice } from './phi-notice.tsx'
import { sendDocument } from './send-document.ts'

const choices = Object.entries(categories).map(([value, label]) => ({ value, label }))
const kinds = Object.values(fileKinds).map(({ label }) => label)

/** Which field a refused upload was about, by the word in the page's address. */
const sentences: Record<string, { field: 'category' | 'phi_ack' | 'file'; says: string }> = {
  category: { field: 'category', says: 'Choose one of the categories offered.' },
  phi_ack: { field: 'phi_ack', says: 'Confirm this before you upload.' },
  file: { field: 'file', says: 'Choose a file that is not empty.' },
  name: { field: 'file', says: 'The name of this file is too long or has characters that no file name has. Rename it and choose it again.' },
  unsupported_media: { field: 'file', says: `What is in this file is not what its name says, or is not accepted. Accepted are ${kinds.join(', ')}.` },
  too_large: { field: 'file', says: `A file may have at most ${MAX_BYTES / 1_000_000} MB.` },
  malformed: { field: 'file', says: 'The file did not arrive whole. Choose it again.' },
  conflict: { field: 'file', says: 'Something was in the way. Choose the file again.' },
  rate_limited: { field: 'file', says: 'Too many requests in a minute. Wait a moment and choose the file again.' },
}

/** Sends each file as it is chosen, with its progress; without scripts it is a plain form that sends one. */
export function UploadCard({ refused, open, onUploaded }: { refused: string | null; open: boolean; onUploaded: () => void }) {
  const csrf = useCsrf()
  const form = useRef<HTMLFormElement>(null)
  const hydrated = useHydrated()
  // As it was when the page came: the first upload must not fold away its own result.
  const [openedAtFirst] = useState(open || refused !== null)
  const problem = refused ? sentences[refused] : undefined
  const errorOf = (field: string) => (problem?.field === field ? problem.says : undefined)

  const upload = async (file: File, onProgress: (fraction: number) => void, signal: AbortSignal) => {
    const typed = new FormData(form.current ?? undefined)
    if (typed.get('phi_ack') !== 'yes') return { ok: false, message: `Tick “${phiNotice.acknowledgement}” first, then choose the file again.` } as const
    return sendDocument({ file, category: String(typed.get('category') ?? ''), csrf, onProgress, signal })
  }

  return (
    <details open={openedAtFirst} className="group/upload min-w-0 rounded-lg border border-line bg-panel shadow-card">
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm focus-visible:-outline-offset-2">
        <Icon name="upload" className="text-ink-3" />
        <span className="text-base font-semibold">Upload</span>
        <span className="text-ink-2 max-sm:hidden">
          {kinds.join(', ')}; up to {MAX_BYTES / 1_000_000} MB each
        </span>
        <Icon name="down" className="ms-auto text-ink-3 group-open/upload:hidden" />
        <Icon name="up" className="ms-auto hidden text-ink-3 group-open/upload:block" />
      </summary>
      <form ref={form} method="post" action="/documents/upload" encType="multipart/form-data" className="grid gap-4 border-t border-line p-4">
        <PhiNotice />
        {/* Fields before the file: the server reads the form as it streams in. */}
        <input type="hidden" name="csrf" value={csrf} />
        <div className="grid max-w-160 gap-4 sm:grid-cols-2">
          <SelectField name="category" label="Category" choices={choices} none="Choose a category" required error={errorOf('category')} />
          <div className="sm:pt-6">
            <CheckboxField name="phi_ack" label={phiNotice.acknowledgement} required error={errorOf('phi_ack')} />
          </div>
        </div>
        <FileDrop name="file" label="Files" accept={acceptedEndings} multiple={hydrated} maxBytes={MAX_BYTES} required error={errorOf('file')} upload={upload} onUploaded={onUploaded} />
        {hydrated ? null : (
          <div>
            <Button tone="primary">Upload</Button>
          </div>
        )}
      </form>
    </details>
  )
}
