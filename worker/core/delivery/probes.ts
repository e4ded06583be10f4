import type { Probe } from '../trust/probe.ts'
import { addressRefusal } from './egress-rule.ts'
import { oldestOverdue, oldestOverduePlatform } from './store.ts'

/** Longer than this behind its time, and a message is stuck rather than waiting. */
const STUCK_MS = 10 * 60_000

/** Addresses that no outbound call may reach, each for another reason. */
const forbidden = ['http://api.example.org/', 'https://127.0.0.1/', 'https://0x7f.1/', 'https://169.254.169.254/latest/meta-data', 'https://[::1]/', 'https://localhost/', 'https://metadata.google.internal/', 'https://user:pass@api.example.org/', 'https://api.example.org:8443/', 'file:///etc/passwd']

/** What decides whether the controls of this area may say `active`. */
export const deliveryProbes: readonly Probe[] = [
  {
    id: 'delivery.queue',
    says: 'How far the oldest outbound message is behind its time',
    unit: 'seconds',
    measure: async ({ reach, now }) => {
      const shards = await Promise.all(reach.shardNames.map((name) => oldestOverdue(reach.reader(name), now)))
      const oldest = [await reach.directory.read(oldestOverduePlatform(reach.directory, now)), ...shards].filter((at) => at !== null)
      const lateMs = oldest.length === 0 ? 0 : Math.max(0, now - Math.min(...oldest))
      return { passed: lateMs <= STUCK_MS, value: lateMs === 0 ? 'nothing overdue' : `${Math.round(lateMs / 1000)} s`, measure: Math.round(lateMs / 1000) }
    },
  },
  {
    id: 'delivery.egress',
    says: 'Addresses that may never be called, asked of the rule that every outbound call passes',
    unit: 'refused',
    measure: async ({ reach }) => {
      const addresses = [...forbidden, `${reach.env.ORIGIN}/api/v1/members`]
      const refused = addresses.filter((address) => addressRefusal(address, { own: reach.env.ORIGIN }) !== null).length
      return { passed: refused === addresses.length, value: `${refused} of ${addresses.length} refused`, measure: refused }
    },
  },
]
