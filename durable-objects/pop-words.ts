/** What ScreenPop and the Worker say to each other. Ids and ciphertext: no name, no number. */

/** Whose page listens: the member, and the session it was opened in. */
export type Listener = { readonly memberId: string; readonly accountId: string; readonly sid: string }

/** A call to show to a member, until `dueAt`. */
export type PopBegun = { readonly tenantId: string; readonly callId: string; readonly memberId: string; readonly dueAt: number; readonly now: number }

/** `new`: nobody was shown this call yet. `moved`: somebody else was, and is no longer. `known`: this member is shown it already. */
export type PopBeginning = 'new' | 'moved' | 'known'

/** What is shown of a call, sealed under a key of its own. */
export type PopCell = { readonly callId: string; readonly sealed: string; readonly sealVersion: number; readonly dueAt: number }

/** Whose sockets are closed: one account's, one member's, or everybody's. */
export type HungUp = { readonly accountId: string } | { readonly memberId: string } | 'everybody'

/** All that a socket ever carries: the calls that a member is shown now, and how often what is shown of each has changed. */
export type PopsSaid = { readonly pops: readonly { readonly call: string; readonly n: number }[] }
