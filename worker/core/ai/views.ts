import type { AssistantOutcome, AssistantSettings } from './contract.ts'
import type { AssistantRow } from './store.ts'

/** An assistant as it leaves: field by field, without its key. */
export const settingsView = (row: AssistantRow | undefined): AssistantSettings => ({
  assistant: row
    ? { base: row.base, model: row.model, on: row.isOn, setAt: row.setAt, testedAt: row.testedAt, testOutcome: row.testOutcome as AssistantOutcome | null } // `as`: only test-assistant.ts writes it
    : null,
  version: row?.version ?? 0,
})
