/** The sandbox page's layout on the product's own tokens, which come with the stylesheet of its pages. */
export const sandboxStyle = `
.sbx-bar { display: flex; align-items: center; gap: .75rem; height: 3rem; padding-inline: clamp(1rem, 4vw, 2.5rem); border-bottom: 1px solid var(--color-line); background: var(--color-nav); font-weight: 590; }
.sbx-bar a { color: inherit; text-decoration: none; }
.sbx-bar a:last-child { margin-inline-start: auto; font-weight: 400; color: var(--color-ink-2); }
.sbx-chip { font-size: .6875rem; line-height: 1rem; padding: .0625rem .5rem; border-radius: 624rem; color: var(--color-warn); background: var(--color-warn-bg); }
.sbx-main { max-width: 76rem; margin-inline: auto; padding: 1.75rem clamp(1rem, 4vw, 2.5rem) 4rem; }
.sbx-head { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; align-items: start; margin-bottom: 1.5rem; }
.sbx-head h1 { font-size: 1.4375rem; line-height: 1.75rem; }
.sbx-main h2 { font-size: .9375rem; line-height: 1.4375rem; margin-bottom: .5rem; }
.sbx-quiet { color: var(--color-ink-2); font-size: .8125rem; line-height: 1.25rem; max-width: 46rem; }
.sbx-quiet a, .sbx-mail a { color: var(--color-accent); text-decoration: underline; text-underline-offset: 3px; }
.sbx-count { color: var(--color-ink-3); font-weight: 400; }
.sbx-columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr) 22rem; align-items: start; }
@media (max-width: 60rem) { .sbx-columns { grid-template-columns: minmax(0, 1fr); } }
.sbx-side { display: grid; gap: 1rem; }
.sbx-card { background: var(--color-panel); border: 1px solid var(--color-line); border-radius: .625rem; padding: 1rem; box-shadow: var(--shadow-card); }
.sbx-mails { list-style: none; margin: 0; padding: 0; }
.sbx-mails > li + li { border-top: 1px solid var(--color-line); }
.sbx-mails summary { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .625rem 1rem; }
.sbx-mails summary:hover { background: var(--color-hover); }
.sbx-mails summary time { color: var(--color-ink-3); font-size: .75rem; grid-column: 2; grid-row: 1; }
.sbx-mails summary .sbx-quiet { grid-column: 1 / -1; }
.sbx-subject { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sbx-mail { padding: 0 1rem 1rem; }
.sbx-mail table { width: 100%; border-collapse: collapse; font-size: .75rem; line-height: 1.125rem; }
.sbx-mail th { text-align: start; font-weight: 400; color: var(--color-ink-3); padding: .125rem 1rem .125rem 0; width: 9rem; vertical-align: top; }
.sbx-mail td { font-family: var(--font-mono); overflow-wrap: anywhere; }
.sbx-mail pre { margin: .75rem 0; padding: .75rem; background: var(--color-sunk); border-radius: .4375rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8125rem; }
.sbx-clock { font-size: 1.25rem; line-height: 1.625rem; font-variant-numeric: tabular-nums; }
.sbx-steps { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .75rem; }
.sbx-button { min-height: 1.875rem; padding: .25rem .75rem; border: 1px solid var(--color-line-2); border-radius: .4375rem; background: var(--color-raised); color: var(--color-ink); font-size: .8125rem; font-weight: 500; box-shadow: var(--shadow-button); }
.sbx-login { max-width: 26rem; margin: 3rem auto; padding: 1.75rem; display: grid; gap: 1rem; }
.sbx-login h1 { font-size: 1.4375rem; line-height: 1.75rem; }
.sbx-login form { display: grid; gap: .75rem; }
.sbx-login input[type=email] { width: 100%; height: 2.25rem; margin-top: .25rem; padding: 0 .625rem; border: 1px solid var(--color-field); border-radius: .4375rem; background: var(--color-panel); color: var(--color-ink); }
.sbx-button:hover { background: var(--color-hover); }
.sbx-people { list-style: none; margin: 0; padding: 0; display: grid; gap: .625rem; font-size: .8125rem; }
.sbx-people li { display: grid; }
.sbx-password { color: var(--color-ink-2); user-select: all; overflow-wrap: anywhere; }
.sbx-vendors { margin: 0; font-size: .8125rem; }
.sbx-vendors dt { font-weight: 500; }
.sbx-steps + .sbx-vendors { margin-top: .75rem; }
.sbx-vendors dd { margin: 0 0 .625rem; display: grid; overflow-wrap: anywhere; }
`
