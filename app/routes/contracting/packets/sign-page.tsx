import { consent, type OfferView } from '../../../../worker/contracting/packets/contract.ts'
import type { Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField } from '../../../ui/checkbox-field.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { useHydrated } from '../../../ui/hydrated.ts'
import { useSubmitting } from '../../../ui/links.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ReviewPages } from './review-pages.tsx'
import { SignaturePad } from './signature-pad.tsx'

export type SignPageProps = { offer: OfferView; signed: { signatureId: string; sha256: string } | null; refused: Refused | null }

/** Review a packet, then sign it. All of it works without scripts, save looking at the pages here and drawing. */
export function SignPage({ offer, signed, refused }: SignPageProps) {
  const hydrated = useHydrated()
  const isSigned = offer.state === 'signed' || signed !== null
  return (
    <>
      <PageHeader
        title={offer.title}
        status={isSigned ? <StatusChip tone="ok">signed</StatusChip> : <StatusChip tone="warn">waits for you</StatusChip>}
        lead={`For ${offer.carrier}, prepared by ${offer.fmo}.`}
        actions={
          <PostForm reload>
            <Button name="intent" value="download" icon="download">
              Download {isSigned && offer.signedId ? 'the signed copy' : 'this copy'}
            </Button>
          </PostForm>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} errors={refused.problem.errors.map(({ detail }) => ({ message: detail }))} /> : null}
      {signed && offer.signedId === null ? (
        <Notice tone="ok" title="Signed and sealed" live>
          The carrier’s file is sealed. Your copy is on its way and will stand here and under Documents in a moment.
        </Notice>
      ) : null}
      <Card title="Review" note={`${offer.pages} ${offer.pages === 1 ? 'page' : 'pages'}. Your numbers are masked in this copy; the carrier’s file has them in full.`}>
        {hydrated ? <ReviewPages documentId={offer.signedId ?? offer.reviewId} /> : <p className="text-ink-2">Download the copy above to read it; with scripts its pages are shown here.</p>}
      </Card>
      {isSigned ? <Signed offer={offer} sha256={signed?.sha256 ?? null} /> : <SignForm offer={offer} refused={refused} hydrated={hydrated} />}
    </>
  )
}

function SignForm({ offer, refused, hydrated }: { offer: OfferView; refused: Refused | null; hydrated: boolean }) {
  const busy = useSubmitting(`/signing/${offer.id}`)
  const errorOf = (pointer: string) => refused?.problem.errors.find((error) => error.pointer.startsWith(pointer))?.detail
  return (
    <Card title="Sign">
      <PostForm className="grid max-w-160 gap-4">
        <input type="hidden" name="basis" value={offer.basis} />
        <TextField name="name" label="Your full name" hint="As it stands on your licence. Typed, it is your signature." required autoComplete="name" defaultValue={refused?.typed['name'] ?? ''} error={errorOf('/mark/name')} size="lg" />
        {hydrated ? <SignaturePad /> : null}
        <div className="grid gap-2 rounded-lg border border-line bg-sunk p-4 text-sm">
          <p className="font-medium">{consent.title}</p>
          <p className="text-ink-2">{consent.text}</p>
        </div>
        <CheckboxField name="consent" label={consent.acknowledgement} required error={errorOf('/consent')} />
        <div className="grid gap-2">
          <div>
            <Button tone="primary" size="lg" busy={busy}>
              Sign this packet
            </Button>
          </div>
          <p className="text-xs text-ink-2">With your signature go this moment, your IP address and your browser; all of it stands on the last page of the sealed file.</p>
        </div>
      </PostForm>
    </Card>
  )
}

function Signed({ offer, sha256 }: { offer: OfferView; sha256: string | null }) {
  const digest = offer.signedSha256 ?? sha256
  return (
    <Card title="Sealed" aside={<LinkButton href="/verify">Verify a file</LinkButton>}>
      <div className="grid gap-3">
        <p className="text-ink-2">
          {offer.signedAt === null ? 'You have signed this packet.' : <>You signed this packet <RelativeTime at={offer.signedAt} />.</>} Whoever has the file can check that it is exactly what was sealed.
        </p>
        {digest ? <CodeBlock label={offer.signedSha256 ? 'SHA-256 of your copy' : 'SHA-256 of the carrier’s file'} text={digest} wrap /> : null}
      </div>
    </Card>
  )
}
