import { expect, test } from 'vitest'
import { flat } from './flat.ts'
import { typedStep } from './typed-step.ts'

const form = (fields: Record<string, string>, more: [string, string][] = []) => new URLSearchParams([...Object.entries(fields), ...more])

test('what is left empty is not there, and a secret that is left empty stays as it was', () => {
  expect(typedStep('cover', form({ coverCarrier: ' Lantern ', coverPolicyNumber: '', csrf: 'x', tag: '1.1' }))).toEqual({ ok: true, change: { cover: { coverCarrier: 'Lantern', coverPolicyNumber: null, coverExpiresOn: null }, training: { amlOn: null, ceDueOn: null } } })
  expect(typedStep('tax', form({ 'secret.ssn': '', 'secret.ein': '52-1234567' }))).toEqual({ ok: true, change: { tax: { ein: '521234567', forget: [] } } })
})

test('what is wrong is told by the name of its field, wherever it stands', () => {
  const names = (step: Parameters<typeof typedStep>[0], fields: Record<string, string>) => {
    const typed = typedStep(step, form(fields))
    return typed.ok ? [] : typed.errors.map(({ name }) => name)
  }
  expect(names('tax', { 'secret.ssn': '123' })).toEqual(['secret.ssn'])
  expect(names('addresses', { 'residential.line1': '1 Pier', 'residential.state': 'OR', 'residential.zip': '9' })).toEqual(['residential.city', 'residential.zip'])
  expect(names('bank', { 'secret.routing': '021000022', 'secret.account': '12345' })).toEqual(['routing'])
  expect(names('employment', { 'employment.3.employer': 'Harbor', 'employment.3.title': 'Producer', 'employment.3.from': '2020-02-30' })).toEqual(['employment.3.from'])
  expect(names('background', { 'background.lawsuit.answer': 'yes' })).toEqual(['background.lawsuit.explanation'])
  expect(names('cover', { coverExpiresOn: 'soon', amlOn: 'later' })).toEqual(['coverExpiresOn', 'amlOn'])
})

test('one box copies an address, an emptied line goes, and a no takes its explanation along', () => {
  const home = { 'residential.line1': '1 Pier', 'residential.line2': '', 'residential.city': 'Astoria', 'residential.state': 'OR', 'residential.zip': '97103' }
  const address = { line1: '1 Pier', line2: null, city: 'Astoria', state: 'OR', zip: '97103' }
  expect(typedStep('addresses', form({ ...home, mailingSame: 'yes', 'mailing.line1': 'left over' }))).toEqual({ ok: true, change: { addresses: { residential: address, mailing: address, business: null } } })
  expect(typedStep('employment', form({ 'employment.0.employer': '', 'employment.1.employer': 'Harbor', 'employment.1.title': 'Producer', 'employment.1.from': '2020-02-01' }))).toEqual({ ok: true, change: { employment: [{ employer: 'Harbor', title: 'Producer', from: '2020-02-01', to: null }] } })
  expect(typedStep('background', form({ 'background.lawsuit.answer': 'no', 'background.lawsuit.explanation': 'kept by the browser' }, [['background.lawsuit.documents', 'doc_x']]))).toEqual({ ok: true, change: { background: [{ question: 'lawsuit', answer: false, explanation: null, documents: [] }] } })
})

test('a nested value becomes the fields of a form, what is null none', () => {
  expect(flat({ name: { first: 'Maria', middle: null }, employment: [{ to: '2020-01-01' }] })).toEqual({ 'name.first': 'Maria', 'employment.0.to': '2020-01-01' })
})
