/** What a ticket is for, as its person would say it. Keys are the verbs that ask for exact tickets. */
const words: Readonly<Record<string, string>> = {
  'core.begin_totp': 'set up an authenticator',
  'core.disable_totp': 'turn your authenticator off',
  'core.regenerate_recovery_codes': 'make new recovery codes',
  'core.add_passkey': 'add a passkey',
  'core.remove_passkey': 'remove a passkey',
  'core.link_identity': 'let another provider sign you in',
  'core.unlink_identity': 'stop another provider from signing you in',
  'core.close_account': 'close your account',
  'tenant.transfer': 'hand over ownership',
  'tenant.close': 'close the tenant, or call its closing off',
  'key.compromised': 'destroy a key that may be known to others',
  'audit.export': 'export the audit log',
  'api_key.issue': 'issue or revoke an API key',
  'passport.reveal': 'see one of your own numbers in full',
}

/** A sentence's end: "You are about to …". */
export const actWords = (verb: string): string => words[verb] ?? `do something sensitive (${verb})`
