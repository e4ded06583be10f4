import { extraParts } from '../../../../worker/contracting/carriers/contract.ts'
import { linesOfAuthority, stateCodes } from '../../../../worker/contracting/passport/contract.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { CheckboxGroup } from '../../../ui/checkbox-field.tsx'
import { FormActions, FormSection } from '../../../ui/form-section.tsx'
import { TextField } from '../../../ui/text-field.tsx'

export type CarrierFields = { readonly name: string; readonly naic: string; readonly states: readonly string[]; readonly lines: readonly string[]; readonly asksFor: readonly string[]; readonly version?: number }

const parts = Object.entries(extraParts).map(([value, label]) => ({ value, label }))

/** A carrier's terms, new or as they stand. */
export function CarrierForm({ fields, refused, save, back }: { fields: CarrierFields; refused: Refused | null; save: string; back: string }) {
  const errors = fieldErrors(refused)
  return (
    <PostForm>
      {fields.version === undefined ? null : <input type="hidden" name="version" value={fields.version} />}
      <FormSection title="Company" description="As the National Association of Insurance Commissioners lists it.">
        <TextField name="name" label="Name" required error={errors['name']} defaultValue={refused?.typed['name'] ?? fields.name} />
        <TextField name="naic" label="NAIC number" hint="Five digits." inputMode="numeric" required error={errors['naic']} defaultValue={refused?.typed['naic'] ?? fields.naic} />
      </FormSection>
      <FormSection title="Lines" description="A licence counts where it is for one of these.">
        <CheckboxGroup name="lines" label="It writes" columns={2} choices={Object.entries(linesOfAuthority).map(([value, label]) => ({ value, label }))} defaultValues={fields.lines} error={errors['lines']} />
      </FormSection>
      <FormSection title="States" description="Requests are for these only.">
        <CheckboxGroup name="states" label="It writes business in" columns={3} choices={stateCodes.map((value) => ({ value, label: value }))} defaultValues={fields.states} error={errors['states']} />
      </FormSection>
      <FormSection title="Asked for" description="Beside what every contract needs. A request cannot go on while it is missing.">
        <CheckboxGroup name="asksFor" label="It also asks for" columns={2} choices={parts} defaultValues={fields.asksFor} error={errors['asksFor']} />
      </FormSection>
      <FormActions>
        <Button tone="primary">{save}</Button>
        <LinkButton href={back} tone="quiet">
          Rather not
        </LinkButton>
      </FormActions>
    </PostForm>
  )
}
