import { expect, test } from 'vitest'
test('node runs', () => expect(process.versions.node).toMatch(/^2/))
