/**
 * How far the deployment's clock, of which `now` is the present, is ahead of the platform's. Objects go by the first and the
 * platform rings alarms by the second; only the sandbox makes them differ. The one place where an object reads the platform's.
 */
export const clockLead = (now: number): number => now - Date.now()
