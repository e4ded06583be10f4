export type SparkProps = {
  /** What the bars say, in words: "Last 12 probes, all passed, 212 to 240 ms". */
  label: string
  /** Oldest first. A bar of zero or less is drawn as a hairline. */
  values: readonly number[]
  /** Indexes of readings that failed; drawn in the bad colour and to full height, so that they show without it. */
  bad?: readonly number[] | undefined
  height?: number | undefined
}

/** A chart the size of a word. Attributes only, no style, so the server may draw it. */
export function Spark({ label, values, bad = [], height = 20 }: SparkProps) {
  const top = Math.max(...values, 0) || 1
  return (
    <svg role="img" aria-label={label} width={values.length * 6 - 2} height={height} className="flex-none text-accent">
      {values.map((value, at) => {
        const failed = bad.includes(at)
        const tall = failed ? height : Math.max(1, Math.round((Math.max(value, 0) / top) * height))
        return (
          <rect
            // Readings have no identity but their place.
            key={at}
            x={at * 6}
            y={height - tall}
            width="4"
            height={tall}
            rx="1"
            fill="currentColor"
            className={failed ? 'text-bad' : undefined}
            opacity={failed ? 1 : 0.72}
          />
        )
      })}
    </svg>
  )
}
