import type { ConnectionShown } from '../../../worker/core/hooks/contract.ts'
import { ShownOnce } from '../../ui/shown-once.tsx'

/** What to enter at a dialler, at the only moment it is shown. */
export function AddressAndSecret({ shown: { connection, url, secret } }: { shown: ConnectionShown }) {
  return (
    <>
      <ShownOnce title={`${connection.label} is ready`} label="Address" text={url}>
        Enter the address and the secret at your dialler now. Neither is shown again; a lost one is replaced by another.
      </ShownOnce>
      <ShownOnce title="Its secret" label="Secret" text={secret}>
        With it the dialler proves that a message is its own. Keep it where you keep passwords.
      </ShownOnce>
    </>
  )
}
