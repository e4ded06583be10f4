import { defineModule } from '../module.ts'
import { coreControls } from './controls.ts'

/** The deployment's own promises: what the core enforces, whom it relies on, what is still to come. */
export const trustModule = defineModule({
  name: 'trust',
  rights: [],
  sealedFields: [],
  events: [],
  limits: [],
  retention: [{ name: 'probe_readings', what: 'What the probes measured', enters: 'Measured by the probes every five minutes', keep: { ms: 30 * 86_400_000 }, then: 'deleted' }],
  controls: coreControls,
  subprocessors: [
    { name: 'Cloudflare', wired: 'always', category: 'hosting', purpose: 'Runs the Worker, its databases (D1), objects, object storage (R2) and the edge in front of them', handles: 'Everything, sealed fields and documents as ciphertext only', optional: false, attests: 'SOC 2 Type II, ISO 27001, PCI DSS', evidence: 'https://www.cloudflare.com/trust-hub/compliance-resources/', checked: '2026-11-22', replaces: ['Vercel', 'Railway', 'AWS', 'Supabase', 'Neon', 'Upstash'] },
    { name: 'Resend', wired: 'mail', category: 'email', purpose: 'Delivers outbound mail', handles: 'Recipient address and the text of a mail, for as long as it takes to send it', optional: true, attests: 'SOC 2 Type II', evidence: 'https://resend.com/security', checked: '2026-11-22', replaces: [] },
  ],
  reveals: [],
})
