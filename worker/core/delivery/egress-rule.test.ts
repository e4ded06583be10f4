import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressRefusal } from './egress-rule.ts'

const own = 'https://countersign.example.com'

test('a public host name over https may be called', () => {
  for (const address of ['https://api.resend.com/emails', 'https://ams.agency.example.org/v2/notes?x=1', 'https://xn--bcher-kva.example.net/'])
    expect(addressRefusal(address, { own })).toBeNull()
})

test('no spelling of an IP address may be called', () => {
  const spellings = ['127.0.0.1', '2130706433', '0x7f.1', '017700000001', '169.254.169.254', '10.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[fd00::1]', '1.1.1.1', '0', '127.1']
  for (const host of spellings) expect(addressRefusal(`https://${host}/`, { own }), host).not.toBeNull()
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6().map((address) => `[${address}]`)), (host) => {
      expect(addressRefusal(`https://${host}/latest/meta-data`, { own })).not.toBeNull()
    }),
  )
})

test('neither other schemes and ports, nor single labels and special names, nor credentials in the address', () => {
  const refused = ['http://api.example.org/', 'ftp://api.example.org/', 'file:///etc/passwd', 'https://api.example.org:8443/', 'https://localhost/', 'https://metadata/', 'https://metadata.google.internal/', 'https://printer.local/', 'https://a.home.arpa/', 'https://user:pass@api.example.org/', 'https://api.example.org./', 'https://a..example.org/', 'javascript:alert(1)', 'nonsense', '']
  for (const address of refused) expect(addressRefusal(address, { own }), address).not.toBeNull()
})

test('we never call ourselves, however the name is written', () => {
  for (const address of [own, 'https://COUNTERSIGN.example.com/x', 'https://countersign.example.com/sandbox/resend/emails', 'https://countersign%2Eexample.com/'])
    expect(addressRefusal(address, { own }), address).not.toBeNull()
})

test('a stand-in may be called on a development machine only, below the base that the environment names', () => {
  const dev = { own: 'http://localhost:8787', base: 'http://localhost:8787/stand-in' }
  expect(addressRefusal('http://localhost:8787/stand-in/emails', dev)).toBeNull()
  for (const address of ['http://localhost:8787/api/v1/members', 'http://localhost:8787/stand-in/../api', 'http://localhost:8787/stand-insider/', 'http://localhost:9999/stand-in/emails', 'http://127.0.0.1:8787/stand-in/emails'])
    expect(addressRefusal(address, dev), address).not.toBeNull()
  expect(addressRefusal('https://countersign.example.com/stand-in/emails', { own, base: 'https://countersign.example.com/stand-in' })).not.toBeNull()
  expect(addressRefusal('http://localhost:8787/stand-in/emails', { own, base: 'http://localhost:8787/stand-in' })).not.toBeNull()
})
