import { useState } from 'react'
import { sha256 } from '@noble/hashes/sha2.js'
import { sealsIn } from '../../../../worker/contracting/packets/pdf/contract.ts'
import { useTokenPost } from '../../../shell/post-form.tsx'
import { useHydrated } from '../../../ui/hydrated.ts'

/** Larger than anything that is sealed here; a file beyond it is not read. */
const LARGEST = 60_000_000

/** Takes a PDF, makes its digest and those of the signatures in it in this tab, and sends nothing else. */
export function VerifyDrop() {
  const post = useTokenPost()
  const hydrated = useHydrated()
  const [state, setState] = useState<'ready' | 'reading' | 'large'>('ready')

  async function take(file: File | undefined) {
    if (!file) return
    if (file.size > LARGEST) return setState('large')
    setState('reading')
    const bytes = new Uint8Array(await file.arrayBuffer())
    post('/verify', { sha256: hex(sha256(bytes)), seals: sealsIn(bytes).slice(0, 20).map(({ contents }) => hex(sha256(contents))).join(' ') })
    setState('ready')
  }

  if (!hydrated) return <p className="text-sm text-ink-2">Where scripts run a file can be dropped here; without them, type its digest below.</p>
  return (
    <div className="grid gap-2">
      <label className="grid gap-1.5 font-medium">
        Signed PDF
        <input
          type="file"
          accept=".pdf,application/pdf"
          className="block w-full rounded-lg border border-dashed border-line-2 bg-sunk p-5 text-sm font-normal file:me-3 file:rounded-md file:border-0 file:bg-accent file:px-3 file:py-1.5 file:text-on-accent"
          onChange={(event) => void take(event.target.files?.[0])}
          onDragOver={(event) => event.preventDefault()}
        />
      </label>
      <p className="text-sm text-ink-2" aria-live="polite">
        {state === 'reading' ? 'Reading …' : state === 'large' ? 'This file is larger than anything that is sealed here.' : 'Choose or drop the file. It is not uploaded.'}
      </p>
    </div>
  )
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
