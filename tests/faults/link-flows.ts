import type { EventBody } from '../../worker/core/audit/event.ts'
import { bytesInside } from '../../worker/core/documents/open-inside.ts'
import { copyPassport } from '../../worker/contracting/producers/copy-passport.ts'
import { followDocuments } from '../../worker/contracting/producers/copy-documents.ts'
import { namedUnder } from '../../worker/contracting/producers/document-store.ts'
import { inTenant, newFmo, newLinked, paperOf, someSnapshot } from '../support/link-scene.ts'
import { testParts } from '../support/new-tenant.ts'
import { pdf, png } from '../support/sample-files.ts'
import { asOwner, drained, replaced } from '../support/scene.ts'
import { Home } from '../tenancy/home.ts'
import { worked } from './act.ts'
import { countOf } from './events-so-far.ts'
import type { Flow } from './flow.ts'
import { documentsOf } from './stored-objects.ts'

/** What passes between two tenants that are linked. */
export const linkFlows: readonly Flow[] = [
  {
    name: 'copy the documents of a passport',
    begin: async () => {
      const fmo = await newFmo()
      const linked = await newLinked(fmo)
      const bytes = { voided_cheque: pdf('Void'), explanation: png() }
      const papers = [await paperOf(linked.producerId, { name: 'Court letter.png', bytes: bytes.explanation, type: 'image/png' })]
      const snapshot = await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { bytes: bytes.voided_cheque }), papers })
      // Nobody is woken: the documents are copied by this flow alone.
      const parts = await testParts()
      await copyPassport({ ...parts, reach: replaced(parts.reach, 'chain', replaced(parts.reach.chain, 'poke', async () => undefined)) }, fmo.id, linked.linkId, snapshot)
      const copyMade = { meta: { link: linked.linkId } } as unknown as EventBody // `as`: the one thing that is read of it
      return {
        home: new Home(fmo, `copies${crypto.randomUUID().slice(0, 8)}`, await asOwner(fmo)),
        act: worked(({ reach, now }) => followDocuments(reach, fmo.id, copyMade, now)),
        wrong: async () => {
          await drained(fmo.id)
          const rows = (await inTenant(fmo.id, (ctx) => ctx.db.read(namedUnder(ctx.db, linked.linkId)))) ?? []
          const unlike = await Promise.all(rows.map(async ({ what, documentId }) => {
            const here = await inTenant(fmo.id, (ctx) => bytesInside(ctx, documentId)).catch(() => null)
            return here && Buffer.from(here).equals(bytes[what]) ? [] : [`the ${what} did not come whole`]
          }))
          const [told, named] = [await countOf(fmo.id, 'contracting.document.copied'), rows.map(({ documentId }) => documentId)]
          const strange = (await documentsOf(fmo.id)).filter((path) => !named.some((id) => path.includes(id)))
          return [
            ...(rows.length === 2 && rows.every(({ copiedAt }) => copiedAt !== null) ? [] : [`${rows.filter(({ copiedAt }) => copiedAt !== null).length} of 2 documents are here`]),
            ...(told === 2 ? [] : [`copying was recorded ${told} times`]),
            ...(strange.length === 0 ? [] : [`bytes that nothing names: ${strange.join(', ')}`]),
            ...unlike.flat(),
          ]
        },
      }
    },
  },
]
