import { useEffect, useRef, useState } from 'react'
import type { PdfField } from '../../../../worker/contracting/packets/contract.ts'
import { useCsrf } from '../../../shell/post-form.tsx'
import { documentBytes, drawPage, openPdfPages } from './pdf-pages.ts'

type FormViewerProps = {
  documentId: string
  page: number
  /** The fields of this page, in the order of the rows. */
  fields: readonly PdfField[]
  picked: number | null
  /** Which of them are filled. */
  filled: ReadonlySet<string>
  onPick: (n: number) => void
}

/**
 * The page itself with its fields marked: a press on one leads to its row. For the eye and the mouse; the rows beside it say and do the same for everybody
 * else, so that nothing here takes the focus.
 */
export function FormViewer({ documentId, page, fields, picked, filled, onPick }: FormViewerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const csrf = useCsrf()
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const run = { over: false }
    const draw = async () => {
      const pdf = await openPdfPages(await documentBytes(documentId, csrf))
      if (run.over || !canvas.current) return
      const drawn = await drawPage(pdf, page, canvas.current)
      if (!run.over) setSize(drawn)
    }
    draw().catch(() => setFailed(!run.over))
    return () => {
      run.over = true
    }
  }, [documentId, page, csrf])

  return (
    <div aria-hidden className="relative min-h-60 rounded-lg border border-line bg-white shadow-card">
      <canvas ref={canvas} className="block h-auto w-full rounded-lg" />
      {failed ? <p className="absolute inset-0 grid place-items-center p-6 text-center text-sm text-ink-2">This page cannot be drawn here. The list beside it works all the same.</p> : null}
      {size ? (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} className="absolute inset-0 size-full">
          {fields.flatMap((field, n) =>
            field.boxes
              .filter((box) => box.page === page)
              .map((box) => (
                <rect
                  key={`${field.name} ${box.option ?? ''} ${box.x} ${box.y}`}
                  x={box.x}
                  y={size.height - box.y - box.height}
                  width={box.width}
                  height={box.height}
                  rx={1.5}
                  className={`cursor-pointer ${n === picked ? 'fill-accent/35 stroke-accent' : filled.has(field.name) ? 'fill-ok/15 stroke-ok/60' : 'fill-warn/15 stroke-warn/70'}`}
                  onClick={() => onPick(n)}
                />
              )),
          )}
        </svg>
      ) : null}
    </div>
  )
}
