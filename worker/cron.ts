import type { WakeParts } from './wake.ts'

/** The schedule: what runs every minute and every hour. Each job is idempotent; a skipped or doubled run harms nothing. */
export async function runCron(parts: WakeParts, cron: string): Promise<void> {
  void parts
  void cron
}
