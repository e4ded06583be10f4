import type { Ctx } from '../ctx.ts'
import { addressRefusal } from '../delivery/egress-rule.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { AssistantSettings, SetAssistant } from './contract.ts'
import { assistantKey, assistantSet, rights } from './module.ts'
import { surroundingsOf } from './open-assistant.ts'
import { assistantOf, changeAssistant, insertAssistant, type AssistantRow } from './store.ts'
import { settingsView } from './views.ts'

/**
 * Connect an assistant, or change the one there is; `version` is what the change was made upon. A key is sealed together
 * with the origin it was given for: whoever names another origin gives another key, so that none is sent to an address it was not meant for.
 */
export async function setAssistant(ctx: Ctx, wanted: SetAssistant, version: number): Promise<AssistantSettings> {
  demand(ctx, rights.writeAssistant)
  const base = addressIn(ctx, wanted.base)
  const row = await ctx.db.read(assistantOf(ctx.db))
  if ((row?.version ?? 0) !== version) throw new Fault({ code: 'precondition_failed' })
  const { origin } = new URL(base)
  const keeps = row !== undefined && new URL(row.base).origin === origin
  if (wanted.key === undefined && !keeps) throw new Fault({ code: 'invalid', errors: [{ pointer: '/key', detail: row ? 'A key goes only to the address it was given for. Give the one of this endpoint.' : 'Give the key of the endpoint.' }] })

  const id = row?.id ?? ctx.newId('ais')
  const sealed = wanted.key === undefined ? {} : cellOf(await ctx.vault.seal(assistantKey, id, { origin, key: wanted.key }))
  const set = { base, model: wanted.model, isOn: wanted.on, setBy: ctx.eventActor.id, setAt: ctx.now, testedAt: null, testOutcome: null }
  const event = assistantSet(id, { on: wanted.on, new_key: wanted.key !== undefined })
  if (row) {
    await ctx.commit([changeAssistant(ctx.db, row, { ...set, ...sealed })], event)
    return settingsView({ ...row, ...set, version: row.version + 1 })
  }
  const made = { id, ...set, ...sealed, version: 1 } as Omit<AssistantRow, 'tenantId'> // `as`: a first one has its key, held above
  await ctx.commit([insertAssistant(ctx.db, made)], event)
  return settingsView({ ...made, tenantId: ctx.tenant.id })
}

const cellOf = ({ sealed, sealVersion }: { sealed: AssistantRow['content']; sealVersion: number }): Pick<AssistantRow, 'content' | 'sealVersion'> => ({ content: sealed, sealVersion })

/** The address in one spelling, or a sentence beside its field. */
function addressIn(ctx: Ctx, typed: string): string {
  const url = URL.canParse(typed) ? new URL(typed) : null
  const refusal = url && url.search === '' && url.hash === '' ? addressRefusal(typed, surroundingsOf(ctx)) : 'not a plain address'
  if (!url || refusal !== null) throw new Fault({ code: 'invalid', errors: [{ pointer: '/base', detail: `We do not call this address: ${refusal ?? 'not an address'}. Give one such as https://models.example.com/v1.` }] })
  return `${url.origin}${url.pathname.replace(/\/+(?:chat\/completions\/?)?$/, '')}`
}
