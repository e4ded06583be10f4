import type { ControlView } from '../../../worker/core/trust/control-view.ts'

/** Which build this is, and the commit whose full run it has on record. */
export type Build = { readonly version: string; readonly provenAt: string | null }

/** Tests shown before the rest folds away. */
const SHOWN = 4

/** The tests behind a control. It says that they passed only where the full run of this very commit says so. */
export function ControlProofs({ control, build }: { control: ControlView; build: Build }) {
  const { proofs } = control
  if (proofs.length === 0) return <p className="text-ink-2">No test of ours: {control.status === 'provider' ? 'the provider answers for it' : 'see the declaration'}.</p>
  const [first, rest] = [proofs.slice(0, SHOWN), proofs.slice(SHOWN)]
  return (
    <>
      <p className="font-medium">{inWords(control, build)}</p>
      <Titles proofs={first} />
      {rest.length > 0 ? (
        <details className="cs-turn mt-1.5">
          <summary className="inline-flex min-h-6 items-center rounded-sm text-xs text-ink-2 hover:text-ink">
            {rest.length} more<span className="sr-only"> of {control.name}</span>
          </summary>
          <Titles proofs={rest} />
        </details>
      ) : null}
    </>
  )
}

const Titles = ({ proofs }: { proofs: ControlView['proofs'] }) => (
  <ul className="mt-1.5 grid gap-1.5 text-ink-2">
    {proofs.map((proof) => (
      <li key={`${proof.file} ${proof.title}`}>
        {proof.title}
        {proof.result !== null && proof.result !== 'passed' ? <b className="text-bad"> ({proof.result})</b> : null}
        <span className="block font-mono text-2xs break-all text-ink-3">{proof.file}</span>
      </li>
    ))}
  </ul>
)

/** `Proven` where all passed in a recorded run; otherwise what is known, and of which commit. */
export function inWords({ proofs }: Pick<ControlView, 'proofs'>, { version, provenAt }: Build): string {
  const tests = `${proofs.length} ${proofs.length === 1 ? 'test' : 'tests'}`
  if (provenAt === null) return `Carried by ${tests} (no full run of this commit is recorded; this is ${version})`
  const passed = proofs.filter(({ result }) => result === 'passed').length
  return passed === proofs.length ? `Proven by ${tests}: all passed in the full run of commit ${provenAt.slice(0, 12)}` : `${passed} of ${tests} passed in the full run of commit ${provenAt.slice(0, 12)}`
}
