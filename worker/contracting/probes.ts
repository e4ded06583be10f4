import type { Probe } from '../core/trust/probe.ts'
import { sealProbe } from './packets/pdf/seal-probe.ts'
import { copiesWithoutLink } from './producers/link-store.ts'

const ZEROS = '0'.repeat(26)
/** An id as good as any, of a request that no carrier was ever given. */
const NOBODYS = `req_${ZEROS}`

/** What decides whether the controls of contracting may say `active`. */
export const contractingProbes: readonly Probe[] = [
  sealProbe,
  {
    id: 'contracting.carrier_door',
    says: 'An application asked for without a carrier’s key, and with a made-up one',
    unit: 'HTTP status',
    measure: async ({ reach, knock }) => {
      const ask = (headers: Record<string, string>) => knock(new Request(`${reach.env.ORIGIN}/api/carrier/v1/applications/${NOBODYS}`, { headers }))
      const [without, madeUp] = [await ask({}), await ask({ Authorization: `Bearer cs_cky_${ZEROS}_${ZEROS}_${'A'.repeat(43)}.${'A'.repeat(43)}` })]
      const worse = Math.min(without.status, madeUp.status)
      return { passed: without.status === 401 && madeUp.status === 401, value: `refused with ${without.status} and ${madeUp.status}`, measure: worse }
    },
  },
  {
    id: 'contracting.release',
    says: 'Copies of passports at FMOs that released their producer',
    unit: 'copies',
    measure: async ({ reach }) => {
      const counts = await Promise.all(reach.shardNames.map((name) => copiesWithoutLink(reach.reader(name))))
      const left = counts.reduce((sum, each) => sum + each, 0)
      return { passed: left === 0, value: left === 0 ? 'none left' : `${left} left`, measure: left }
    },
  },
]
