import type { ExportReason, ExportVerdict } from './chain-export.ts'

/** A verdict as a person reads it, on the terminal and on the trust page alike. */
export function verdictInWords(verdict: ExportVerdict): string {
  if (verdict.state === 'complete') {
    const left = verdict.leftOut === 0 ? '' : ` Shown in full: ${verdict.shown}; left out, present as hashes: ${verdict.leftOut}.`
    const seen = verdict.extends === null ? '' : ` It extends the checkpoint you kept, of ${verdict.extends} entries.`
    return `complete up to ${verdict.size}, signed at ${new Date(verdict.signedAt).toISOString()}; of later entries this file says nothing.${left}${seen}`
  }
  const where = verdict.line === null ? '' : ` (line ${verdict.line})`
  return `broken: ${because(verdict.reason, verdict.n, verdict.found)}${where}.`
}

function because(reason: ExportReason, n: number | null, found: number | null): string {
  switch (reason) {
    case 'not_an_export':
      return 'this is not an audit export, or its first line was changed'
    case 'not_canonical':
      return `entry ${n} is not written as the log writes it`
    case 'not_an_entry':
      return `what stands in the place of entry ${n} is not an entry`
    case 'other_tenant':
      return `entry ${n} belongs to another tenant`
    case 'out_of_order':
      return `entry ${n} should come next, but entry ${found} does; one is missing, repeated or out of its place`
    case 'entry_changed':
      return `entry ${n} was changed`
    case 'truncated':
      return `the end is missing, from entry ${n} on`
    case 'more_than_signed':
      return 'there is more in this file than was signed'
    case 'checkpoint_malformed':
      return 'the checkpoint at the end cannot be read'
    case 'other_key':
      return 'the checkpoint was not signed with this key'
    case 'bad_signature':
      return 'the signature of the checkpoint is false'
    case 'other_log':
      return 'the checkpoint belongs to another log'
    case 'root_differs':
      return 'the lines agree with each other but not with what was signed: the last entry or a left-out one was changed, or the file was rewritten from some entry on'
    case 'key_malformed':
      return 'the key is not a verifier key (name+id+base64)'
    case 'seen_refused':
      return 'the checkpoint you kept is not one of this log signed with this key'
    case 'seen_not_extended':
      return n === null ? 'this file does not contain the log as it was when you kept your checkpoint' : `you kept a later checkpoint; this file lacks everything from entry ${n} on`
  }
}
