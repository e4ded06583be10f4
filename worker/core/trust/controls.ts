import type { ControlDeclaration } from '../module.ts'

const cloudflare = { href: 'https://www.cloudflare.com/trust-hub/compliance-resources/', label: 'Cloudflare compliance resources', checked: '2026-11-22' } as const
const d1Docs = { href: 'https://developers.cloudflare.com/d1/reference/data-security/', label: 'D1 data security', checked: '2026-11-22' } as const
const timeTravel = { href: 'https://developers.cloudflare.com/d1/reference/time-travel/', label: 'D1 Time Travel', checked: '2026-11-22' } as const

/** What the core enforces itself; the audit log declares its own beside its code. */
const enforced: readonly ControlDeclaration[] = [
  {
    id: 'vault.fields', name: 'Field encryption', status: 'active', probe: 'vault.cells',
    how: 'AES-256-GCM, a fresh 96-bit nonce each time, bound to tenant, field, class, row and key version: a ciphertext moved anywhere else does not open.',
    enforcedBy: ['worker/core/vault/sealing.ts', 'worker/core/vault/aad.ts', 'worker/core/tenancy/tenant-db.ts'],
    claims: ['CIQ-19', 'CIQ-24', 'IFD-37', 'IFD-38', 'IFD-39', 'IFD-40', 'SPO-23', 'CAL-16', 'CAL-25', 'CAL-65'], frameworks: ['CC6.1', 'CC6.7'],
  },
  {
    id: 'vault.keys', name: 'Key rotation without downtime', status: 'active', probe: 'vault.key_age',
    how: 'Each tenant has four 256-bit roots of its own, wrapped by a key that only the Worker holds and kept apart from every database. The seal root turns over on schedule while people work.',
    enforcedBy: ['worker/core/vault/keyring.ts', 'worker/core/tenancy/rotate-seal-root.ts'],
    claims: ['CIQ-25', 'CIQ-26', 'CLN-26', 'CLN-28', 'CAL-30'], frameworks: ['CC6.1'],
  },
  {
    id: 'tenancy.isolation', name: 'Tenant isolation', status: 'active', probe: 'tenancy.columns',
    how: 'The tenant comes from the session and from nowhere else. Every statement carries it, every key begins with it, every batch passes the tenant’s fence. D1 has no row policies of its own: this is an application-enforced row policy, and the keys hold it too.',
    enforcedBy: ['worker/core/door.ts', 'worker/core/tenancy/tenant-db.ts', 'db/schema/fence.ts'],
    claims: ['CIQ-42', 'CIQ-44', 'CLN-18', 'CLN-19', 'IFD-81', 'IFD-82', 'IFD-83', 'SPO-24', 'SPO-25', 'SPO-26', 'SPO-27'], frameworks: ['CC6.1', 'CC6.3'],
  },
  {
    id: 'audit.prompt', name: 'Events sealed within a minute', status: 'active', probe: 'audit.lag',
    how: 'An event commits in the batch of its change and is drained at once, by the log’s own alarm and by cron. If the log falls fifteen minutes behind, changes are refused until it has caught up.',
    enforcedBy: ['worker/core/audit/drain-outbox.ts', 'db/migrations/shard/0001_core_fence_triggers.sql'], claims: ['CLN-42', 'CAL-19', 'CAL-32'], frameworks: ['CC7.2'],
  },
  {
    id: 'identity.lockout', name: 'Account lockout', status: 'active', probe: 'identity.gate',
    how: 'Tries are counted before the password is hashed, for known and unknown addresses alike. Ten wrong ones lock, fewer where a tenant says so; the owner’s own browser, passkeys and live sessions go on.',
    enforcedBy: ['durable-objects/sign-in-gate.ts', 'durable-objects/try-rule.ts', 'worker/core/identity/sign-in.ts'],
    claims: ['IFD-56', 'IFD-57', 'SPO-32', 'SPO-33', 'CAL-88', 'CAL-105'], frameworks: ['CC6.1', 'CC6.6'],
  },
  {
    id: 'transport.front_door', name: 'Transport and browser hardening', status: 'active', probe: 'transport.front_door',
    how: 'HTTPS for two years with preload, a content policy that runs only scripts of the very answer, no framing by other sites, no sniffing, no address of ours beyond the host told to other sites, nothing but hashed files kept in a cache. Old TLS is refused by the Worker too.',
    enforcedBy: ['worker/core/headers.ts', 'worker/entry.ts', 'worker/core/door.ts'],
    claims: ['CIQ-31', 'IFD-32', 'IFD-33', 'IFD-34', 'IFD-65', 'SPO-19', 'SPO-20', 'SPO-49', 'SPO-50', 'SPO-51', 'SPO-52', 'SPO-53', 'CAL-28', 'CAL-44', 'CAL-68', 'CAL-69', 'CAL-70', 'CAL-71'], frameworks: ['CC6.6', 'CC6.7'],
  },
]

/** Who runs sign-in: said plainly, for four of the five pages name a vendor that is not here. */
const identity: readonly ControlDeclaration[] = [
  {
    id: 'identity.own', name: 'Sign-in is our own', status: 'active', probe: 'identity.gate',
    how: 'Passwords (scrypt), authenticators, passkeys and sessions are run by this deployment, in place of Clerk. No outside provider of identities is configured here.',
    whenWired: {
      category: 'authentication', name: 'Sign-in is our own, beside providers of choice',
      how: 'Passwords (scrypt), authenticators, passkeys and sessions are run by this deployment, in place of Clerk. Besides, whoever chooses it may come in through {vendors} (OpenID Connect): such an identity is linked by its owner or by a verified invitation, never by address alone.',
    },
    enforcedBy: ['worker/core/identity/sign-in.ts', 'worker/core/identity/password.ts', 'worker/core/identity/oidc/provider-client.ts'],
    claims: ['CIQ-46', 'CIQ-47', 'IFD-47', 'CAL-37', 'CAL-87', 'CAL-89', 'CAL-101', 'CAL-104'], frameworks: ['CC6.1', 'CC6.2'],
  },
]

/** What the host does and its own evidence says; we check the date of that evidence, not the fact. */
const provided: readonly ControlDeclaration[] = [
  { id: 'provider.tls', name: 'TLS at the edge', status: 'provider', how: 'Cloudflare ends TLS 1.2 and 1.3 at its edge; the Worker refuses anything older that reaches it, and TLS 1.2 where a tenant asks for 1.3.', enforcedBy: ['worker/entry.ts'], claims: ['CIQ-29', 'CIQ-30', 'CLN-25', 'IFD-31', 'IFD-35', 'SPO-18', 'CAL-27', 'CAL-64'], evidence: cloudflare, frameworks: ['CC6.7'] },
  { id: 'provider.at_rest', name: 'Encryption at rest, host layer', status: 'provider', how: 'D1, R2 and Durable Objects are encrypted at rest by Cloudflare, a second layer below our own field encryption.', enforcedBy: [], claims: ['CIQ-28', 'CLN-24', 'IFD-44', 'SPO-21', 'CAL-29', 'CAL-97'], evidence: d1Docs, frameworks: ['CC6.1'] },
  { id: 'provider.private', name: 'No public database', status: 'provider', how: 'Databases, objects and buckets are bindings of the Worker; none has an address on the internet.', enforcedBy: ['wrangler.toml'], claims: ['IFD-36', 'CAL-98'], evidence: d1Docs, frameworks: ['CC6.6'] },
  { id: 'provider.time_travel', name: 'Point-in-time recovery', status: 'provider', how: 'D1 can be put back to any minute of the last 30 days (paid plan). What must be destroyed for good is therefore a key that lies elsewhere.', enforcedBy: [], claims: ['CLN-60', 'IFD-108', 'SPO-73', 'CAL-100'], evidence: timeTravel, frameworks: ['A1.2'] },
  { id: 'provider.edge', name: 'DDoS protection, CDN and scaling', status: 'provider', how: 'Cloudflare’s network in front of every request; the Worker scales by request.', enforcedBy: [], claims: ['CAL-91', 'CAL-92', 'CAL-93', 'CAL-94', 'CAL-95'], evidence: cloudflare, frameworks: ['A1.1', 'CC6.6'] },
  { id: 'provider.soc2', name: 'Host’s own SOC 2 Type II', status: 'provider', how: 'Cloudflare’s report, for Cloudflare. It says nothing of us.', enforcedBy: [], claims: ['CLN-62', 'CAL-96'], evidence: cloudflare, frameworks: ['CC9.2'] },
]

const processes: readonly ControlDeclaration[] = [
  { id: 'process.change', name: 'Change management', status: 'process', how: 'Every push runs the whole test suite, and the runbook deploys only a commit that passed it; migrations are numbered and tested on planted rows; every decision is written down with what would change it.', enforcedBy: ['docs/decisions', '.ci/run', 'docs/runbooks/deploy.md'], claims: ['SPO-83'], frameworks: ['CC8.1'] },
  { id: 'process.threats', name: 'Threat model', status: 'process', how: 'Every threat we know of names the test that would fail if its answer were gone.', enforcedBy: ['docs/threat-model.md'], claims: ['CIQ-02'], frameworks: ['CC3.2'] },
  { id: 'process.incidents', name: 'Incident response', status: 'process', how: 'A forged, missing or rewound event raises an alarm in the log itself; the runbooks say who does what, in which order, for an alarm and for a key that may be known to others.', enforcedBy: ['docs/runbooks/audit-alarms.md', 'docs/runbooks/keys.md'], claims: [], frameworks: ['CC7.4'] },
  { id: 'process.vendors', name: 'Vendor management', status: 'process', how: 'A vendor stands in the register with what it handles, what it attests and when we last looked, or its adapter is not in the product; each change of the register is a version.', enforcedBy: ['worker/core/trust/vendors.ts', 'worker/core/trust/standing.ts'], claims: ['CLN-84'], frameworks: ['CC9.2'] },
]

const planned: readonly ControlDeclaration[] = [
  { id: 'roadmap.soc2_type1', name: 'SOC 2 Type I', status: 'roadmap', how: 'Readiness in progress: controls are built along the Security criteria and evidence is gathered by the probes on this page. We hold no attestation today.', enforcedBy: [], claims: ['SPO-84', 'CIQ-67'], frameworks: ['CC1', 'CC2', 'CC3', 'CC4', 'CC5', 'CC6', 'CC7', 'CC8', 'CC9'] },
  { id: 'roadmap.soc2_type2', name: 'SOC 2 Type II', status: 'roadmap', how: 'The observation window opens right after the Type I report. We hold no attestation today.', after: 'roadmap.soc2_type1', enforcedBy: [], claims: ['CIQ-66', 'CLN-63', 'SPO-86', 'CAL-31'], frameworks: ['CC1', 'CC2', 'CC3', 'CC4', 'CC5', 'CC6', 'CC7', 'CC8', 'CC9'] },
]

/** Every control of the core, in the order of the trust page. */
export const coreControls: readonly ControlDeclaration[] = [...enforced, ...identity, ...provided, ...processes, ...planned]

/** What we say plainly that we do not claim (IFD-22). */
export const notClaimed: readonly string[] = [
  'No end-to-end encryption: the Worker opens a sealed field for whoever may see it. Our encryption guards against whoever gets the database alone.',
  'Whoever holds the Cloudflare account can drop triggers and deploy other code. Not unnoticed by anyone who kept a checkpoint.',
  'Until an event is sealed, at most a minute, a deletion by someone with write access to the database is not seen.',
  'No SOC 2 report of our own, no ISO certificate.',
  'No bug bounty: we thank and, if they wish, name whoever reports in good faith, and we pay nothing.',
  'Not a HIPAA business associate, and not built as one, unless a tenant has a signed agreement on file.',
]

/** How a vulnerability is reported, and what whoever reports one may expect. */
export const disclosure: readonly string[] = [
  'Write to the address in /.well-known/security.txt before telling anyone else: what you found, how to see it again, what it could do.',
  'In scope: this product and its API. Out of scope: denial of service, social engineering, physical attacks, and testing against tenants that are not yours. Run your own copy: one command starts it.',
  'We do not take legal action against anyone who acts in good faith within these lines.',
]
