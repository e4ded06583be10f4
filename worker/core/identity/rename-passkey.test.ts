import { expect, test } from 'vitest'
import { newPerson } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import { listFactors } from './list-factors.ts'
import { renamePasskey } from './rename-passkey.ts'

test('a passkey gets another name; nobody renames what is not theirs', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  await ada.addPasskey('Phone')
  const id = (await ada.run(listFactors)).passkeys[0]?.id ?? ''
  await ada.run((ctx) => renamePasskey(ctx, { id, name: 'Old phone' }))
  expect(await failureOf(eve.run((ctx) => renamePasskey(ctx, { id, name: 'Mine' })))).toEqual({ code: 'not_found' })
  expect((await ada.run(listFactors)).passkeys).toMatchObject([{ id, name: 'Old phone' }])
})
