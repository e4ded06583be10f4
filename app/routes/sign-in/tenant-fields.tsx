import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'

const kinds = [
  { value: 'agency', label: 'Insurance agency' },
  { value: 'fmo', label: 'Field marketing organisation' },
  { value: 'practice', label: 'Practice' },
  { value: 'staffing', label: 'Healthcare staffing firm' },
  { value: 'employer', label: 'Healthcare employer' },
  { value: 'producer', label: 'Producer' },
]

/** Presets that anybody may begin with; the others are set up by an operator (claims.md, X-60). */
const presets = [
  { value: 'combined', label: 'Strictest of all' },
  { value: 'inforcedesk', label: 'Practice CRM' },
  { value: 'spartan', label: 'Agency and messaging' },
  { value: 'cliniq', label: 'Clinician workforce' },
]

/** What a tenant is begun with. */
export function TenantFields({ errors, typed }: { errors: Record<string, string | undefined>; typed: Record<string, string> }) {
  return (
    <>
      <TextField name="tenantName" label="Name of the tenant" hint="Your firm, as your colleagues know it." autoComplete="organization" required error={errors['tenantName']} defaultValue={typed['tenantName']} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="kind" label="What it is" choices={kinds} required error={errors['kind']} defaultValue={typed['kind'] ?? 'agency'} />
        <SelectField name="preset" label="Policy to begin with" hint="You can tighten it, never loosen it." choices={presets} required error={errors['preset']} defaultValue={typed['preset'] ?? 'combined'} />
      </div>
    </>
  )
}
