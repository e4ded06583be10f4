import { LinkButton } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ShownOnce } from '../../ui/shown-once.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'

/** Ten codes at the only moment they are shown. Nothing but their hashes is kept. */
export function RecoveryCodes({ codes, title }: { codes: readonly string[]; title: string }) {
  return (
    <>
      <PageHeader title={title} status={<StatusChip tone="ok">done</StatusChip>} lead="One thing is left: keep your recovery codes where you keep passwords, or on paper." />
      <div className="grid max-w-140 gap-4">
        <ShownOnce title="Ten recovery codes" label="Recovery codes" text={codes.join('\n')}>
          Each works once, in place of your second factor. They are not shown again and nobody here can read them; new ones void these.
        </ShownOnce>
        <div>
          <LinkButton href="/profile/security" tone="primary">
            I have kept them
          </LinkButton>
        </div>
      </div>
    </>
  )
}
