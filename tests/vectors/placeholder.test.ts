import { env, exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'

test('the worker answers', async () => {
  // placeholder
  const answer = await (exports as unknown as { default: Fetcher }).default.fetch('http://localhost/')
  expect(await answer.text()).toContain('Countersign')
  expect(Object.keys(env)).toContain('KEK_1')
})
