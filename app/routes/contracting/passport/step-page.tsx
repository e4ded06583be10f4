import type { PassportView } from '../../../../worker/contracting/passport/shown.ts'
import type { Refused } from '../../../refused.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { UploadCard } from '../../documents/upload-card.tsx'
import { SavingForm } from './saving-form.tsx'
import { stepFields, type NamedDocument } from './step-fields.tsx'
import { StepFrame } from './step-frame.tsx'
import { stepValues } from './step-values.ts'
import type { FormStep } from './step-words.ts'
import { typedStep } from './typed-step.ts'

/** One step of the passport that is a form. */
export function StepPage({ step, passport, documents, refused, onUploaded }: { step: FormStep; passport: PassportView; documents: readonly NamedDocument[]; refused: Refused | null; onUploaded: () => void }) {
  const values = stepValues(step, passport.version, refused)
  const Fields = stepFields[step]
  return (
    <StepFrame step={step} missing={passport.missing}>
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {passport.version?.state === 'submitted' ? (
        <Notice title={`Version ${passport.version.number} is submitted`}>It stays as it is. The first thing you change here begins version {passport.version.number + 1}.</Notice>
      ) : null}
      {passport.may.write ? (
        <Card>
          <SavingForm tag={passport.tag} ready={(form) => typedStep(step, urlEncoded(form)).ok}>
            <Fields values={values} passport={passport} documents={documents} />
            <div className="flex flex-wrap items-center gap-2.5">
              <Button tone="primary">Save and go on</Button>
              <LinkButton href="/passport" tone="quiet">
                Back to the passport
              </LinkButton>
            </div>
          </SavingForm>
        </Card>
      ) : (
        <Notice title="You can look, not change">The owner of this tenant fills the passport in, or an administrator does.</Notice>
      )}
      {passport.may.write && takesDocuments(step) ? <UploadCard refused={null} open={false} onUploaded={onUploaded} /> : null}
    </StepFrame>
  )
}

/** Steps that name documents: what is uploaded here can be chosen at once. */
export const takesDocuments = (step: FormStep): boolean => step === 'bank' || step === 'background'

/** What the server will read: a form without files. */
const urlEncoded = (form: FormData): URLSearchParams => new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
