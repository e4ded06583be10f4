import type { RestMapping } from './contract.ts'

/** The mapping of an API that calls things as we do: what an owner begins with, and what the sandbox's stand-in speaks. */
export const plainMapping: RestMapping = {
  phoneAs: 'e164',
  contacts: { path: '/contacts?phone={phone}', list: '/contacts', id: '/id', name: ['/name'], phones: ['/phones'], household: '/household', kind: '/kind', url: '/url' },
  details: {
    path: '/contacts/{id}',
    policies: { list: '/policies', number: '/number', line: '/line', carrier: '/carrier', status: '/status', expires: '/expires' },
    notes: { list: '/notes', at: '/at', text: '/text' },
  },
  note: { path: '/notes', inbox: true, put: { reference: '/reference', text: '/text', contact: '/contact', subject: '/subject', direction: '/direction', at: '/at' }, id: '/id' },
  find: { path: '/notes?reference={reference}', list: '/notes', id: '/id', reference: '/reference' },
  test: { path: '/me' },
}
