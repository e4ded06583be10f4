import { encode } from 'uqr'

/** A QR code as one path: nothing leaves the page, no image is fetched. Always dark on light, as scanners want it, with the quiet zone of ISO/IEC 18004. */
export function QrCode({ text, label, size = 176 }: { text: string; label: string; size?: number }) {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 4 })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${modules} ${modules}`} shapeRendering="crispEdges" className="rounded-md border border-line">
      <rect width={modules} height={modules} fill="#ffffff" />
      <path d={squares.join('')} fill="#000000" />
    </svg>
  )
}
