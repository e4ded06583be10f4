/**
 * When to set an object's alarm so that it rings at `dueAt` by the deployment's clock, of which `now` is the present. The
 * platform rings by its own clock, and the sandbox's may be ahead of it: the one place where an object reads the platform's.
 */
export const alarmTime = (dueAt: number, now: number): number => Date.now() + Math.max(0, dueAt - now)
