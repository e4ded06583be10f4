import { fetchExport } from '../../../worker/core/audit/fetch-export.ts'
import { page } from '../../page.ts'

/** The file of an export, made while it is read. Nothing changes here: the export was recorded when it was asked for. */
export const loader = page(async ({ door, params }) => {
  const { name, type, body } = await door.tenant((ctx) => fetchExport(ctx, params['ticket'] ?? ''))
  return new Response(body, { headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` } })
})
