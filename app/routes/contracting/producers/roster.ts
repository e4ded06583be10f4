import { redirect } from '@remix-run/cloudflare'
import { exportRoster, readExporting } from '../../../../worker/contracting/producers/export-roster.ts'
import { action as posted, page } from '../../../page.ts'

/** The roster is a file and has no page: who looks for one is led to the list. */
export const loader = page(async ({ door }) => {
  await door.tenant(readExporting)
  throw redirect('/producers')
})

/** Taking it out is an event, so it is asked for by a button. */
export const action = posted(async ({ door }) => {
  const csv = await door.tenant(exportRoster)
  return new Response(csv, { headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="producers.csv"' } })
})
