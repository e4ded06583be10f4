import type { Page } from 'playwright-core'
import type { Looks } from './walk-producers.ts'

/** Every page of calls and diallers. `owner` is the owner of the demo's house that has a dialler, signed in and just proven. */
export async function walkCalls(owner: Page, { look, lookHere, press }: Pick<Looks, 'look' | 'lookHere' | 'press'>): Promise<void> {
  await look(owner, '/calls', '/calls')
  const call = (await owner.locator('main a[href^="/calls/cal_"]').first().getAttribute('href')) ?? ''
  await look(owner, '/calls/:callId', call)
  await look(owner, '/calls/dashboard', '/calls/dashboard')
  await look(owner, '/calls/leaderboard', '/calls/leaderboard')
  await look(owner, '/ams-connection', '/ams-connection')
  await press(owner, 'Send a test')
  await owner.getByText('The test passed').first().waitFor()
  await owner.fill('main [name=phone]', '(503) 555-0177')
  await press(owner, 'Send a test')
  await owner.getByText('2 contacts have this number').first().waitFor()
  await lookHere(owner, 'AMS, tested')
  await look(owner, 'AMS, to be revoked', '/ams-connection?revoke')
  for (const kind of ['hawksoft', 'rest', 'webhook']) await look(owner, kind === 'rest' ? '/ams-connection/new' : `AMS, ${kind}`, `/ams-connection/new?kind=${kind}`)
  await owner.fill('[name=label]', 'Second AMS')
  await owner.fill('[name=address]', 'https://10.0.0.1/in')
  await press(owner, 'Connect it')
  await owner.getByText('This cannot be called').first().waitFor()
  await lookHere(owner, 'AMS, refused')
  await look(owner, '/calls/now', '/calls/now')
  await look(owner, '/call-connections', '/call-connections')
  const connection = (await owner.locator('main a[href^="/call-connections/cnn_"]').first().getAttribute('href')) ?? ''
  await look(owner, '/call-connections/:connectionId', connection)
  await press(owner, 'Send a test')
  await owner.getByText('The test message was accepted').first().waitFor()
  await lookHere(owner, 'dialler, tested')
  await look(owner, 'dialler, to be revoked', `${connection}?revoke`)
  await look(owner, '/call-connections/new', '/call-connections/new')
  await owner.fill('[name=label]', 'Second line')
  await press(owner, 'Connect it')
  await owner.getByText('Second line is ready').first().waitFor()
  await lookHere(owner, 'dialler, address and secret')
  await look(owner, '/assistant', '/assistant')
  await look(owner, 'assistant, to be removed', '/assistant?remove')
  await press(owner, 'Test it')
  await owner.getByText('Address, model and key fit together').first().waitFor()
  await lookHere(owner, 'assistant, tested')
}
