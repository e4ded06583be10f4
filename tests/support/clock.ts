/**
 * The clock of the Worker under test: the platform's, moved by what a test adds. Tests and Worker share one isolate, so a
 * test that moves it puts it back.
 */
export const clock = { aheadMs: 0 }

/** What the test entry hands to the door. Epoch milliseconds. */
export const testClock = async (): Promise<number> => Date.now() + clock.aheadMs
