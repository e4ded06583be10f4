import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { CsrfProvider } from '../../shell/post-form.tsx'
import { AuthenticatorCard, IdentitiesCard, PasskeysCard, RecoveryCard } from './factor-cards.tsx'

afterEach(cleanup)

test('what is off offers to be set up, what is on offers to be turned off', () => {
  render(<AuthenticatorCard totp={null} others={false} />)
  expect(screen.getByRole('link', { name: 'Set up' }).getAttribute('href')).toBe('/profile/security/authenticator')
  cleanup()
  render(<AuthenticatorCard totp={{ confirmedAt: 0 }} others={false} />)
  expect(screen.getByRole('link', { name: 'Turn off' }).getAttribute('href')).toBe('/profile/security?do=disable-totp')
})

test('each passkey is told by its name, and removing one asks first at an address of its own', () => {
  const passkey = (id: string, name: string) => ({ id, name, synced: false, addedAt: 0, usedAt: null })
  render(
    <CsrfProvider value="t">
      <PasskeysCard passkeys={[passkey('a/b', 'Phone'), passkey('c', 'Key')]} />
    </CsrfProvider>,
  )
  expect(screen.getByRole('link', { name: /^Remove *Phone$/ }).getAttribute('href')).toBe('/profile/security?do=remove-passkey&id=a%2Fb')
  expect(screen.getByRole('link', { name: /^Remove *Key$/ })).toBeTruthy()
})

test('few codes are a warning in words', () => {
  render(<RecoveryCard left={2} />)
  expect(screen.getByText('2 of 10 left')).toBeTruthy()
})

test('a linked provider can be unlinked, another one linked by a full page load', () => {
  render(<IdentitiesCard identities={[{ id: 'harbor', label: 'Harbor ID', linkedAt: 0 }, { id: 'meridian', label: 'Meridian', linkedAt: null }]} />)
  expect(screen.getByRole('link', { name: /^Unlink *Harbor ID$/ }).getAttribute('href')).toBe('/profile/security?do=unlink&id=harbor')
  expect(screen.getByRole('link', { name: /^Link *Meridian$/ }).getAttribute('href')).toBe('/sign-in/oidc/meridian?link=1')
})
