import { expect, test } from 'vitest'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { ensurePlatform } from '../tenancy/create-tenant.ts'
import { factorProbe } from './factor-probe.ts'
import { askFactors } from './factors.ts'

test('the probe passes in the running system, run after run, and leaves nobody enrolled and nobody signed in', async () => {
  const parts = { ...(await testParts()), sealedFields: [], knock: () => Promise.reject(new Error('it knocks at no door')) }
  await ensurePlatform(parts.reach.keyring)
  for (const later of [0, 60_000, 3_600_000]) {
    expect(await factorProbe.measure({ ...parts, now: parts.now + later })).toEqual({ passed: true, value: '5 of 7 guesses let through, a used code refused', measure: 5 })
    expect(await askFactors(parts, 'probe', 'view')).toMatchObject({ totp: null, enrolled: false, codesLeft: 0 })
    expect(await parts.reach.guards.of('probe').listSessions(parts.now + later)).toEqual([])
  }
})
