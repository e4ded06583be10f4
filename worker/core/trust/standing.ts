/**
 * What the register as a whole stands for, each line led back to the controls, settings or records that hold it. A line that
 * names a control that is not declared fails a test, and so does one that leads nowhere.
 */

/** A sentence and what holds it: ids of controls, files of the repository. */
export type Held = { readonly name: string; readonly says: string; readonly controls: readonly string[]; readonly records: readonly string[] }

/** The four principles that the architecture is made of (CAL-20). */
export const principles: readonly Held[] = [
  { name: 'Keep little', says: 'Every kind of thing that is kept has a rule for how long, and a job that carries it out.', controls: ['retention.hourly', 'documents.phi'], records: ['docs/decisions/0004-rows-are-sealed-by-class.md'] },
  { name: 'Defence in depth', says: 'Door, fence, key and log each refuse on their own; none relies on the one before it.', controls: ['tenancy.isolation', 'vault.fields', 'transport.front_door', 'identity.lockout'], records: ['docs/decisions/0002-two-shards-from-day-one.md'] },
  { name: 'A full trail', says: 'A change and its event commit together or not at all, and the log can be checked by a stranger.', controls: ['audit.append_only', 'audit.signed', 'audit.prompt'], records: ['docs/decisions/0003-the-event-commits-with-the-change.md'] },
  { name: 'Least privilege', says: 'One function authorises, from one table; what is sensitive asks for a proof of that very act.', controls: ['identity.factors', 'documents.links'], records: ['docs/decisions/0010-frozen-signatures.md'] },
]

/** The substance of a Type I report's controls, in six areas (SPO-81). Designed to meet: nobody has attested it. */
export const areas: readonly Held[] = [
  { name: 'Encryption', says: 'Designed to meet CC6.1 and CC6.7.', controls: ['vault.fields', 'vault.keys', 'documents.encrypted', 'provider.at_rest', 'provider.tls'], records: ['docs/runbooks/keys.md'] },
  { name: 'Access', says: 'Designed to meet CC6.1 to CC6.3.', controls: ['tenancy.isolation', 'identity.own', 'identity.factors', 'identity.lockout', 'documents.links'], records: [] },
  { name: 'Monitoring', says: 'Designed to meet CC7.1 to CC7.3.', controls: ['audit.append_only', 'audit.signed', 'audit.prompt'], records: ['docs/runbooks/audit-alarms.md'] },
  { name: 'Change management', says: 'Designed to meet CC8.1.', controls: ['process.change'], records: ['docs/runbooks/deploy.md', 'docs/decisions'] },
  { name: 'Incident response', says: 'Designed to meet CC7.4: what to do when the log raises an alarm, or a key may be known to others.', controls: ['process.incidents'], records: ['docs/runbooks/audit-alarms.md', 'docs/runbooks/keys.md'] },
  { name: 'Vendor management', says: 'Designed to meet CC9.2.', controls: ['process.vendors', 'provider.soc2'], records: [] },
]

/** A line of the division of work: what it says, and the setting or the row that it leads to. */
export type Duty = { readonly says: string; readonly href: string; readonly label: string }

/** What we do (SPO-17). Each leads to a control with its tests. */
export const ours: readonly Duty[] = [
  { says: 'Seal every sensitive field and document, and turn the keys over', href: '#vault.fields', label: 'Field encryption' },
  { says: 'Keep tenants apart in every statement and key', href: '#tenancy.isolation', label: 'Tenant isolation' },
  { says: 'Write down every change, in order, and sign the log', href: '#audit.signed', label: 'Signed checkpoints' },
  { says: 'Count tries before a password is hashed', href: '#identity.lockout', label: 'Account lockout' },
  { says: 'Remove what is past its time, hourly', href: '#retention.hourly', label: 'Retention' },
  { says: 'Test every change before it is deployed', href: '#process.change', label: 'Change management' },
]

/** What the customer decides. Each leads to the page of the product where it is set. */
export const yours: readonly Duty[] = [
  { says: 'Who works in your tenant, and in which role', href: '/people', label: 'People' },
  { says: 'Whether everybody needs a second factor', href: '/security', label: 'Security' },
  { says: 'How long entries, addresses and deleted documents are kept', href: '/policy', label: 'Policy' },
  { says: 'When keys turn over early, and when one is destroyed', href: '/keys', label: 'Keys' },
  { says: 'Which programs get an API key, with which scope', href: '/api-keys', label: 'API keys' },
  { says: 'Your own password, factors, sessions, and the end of your account', href: '/profile', label: 'Profile' },
]

/** Laws and rules that a control is aligned with: a mapping of ours, which nobody has examined (CLN-79). */
export type Alignment = { readonly control: string; readonly hipaa: readonly string[]; readonly tcpa: readonly string[]; readonly canSpam: readonly string[]; readonly ccpa: readonly string[] }

const aligned = (control: string, { hipaa = [], tcpa = [], canSpam = [], ccpa = [] }: Partial<Omit<Alignment, 'control'>>): Alignment => ({ control, hipaa, tcpa, canSpam, ccpa })

/** By control; the SOC 2 criteria stand at the control itself. TCPA waits for a module that calls or texts. */
export const alignments: readonly Alignment[] = [
  aligned('vault.fields', { hipaa: ['164.312(a)(2)(iv)'], ccpa: ['1798.150'] }),
  aligned('vault.keys', { hipaa: ['164.312(a)(2)(iv)'] }),
  aligned('documents.encrypted', { hipaa: ['164.312(a)(2)(iv)'], ccpa: ['1798.150'] }),
  aligned('tenancy.isolation', { hipaa: ['164.312(a)(1)', '164.308(a)(4)'] }),
  aligned('identity.own', { hipaa: ['164.312(d)'] }),
  aligned('identity.factors', { hipaa: ['164.312(d)'] }),
  aligned('identity.lockout', { hipaa: ['164.308(a)(5)(ii)(C)'] }),
  aligned('documents.links', { hipaa: ['164.312(a)(1)'] }),
  aligned('audit.append_only', { hipaa: ['164.312(b)', '164.312(c)(1)'] }),
  aligned('audit.signed', { hipaa: ['164.312(c)(2)'] }),
  aligned('transport.front_door', { hipaa: ['164.312(e)(1)'] }),
  aligned('provider.tls', { hipaa: ['164.312(e)(2)(ii)'] }),
  aligned('delivery.queue', { canSpam: ['15 U.S.C. 7704(a)(5)(A)(iii)'] }),
  aligned('retention.hourly', { hipaa: ['164.310(d)(2)(i)'], ccpa: ['1798.100(a)(3)', '1798.105'] }),
  aligned('process.threats', { hipaa: ['164.308(a)(1)(ii)(A)'] }),
  aligned('process.incidents', { hipaa: ['164.308(a)(6)(ii)'] }),
  aligned('process.vendors', { ccpa: ['1798.100(d)'] }),
]

/** The register of vendors, version by version. `digest` is of the declarations as they stood (CLN-84): a test holds the last one. */
export const vendorVersions: readonly { readonly version: number; readonly on: string; readonly says: string; readonly digest: string }[] = [
  { version: 1, on: '2026-11-22', says: 'The register begins: Cloudflare, and Resend where mail is switched on.', digest: 'db45cc3e10f5844b759959cdd00b18d9442837f9630e77e701d11395a74986d9' },
]
