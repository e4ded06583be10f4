import { expect, test } from 'vitest'
import { bindings } from '../support/scene.ts'
import { standInsOf } from '../../worker/sandbox/stand-ins.ts'
import type { Env } from '../../worker/core/env.ts'
import { coreControls } from '../../worker/core/trust/controls.ts'
import { trustModule } from '../../worker/core/trust/module.ts'
import { asWired, categoriesOf, vendorsOf } from '../../worker/core/trust/vendors.ts'

const declared = trustModule.subprocessors
const mail = { MAIL_PROVIDER: 'resend', MAIL_FROM: 'x <x@countersign.test>', RESEND_API_KEY: 're_test' } as const
const providers = (issuer: string) => ({ OIDC_PROVIDERS: JSON.stringify([{ id: 'harbor', label: 'Harbor ID', issuer, clientId: 'c', clientSecret: 's' }]) })
const env = (more: Partial<Pick<Env, 'MAIL_PROVIDER' | 'MAIL_FROM' | 'RESEND_API_KEY' | 'RESEND_URL' | 'OIDC_PROVIDERS' | 'ORIGIN'>> = {}): Env => ({ ...bindings, ...more })
const names = (given: Env) => vendorsOf(given, declared, []).map(({ name }) => name)
const signIn = coreControls.find(({ id }) => id === 'identity.own')

test('a vendor stands in the register where the environment wires it in, and only there', () => {
  expect(names(env())).toEqual(['Cloudflare'])
  expect(names(env(mail))).toEqual(['Cloudflare', 'Resend'])
  expect(names(env({ ...mail, RESEND_API_KEY: '' }))).toEqual(['Cloudflare'])
  expect(names(env(providers('https://id.harbor.example')))).toEqual(['Cloudflare', 'Harbor ID'])
  expect(vendorsOf(env(providers('https://id.harbor.example')), declared, [])[1]).toMatchObject({ category: 'authentication', optional: true, attests: null, purpose: expect.stringContaining('id.harbor.example') })
})

test('the six categories name whoever is wired in, and say none of what nobody is', () => {
  const told = (given: Env) => Object.fromEntries(categoriesOf(vendorsOf(given, declared, [])).map(({ category, names: who, none }) => [category, none ?? who.join()]))
  expect(told(env())).toMatchObject({ hosting: 'Cloudflare', email: expect.stringMatching(/^none/), authentication: expect.stringMatching(/^none/) })
  expect(told(env({ ...mail, ...providers('https://id.harbor.example') }))).toMatchObject({ email: 'Resend', authentication: 'Harbor ID', analytics: expect.stringMatching(/^none/) })
})

test('what is said of sign-in follows the providers that are configured', () => {
  if (!signIn) throw new Error('sign-in says nothing')
  expect(asWired(signIn, vendorsOf(env(), declared, [])).how).toContain('No outside provider of identities is configured')
  const beside = asWired(signIn, vendorsOf(env(providers('https://id.harbor.example')), declared, []))
  expect(beside.how).toContain('through Harbor ID (OpenID Connect)')
  expect(beside.how).not.toContain('No outside provider')
})

test('in the sandbox each vendor that it stands in for says so, and what the host would do is not said of this machine', () => {
  const sandbox = env({ ...mail, ...providers('/sandbox/idp/harbor'), RESEND_URL: '/sandbox/resend' })
  const shown = vendorsOf(sandbox, declared, standInsOf(sandbox))
  expect(shown.map(({ name, status }) => [name, status])).toEqual([['Cloudflare', 'sandbox'], ['Resend', 'sandbox'], ['Harbor ID', 'sandbox']])
  for (const control of coreControls.filter(({ status }) => status === 'provider')) expect(asWired(control, shown)).toMatchObject({ status: 'sandbox', how: expect.stringContaining('run on this machine') })
})

test('a sandbox that calls the real vendor does not call it a stand-in, and an http origin alone makes none', () => {
  const real = env({ ...mail, ...providers('https://id.harbor.example'), ORIGIN: 'http://localhost:8787' })
  expect(standInsOf(real).map(({ vendor }) => vendor)).toEqual(['Cloudflare'])
  expect(vendorsOf(real, declared, []).map(({ status }) => status)).toEqual(['active', 'active', 'active'])
})
