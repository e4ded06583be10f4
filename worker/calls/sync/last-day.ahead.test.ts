import { runDurableObjectAlarm } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { expect, onTestFinished, test } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { callRow, keysOfCalls, newDialler } from '../../../tests/support/call-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { asAdmin, asOwner, bindings, drained } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../../core/reach.ts'

const DAY = 86_400_000
const words = 'Canarytalk about the roof.'

test('[CAL-18] while the AMS is down a call’s words stay on its page until the thirtieth day; the hourly cron after it takes them, whatever became of the note, and an admin’s page says that a call was lost', async () => {
  const { default: worker } = exports as unknown as { default: { scheduled(event: { cron: string; scheduledTime: Date }): Promise<unknown> } } // `as`: typed by the entry file
  onTestFinished(() => void (clock.aheadMs = 0))
  const [line, other] = [await newDialler(), await newDialler()]
  const ams = await connectedDouble(line.tenant, [{ id: 'C-1', name: 'Casey', phone: '+14155550132' }])
  ams.does = 'busy'
  await line.tenant.someone('admin')
  const start = await testClock()
  await line.tell('ended', 'late', { at: start, duration: 60 })
  await line.tell('transcript', 'late', { at: start, transcript: words })
  const { id } = await callRow(line, 'late')

  /** So long after the call its tenant's alarm rings and the hour strikes; then somebody signs in and looks. */
  const after = async (ms: number, look: 'asOwner' | 'asAdmin', path: string): Promise<string> => {
    clock.aheadMs = ms
    await runDurableObjectAlarm(bindings.TIMERS.get(bindings.TIMERS.idFromName(line.tenant.id)))
    await worker.scheduled({ cron: '0 * * * *', scheduledTime: new Date(await testClock()) })
    for (const log of [line.tenant.id, PLATFORM]) await drained(log) // within seconds, by the log's own alarm, which no test clock rings
    return (await (look === 'asAdmin' ? await asAdmin(line.tenant, { now: await testClock() }) : await asOwner(line.tenant, { now: await testClock() })).page(path)).text()
  }
  for (const day of [1, 3]) expect(await after(day * DAY, 'asOwner', `/calls/${id}`)).toContain(words)
  expect(await after(30 * DAY - 3_600_000, 'asOwner', `/calls/${id}`)).toContain(words)
  await other.tell('ended', 'young', { at: await testClock(), duration: 60 })

  expect(await after(30 * DAY + 60_000, 'asOwner', `/calls/${id}`)).not.toContain('Canarytalk')
  expect(await callRow(line, 'late')).toMatchObject({ state: 'purged', content: null, purgedBy: 'cap', syncDueAt: null })
  expect(await keysOfCalls(line)).toEqual([])
  expect(await after(30 * DAY + 120_000, 'asAdmin', '/calls')).toContain('One call lost')
  expect(ams.notes).toEqual([])
  expect(await callRow(other, 'young')).toMatchObject({ state: 'live' })
})
