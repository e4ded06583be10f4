/** What SignInGate and the Worker say to each other. */

/** `address` is the blind index of the e-mail address that was typed; `browser` the id in a device cookie we signed, or null. */
export type GateTry = { address: string; browser: string | null; now: number }

/** `said`: this try may be checked, and unless it is right the answer is still that the address is locked until then. */
export type GateEntered = { go: true; said: number | null } | { go: false; why: 'lock'; until: number } | { go: false; why: 'window'; quota: number; windowS: number; resetS: number }
