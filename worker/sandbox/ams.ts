import { connectAms } from '../calls/ams/connect-ams.ts'
import { listAms } from '../calls/ams/list-ams.ts'
import { plainMapping } from '../calls/ams/plain-mapping.ts'
import { html, type Html } from '../core/delivery/html.ts'
import { amsClientName, amsPartner, amsToken, type AmsNote } from './ams-stand-in.ts'
import type { House, Step } from './links.ts'
import type { Scene } from './scene.ts'
import type { Stage } from './stage.ts'
import type { AmsMood } from './store.ts'

/** The house of the demo whose AMS the stand-in is. */
const HOUSE = 'Harbor FMO'

/** Connects the stand-in. A house that ever had a connection is left as it is. */
export async function amsSteps({ env }: Scene, stage: Stage, houses: readonly House[], today: number): Promise<Step[]> {
  const house = houses.find(({ name }) => name === HOUSE)
  if (!house) return []
  const { owner, tenantId } = house
  if ((await stage.asMember(owner, tenantId, today, (ctx) => listAms(ctx, { limit: 1 }))).connections.length > 0) return []
  const run = async (now: number): Promise<void> =>
    void (await stage.asMember(owner, tenantId, now, (ctx) => connectAms(ctx, { kind: 'rest', label: 'Demo AMS', address: `${env.ORIGIN}/sandbox/ams/rest`, auth: { by: 'bearer', token: amsToken }, mapping: plainMapping })))
  return [{ daysAgo: 2, sealed: [tenantId], run }]
}

const moods: Readonly<Record<AmsMood, { readonly says: string; readonly button: string }>> = {
  answers: { says: 'It answers.', button: 'Bring it up again' },
  down: { says: 'It is down: everything is answered with 503.', button: 'Take it down' },
  silent: { says: 'It keeps a note and does not say so: 504.', button: 'Let it fall silent' },
}

export type AmsShown = { readonly does: AmsMood; readonly notes: readonly AmsNote[] }

/** The stand-in's behaviour, and the buttons that change it. */
export const amsCard = ({ does }: AmsShown, origin: string): Html => html`
  <section class="sbx-card" aria-labelledby="ams-title">
    <h2 id="ams-title">Agency management system</h2>
    <p class="sbx-quiet">${moods[does].says}</p>
    <form method="post" action="/sandbox/ams" class="sbx-steps">
      ${Object.entries(moods).map(([mood, { button }]) => (mood === does ? null : html`<button class="sbx-button" name="does" value="${mood}">${button}</button>`))}
    </form>
    <dl class="sbx-vendors">
      <dt>REST</dt>
      <dd><code>${origin}/sandbox/ams/rest</code><span class="sbx-quiet">Bearer <code>${amsToken}</code></span></dd>
      <dt>HawkSoft’s partner API</dt>
      <dd><code>${origin}/sandbox/ams/hawksoft</code><span class="sbx-quiet">Agency ${amsPartner.agencyId}, Basic <code>${amsPartner.user}</code> and <code>${amsPartner.password}</code></span></dd>
    </dl>
  </section>
`

/** The notes that it was handed: here they stay, as in any AMS, after the product has forgotten the call. */
export const amsNoteList = ({ notes }: AmsShown): Html => html`
  <section aria-labelledby="notes-title">
    <h2 id="notes-title">Notes in the AMS <span class="sbx-count">${notes.length}</span></h2>
    ${
      notes.length === 0
        ? html`<p class="sbx-card sbx-quiet">No note yet. Ring a call and move the clock past five minutes: its note arrives here.</p>`
        : html`<ol class="sbx-card sbx-mails">${notes.map(
            (note, index) => html`<li>
              <details${index === 0 ? html` open` : null}>
                <summary>
                  <span class="sbx-subject">${note.subject || note.text.split('\n')[0]}</span>
                  <span class="sbx-quiet">about ${amsClientName(note.contact)}, reference ${note.reference}</span>
                  <time datetime="${new Date(note.at).toISOString()}">${new Date(note.at).toISOString().replace('T', ' ').slice(0, 19)} UTC</time>
                </summary>
                <div class="sbx-mail"><pre tabindex="0" aria-label="Text of the note">${note.text}</pre></div>
              </details>
            </li>`,
          )}</ol>`
    }
  </section>
`
