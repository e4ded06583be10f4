import { useState } from 'react'
import { sha256 } from '@noble/hashes/sha2.js'
import { verifyExport } from '../../../durable-objects/chain-export.ts'
import { linesOf } from '../../../durable-objects/chain-lines.ts'
import { verifyEd25519 } from '../../../durable-objects/chain-signer.ts'
import { verdictInWords } from '../../../durable-objects/chain-words.ts'
import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Notice } from '../../ui/notice.tsx'

type Verdict = { tone: 'ok' | 'bad'; title: string; words: string } | null

/** The log's checkpoint, its key, the one-line command, and the same verifier in this tab: the file never leaves it. */
export function VerifyYourself({ log }: { log: TrustView['log'] }) {
  const [verdict, setVerdict] = useState<Verdict>(null)
  const [busy, setBusy] = useState(false)

  async function check(file: File | undefined) {
    if (!file) return
    setBusy(true)
    setVerdict(await verdictOn(file, log.publicKey))
    setBusy(false)
  }

  return (
    <Card title="Verify it yourself" id="verify">
      <div className="grid gap-5 md:grid-cols-2">
        <div className="grid min-w-0 content-start gap-3">
          <p className="text-ink-2">Choose or drop an audit export. It is checked in this browser tab and never uploaded.</p>
          <label className="grid gap-1.5 font-medium">
            Audit export (NDJSON)
            <input
              type="file"
              accept=".ndjson,application/x-ndjson"
              className="block w-full rounded-lg border border-dashed border-line-2 bg-sunk p-4 text-sm font-normal file:me-3 file:rounded-md file:border-0 file:bg-accent file:px-3 file:py-1.5 file:text-on-accent"
              onChange={(event) => void check(event.target.files?.[0])}
              onDragOver={(event) => event.preventDefault()}
            />
          </label>
          <div aria-live="polite">
            {busy ? <p className="text-ink-2">Checking …</p> : null}
            {verdict && !busy ? (
              <Notice tone={verdict.tone} title={verdict.title}>
                {verdict.words}
              </Notice>
            ) : null}
          </div>
          <noscript>
            <p className="text-sm text-ink-2">This needs scripts; the command below does not.</p>
          </noscript>
          <CodeBlock label="Or on your own machine" text={log.command} wrap />
        </div>
        <div className="grid min-w-0 content-start gap-4">
          <CodeBlock label="Latest checkpoint of the deployment’s log" text={log.checkpoint ?? 'none signed yet'} wrap />
          <CodeBlock label="Public key" text={log.publicKey} wrap />
        </div>
      </div>
    </Card>
  )
}

async function verdictOn(file: File, key: string): Promise<Verdict> {
  try {
    const verdict = await verifyExport(linesOf(bytesOf(file)), key, { sha256, verify: verifyEd25519 })
    const complete = verdict.state === 'complete'
    return { tone: complete ? 'ok' : 'bad', title: complete ? 'Exactly what was sealed' : 'Not what was sealed', words: verdictInWords(verdict) }
  } catch {
    return { tone: 'bad', title: 'Could not be read', words: 'This file is not an audit export, or your browser cannot check Ed25519 signatures. The command below can.' }
  }
}

async function* bytesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value
}
