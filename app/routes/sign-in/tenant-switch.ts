import { redirect } from '@remix-run/cloudflare'
import { switchTenant } from '../../../worker/core/identity/switch-tenant.ts'
import { action as posted, page } from '../../page.ts'

/** Nothing to look at: switching is a POST. */
export const loader = page(async () => {
  throw redirect('/')
})

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  const { secret } = await switchTenant(account, form.get('tenant') ?? '')
  await door.giveSession({ accountId: account.accountId, sid: account.session.sid, secret })
  throw redirect('/')
})
