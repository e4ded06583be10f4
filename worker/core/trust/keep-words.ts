import type { RetentionRule } from '../module.ts'

const DAY_MS = 86_400_000

/** A period as a person says it. */
export function keepInWords(keep: RetentionRule['keep']): string {
  if ('life' in keep) return `as long as the ${keep.life} lives`
  if ('policy' in keep) return `by policy: ${keep.policy}`
  if (keep.ms === 0) return 'never'
  const days = keep.ms / DAY_MS
  if (days >= 1) return `${days} ${days === 1 ? 'day' : 'days'}`
  return keep.ms >= 3_600_000 ? `${keep.ms / 3_600_000} hours` : `${keep.ms / 60_000} minutes`
}
