import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { CredentialId, IssueCredential, OpenCopy } from '../../../../worker/contracting/producers/contract.ts'
import { issueCredential } from '../../../../worker/contracting/producers/issue-credential.ts'
import { openCopy } from '../../../../worker/contracting/producers/open-copy.ts'
import { openDocuments } from '../../../../worker/contracting/producers/open-documents.ts'
import { readProducer, type ProducerDetail } from '../../../../worker/contracting/producers/read-producer.ts'
import { revokeCredential } from '../../../../worker/contracting/producers/revoke-credential.ts'
import { action as posted, input, page } from '../../../page.ts'
import type { PageHandle } from '../../../shell/crumbs.tsx'
import { ProducerPage } from './producer-page.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.producer.name ?? 'Producer'} · Countersign` }]
export const handle: PageHandle<ProducerDetail | undefined> = { crumbs: (detail) => [{ label: 'Producers', href: '/producers' }, { label: detail?.producer.name ?? 'Producer' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readProducer(ctx, params['linkId'] ?? '')))

/** Opens the copy or its documents, gives a credential, or revokes one. What was opened is in this answer alone: no address leads to it. */
export const action = posted(async ({ door, params, form }) => {
  const linkId = params['linkId'] ?? ''
  const typed = (name: string) => form.get(name) ?? ''
  switch (typed('intent')) {
    case 'issue': {
      const wanted = input(IssueCredential, { kind: typed('kind'), label: typed('label'), value: typed('secret'), password: typed('password') })
      return { done: 'issued' as const, label: (await door.tenant((ctx) => issueCredential(ctx, linkId, wanted))).label }
    }
    case 'revoke': {
      const credential = input(CredentialId, typed('credential'))
      await door.tenant((ctx) => revokeCredential(ctx, credential))
      return { done: 'revoked' as const }
    }
    case 'documents': {
      const asked = input(OpenCopy, { purpose: typed('purpose'), reason: typed('reason') })
      return { done: 'documents' as const, linkId, opened: await door.tenant((ctx) => openDocuments(ctx, linkId, asked)) }
    }
    default: {
      const asked = input(OpenCopy, { purpose: typed('purpose'), reason: typed('reason') })
      return { done: 'opened' as const, linkId, opened: await door.tenant((ctx) => openCopy(ctx, linkId, asked)) }
    }
  }
})

export default function Producer() {
  const detail = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>() ?? null
  return <ProducerPage detail={detail} answered={answered && 'done' in answered ? answered : null} refused={answered && 'problem' in answered ? answered : null} />
}
