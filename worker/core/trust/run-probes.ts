import { newId } from '../id.ts'
import type { Probe, ProbeParts, Reading } from './probe.ts'
import { insertReadings, newestReading } from './store.ts'

/** How often the probes run, in milliseconds. The cron comes every minute; in between it finds the last readings young enough. */
export const PROBE_EVERY_MS = 5 * 60_000
/** A cron rings a little early or late. */
const LENIENCE_MS = 30_000

/** Run every probe unless the last readings are younger than five minutes. By their age, not by the minute: a cron that was missed is made up for by the next. */
export async function runProbesDue(parts: ProbeParts, probes: readonly Probe[]): Promise<void> {
  const { directory } = parts.reach
  const newest = await directory.read(newestReading(directory))
  if (newest === undefined || parts.now - newest >= PROBE_EVERY_MS - LENIENCE_MS) await runProbes(parts, probes)
}

/**
 * Run every probe and keep what it read. A probe that throws has failed, and says so: a control whose probe cannot run is
 * not a control that passed.
 */
export async function runProbes(parts: ProbeParts, probes: readonly Probe[]): Promise<void> {
  const readings = []
  for (const probe of probes) {
    const reading = await probe.measure(parts).catch((): Reading => ({ passed: false, value: 'the probe could not run', measure: null }))
    readings.push({ id: newId('rdg', parts.now), probe: probe.id, at: parts.now, reading })
  }
  if (readings.length > 0) await parts.reach.directory.settle(insertReadings(parts.reach.directory, readings))
}
