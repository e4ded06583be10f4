import { extraParts, type ExtraPart } from '../../../../worker/contracting/carriers/contract.ts'
import { linesOfAuthority, type LineOfAuthority } from '../../../../worker/contracting/passport/contract.ts'

/** Lines of authority, as people read them. */
export const lineNames = (lines: readonly string[]): string => lines.map((line) => linesOfAuthority[line as LineOfAuthority] ?? line).join(', ') // `as`: a line we do not know is shown as it is

export const partNames = (parts: readonly string[]): string => parts.map((part) => extraParts[part as ExtraPart] ?? part).join(', ') // `as`: likewise

/** What one form of a carrier's page brought about. Secrets are in this answer alone. */
export type CarrierOutcome = { readonly revoked: boolean; readonly ended: boolean; readonly token: { readonly label: string; readonly text: string } | null; readonly secret: string | null }
