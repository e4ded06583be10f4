import { useRef, useState, type PointerEvent } from 'react'
import { Button } from '../../../ui/button.tsx'

type Stroke = [number, number][]
const SIZE = { width: 480, height: 140 }

/** Points nearer to each other than this add nothing one could see, and a form takes so many. */
const STEP = 3

/** Draw a signature with finger, pen or mouse. Not needed: the typed name signs by itself. */
export function SignaturePad() {
  const [strokes, setStrokes] = useState<Stroke[]>([])
  const drawing = useRef(false)
  const surface = useRef<SVGSVGElement>(null)

  const at = (event: PointerEvent): [number, number] => {
    const box = surface.current?.getBoundingClientRect()
    if (!box) return [0, 0]
    const clamp = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)))
    return [clamp(((event.clientX - box.left) / box.width) * SIZE.width, SIZE.width), clamp(((event.clientY - box.top) / box.height) * SIZE.height, SIZE.height)]
  }
  const begin = (event: PointerEvent) => {
    drawing.current = true
    surface.current?.setPointerCapture(event.pointerId)
    setStrokes((all) => [...all, [at(event)]])
  }
  const go = (event: PointerEvent) => {
    if (!drawing.current) return
    const [x, y] = at(event)
    setStrokes((all) => {
      const last = all.at(-1) ?? []
      const [fromX, fromY] = last.at(-1) ?? [x, y]
      return Math.hypot(x - fromX, y - fromY) < STEP ? all : [...all.slice(0, -1), [...last, [x, y]]]
    })
  }
  const end = () => {
    drawing.current = false
  }

  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium" id="pad-label">
        Draw your signature <span className="font-normal text-ink-2">(if you like)</span>
      </p>
      <svg
        ref={surface}
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        className="w-full max-w-120 touch-none rounded-lg border border-dashed border-line-2 bg-white"
        role="img"
        aria-labelledby="pad-label"
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <line x1={20} y1={110} x2={460} y2={110} stroke="#c8ccd4" strokeWidth={1} />
        {strokes.map((stroke, index) => (
          <polyline key={index} points={stroke.map((point) => point.join(',')).join(' ')} fill="none" stroke="#12215c" strokeWidth={2.4} strokeLinecap="round" strokeLinejoin="round" />
        ))}
      </svg>
      <input type="hidden" name="drawn" value={strokes.length === 0 ? '' : JSON.stringify({ ...SIZE, strokes })} />
      {strokes.length > 0 ? (
        <div>
          <Button type="button" size="sm" tone="quiet" onClick={() => setStrokes([])}>
            Clear the drawing
          </Button>
        </div>
      ) : null}
    </div>
  )
}
