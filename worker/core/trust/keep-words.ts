import type { RetentionRule } from '../module.ts'

const DAY_MS = 86_400_000

/** A period as a person says it. */
export function keepInWords(keep: RetentionRule['keep']): string {
  if ('life' in keep) return `as long as the ${keep.life} lives`
  if ('policy' in keep) return `by policy: ${keep.policy}`
  const days = keep.ms / DAY_MS
  return days >= 1 ? `${days} ${days === 1 ? 'day' : 'days'}` : `${keep.ms / 3_600_000} hours`
}
