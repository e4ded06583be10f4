import { html, type Html } from '../core/delivery/html.ts'
import { amsCard, amsNoteList, type AmsShown } from './ams.ts'
import type { DemoSignIn } from './accounts.ts'
import type { CapturedMail } from './captured-mail.ts'
import type { DemoCarrierKey } from './carrier-keys.ts'
import type { HeadLink } from './scene.ts'
import { standInProviders } from './identity-provider.ts'

type SandboxView = {
  readonly accounts: readonly DemoSignIn[]
  readonly carrierKeys: readonly DemoCarrierKey[]
  readonly mails: readonly CapturedMail[]
  readonly ams: AmsShown
  readonly aheadMs: number
  /** Epoch milliseconds by the sandbox's clock. */
  readonly now: number
  readonly head: readonly HeadLink[]
  readonly origin: string
}

const steps = [
  { s: 15 * 60, label: '15 minutes' },
  { s: 3600, label: '1 hour' },
  { s: 86_400, label: '1 day' },
  { s: 30 * 86_400, label: '30 days' },
  { s: 366 * 86_400, label: '1 year' },
]

/** The sandbox's one page: the clock, who can sign in, and every mail that left. Works without scripts; there are none. */
export const sandboxPage = (view: SandboxView): Html =>
  frame(
    view.head,
    'Sandbox',
    html`
      <header class="sbx-head">
        <div>
          <h1>Sandbox</h1>
          <p class="sbx-quiet">The whole product on this machine. Vendors are stand-ins that speak their wire formats; nothing leaves.</p>
        </div>
        <form method="post" action="/sandbox/seed"><button class="sbx-button">Add missing demo rows</button></form>
      </header>
      <div class="sbx-columns">
        <div class="sbx-side">
          ${view.ams.notes.length > 0 ? amsNoteList(view.ams) : null}
          <section aria-labelledby="mail-title">
            <h2 id="mail-title">Mail <span class="sbx-count">${view.mails.length}</span></h2>
            ${view.mails.length === 0 ? html`<p class="sbx-card sbx-quiet">No mail yet. Invite a colleague, ask for a password reset, or sign in from another browser: what would be sent appears here.</p>` : html`<ol class="sbx-card sbx-mails">${view.mails.map((mail, index) => mailRow(mail, index === 0))}</ol>`}
          </section>
          ${view.ams.notes.length === 0 ? amsNoteList(view.ams) : null}
        </div>
        <div class="sbx-side">
          ${clockCard(view)} ${callCard} ${amsCard(view.ams, view.origin)} ${signInCard(view.accounts)} ${carrierCard(view)} ${standInCard(view.origin)}
        </div>
      </div>
    `,
  )

const mailRow = (mail: CapturedMail, newest: boolean): Html => html`
  <li>
    <details${newest ? html` open` : null}>
      <summary>
        <span class="sbx-subject">${mail.subject}</span>
        <span class="sbx-quiet">to ${mail.to.join(', ')}</span>
        <time datetime="${new Date(mail.at).toISOString()}">${instant(mail.at)}</time>
      </summary>
      <div class="sbx-mail">
        <table>
          <caption class="sr-only">Headers of “${mail.subject}”</caption>
          <tbody>
            ${headersOf(mail).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
          </tbody>
        </table>
        <pre tabindex="0" aria-label="Text of the mail">${linked(mail.text)}</pre>
        <p><a href="/sandbox/mail/${mail.id}" target="_blank" rel="noopener">Open as a mail program would show it</a></p>
      </div>
    </details>
  </li>
`

const headersOf = (mail: CapturedMail): [string, string][] => [
  ['From', mail.from],
  ['To', mail.to.join(', ')],
  ['Subject', mail.subject],
  ...Object.entries(mail.headers),
  ...(mail.idempotencyKey ? ([['Idempotency-Key', mail.idempotencyKey]] as [string, string][]) : []), // `as`: a tuple, which an array literal does not say
]

const clockCard = (view: SandboxView): Html => html`
  <section class="sbx-card" aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <p class="sbx-clock"><time datetime="${new Date(view.now).toISOString()}">${instant(view.now)}</time></p>
    <p class="sbx-quiet">${view.aheadMs === 0 ? 'Runs with this machine.' : `Runs ${ahead(view.aheadMs)} ahead of this machine.`} It moves forward only: what has expired stays expired. Crons run once and everything due is done before the page returns.</p>
    <form method="post" action="/sandbox/clock" class="sbx-steps">
      ${steps.map(({ s, label }) => html`<button class="sbx-button" name="advance_s" value="${s}">+ ${label}</button>`)}
      <button class="sbx-button" name="advance_s" value="0">Run what is due</button>
    </form>
  </section>
`

const callCard = html`
  <section class="sbx-card" aria-labelledby="call-title">
    <h2 id="call-title">Calls</h2>
    <p class="sbx-quiet">Rings a call at Harbor FMO, from its first ring to its transcript: four messages, each signed with the dialler’s own secret and sent to its public address.</p>
    <form method="post" action="/sandbox/calls" class="sbx-steps"><button class="sbx-button">Ring a call</button><button class="sbx-button" name="phone" value="+15035550177">… from a household</button><button class="sbx-button" name="phone" value="+13605550101">… from a stranger</button></form>
    <p class="sbx-quiet"><a href="/calls">The call log</a> shows it to Harbor FMO’s people.</p>
  </section>
`

const signInCard = (accounts: readonly DemoSignIn[]): Html => html`
  <section class="sbx-card" aria-labelledby="people-title">
    <h2 id="people-title">Demo sign-ins</h2>
    ${
      accounts.length === 0
        ? html`<p class="sbx-quiet">None yet. “Add missing demo rows” makes them.</p>`
        : html`<ul class="sbx-people">
            ${accounts.map(
              (account) => html`<li>
                <code>${account.email}</code>
                <code class="sbx-password">${account.password}</code>
                <span class="sbx-quiet">${account.seats.map((seat) => `${seat.role} of ${seat.tenant}`).join(', ')}</span>
              </li>`,
            )}
          </ul>`
    }
  </section>
`

const carrierCard = ({ carrierKeys, origin }: SandboxView): Html => html`
  <section class="sbx-card" aria-labelledby="carrier-title">
    <h2 id="carrier-title">Carriers</h2>
    <p class="sbx-quiet">What a carrier’s program is told: the applications that were handed over to it, and nothing else.</p>
    <ul class="sbx-people">
      ${carrierKeys.map(
        ({ carrier, fmo, token }) => html`<li>
          <span>${carrier} <span class="sbx-quiet">at ${fmo}</span></span>
          <code class="sbx-password">curl -H 'Authorization: Bearer ${token}' ${origin}/api/carrier/v1/applications</code>
        </li>`,
      )}
    </ul>
  </section>
`

const standInCard = (origin: string): Html => html`
  <section class="sbx-card" aria-labelledby="vendor-title">
    <h2 id="vendor-title">Stand-ins</h2>
    <dl class="sbx-vendors">
      <dt>Resend</dt>
      <dd><code>${origin}/sandbox/resend</code><span class="sbx-quiet">An address that begins “refused” is answered with 422, one that begins “unavailable” with 503.</span></dd>
      ${standInProviders.map(({ id, label }) => html`<dt>${label}</dt><dd><code>${origin}/sandbox/idp/${id}</code><span class="sbx-quiet">An OpenID Connect provider at which anyone may be anyone.</span></dd>`)}
    </dl>
  </section>
`

/** A captured mail as sent, on a page of its own. */
export const mailPage = (mail: CapturedMail): Html => trusted(mail.html || html`<pre>${mail.text}</pre>`.toString())

export const notFoundPage = (head: readonly HeadLink[]): Html =>
  frame(head, 'Not found', html`<header class="sbx-head"><div><h1>Not found</h1><p class="sbx-quiet">There is nothing here. <a href="/sandbox">Go to the sandbox</a>.</p></div></header>`)

/** Around every page of the sandbox and its stand-ins. */
export const frame = (head: readonly HeadLink[], title: string, body: Html): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Countersign</title>
    ${[...head, { rel: 'stylesheet', href: '/sandbox/style.css' }].map(({ rel, href }) => html`<link rel="${rel}" href="${href}" />`)}
  </head>
  <body>
    <nav class="sbx-bar" aria-label="Main"><a href="/">Countersign</a><span class="sbx-chip">sandbox</span><a href="/trust">Trust page</a></nav>
    <main class="sbx-main">${body}</main>
  </body>
</html>`

/** A mail's own markup, shown only under the policy of its page: no scripts, no forms, no origin. */
const trusted = (markup: string): Html => html(Object.assign([markup], { raw: [markup] }))

/** Text with its addresses as links. */
const linked = (text: string): Html[] =>
  text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))

const instant = (at: number): string => `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`

function ahead(ms: number): string {
  const days = Math.floor(ms / 86_400_000)
  const hours = Math.floor((ms % 86_400_000) / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  return [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`].filter(Boolean).join(' ') || 'less than a minute'
}
