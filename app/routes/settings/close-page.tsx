import { fieldErrors, type Refused } from '../../refused.ts'
import { Question } from '../../shell/question.tsx'
import { TextField } from '../../ui/text-field.tsx'

export type ClosePageProps = { name: string; days: number; onClose: 'seal' | 'drop'; confirmed: boolean; refused: Refused | null }

/** What closing means, and its name typed once as a yes that nobody gives by accident. */
export function ClosePage({ name, days, onClose, confirmed, refused }: ClosePageProps) {
  return (
    <Question
      title={`Close ${name}?`}
      refused={refused}
      confirmed={confirmed}
      means={[
        'Access ends at once, for everybody, for API keys and links too.',
        `For ${days} ${days === 1 ? 'day' : 'days'} you can call it off, and everybody has the seat they had.`,
        'Then people, documents, rows and keys are destroyed. What any backup still holds cannot be opened without the keys.',
        onClose === 'seal' ? 'The audit log is sealed and kept, so that it can still be verified. Names in it cannot be read any more.' : 'The policy drops the audit log after a last export: make that export first.',
      ]}
      yes="Close the tenant"
      danger
      back="/security"
    >
      <TextField
        name="name"
        label={`Type ${name} to confirm`}
        required
        autoComplete="off"
        spellCheck={false}
        error={fieldErrors(refused)['name']}
        // After the proof the name was typed right already: it is not asked twice.
        defaultValue={refused?.typed['name'] ?? (confirmed ? name : '')}
      />
    </Question>
  )
}
