import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { listFactors } from './list-factors.ts'
import { removePasskey } from './remove-passkey.ts'

test('a passkey goes only after a proof for this very passkey', async () => {
  const ada = await newPerson()
  await ada.addPasskey('First')
  await ada.addPasskey('Second')
  const [first, second] = (await ada.run(listFactors)).passkeys
  const refused = await failureOf(ada.run((ctx) => removePasskey(ctx, first?.id ?? '')))
  if (refused?.code !== 'step_up_required') throw new Error('expected to be asked')
  await ada.confirm(refused.ticket ?? '')
  expect(await failureOf(ada.run((ctx) => removePasskey(ctx, second?.id ?? '')))).toMatchObject({ code: 'step_up_required' })
  await ada.run((ctx) => removePasskey(ctx, first?.id ?? ''))
  expect((await ada.run(listFactors)).passkeys.map(({ name }) => name)).toEqual(['Second'])
})

test('a passkey of somebody else is not there', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  await ada.addPasskey()
  const id = (await ada.run(listFactors)).passkeys[0]?.id ?? ''
  expect(await failureOf(eve.run((ctx) => removePasskey(ctx, id)))).toEqual({ code: 'not_found' })
})
