import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { categories, phiNotice } from '../../../worker/core/documents/contract.ts'
import type { ListedDocument } from '../../../worker/core/documents/read-documents.ts'
import { CsrfProvider } from '../../shell/post-form.tsx'
import { ToastRegion } from '../../ui/toasts.tsx'
import { DocumentsPage, documentsHref, type DocumentsPageProps } from './documents-page.tsx'

afterEach(cleanup)

/** The source of every page. */
const pages: Record<string, string> = import.meta.glob('/app/{routes,shell}/**/*.tsx', { query: '?raw', import: 'default', eager: true })

const document: ListedDocument = {
  id: 'doc_1', name: 'packet.pdf', category: 'licence', state: 'stored', kind: 'PDF', mediaType: 'application/pdf', size: 1200, sha256: null,
  createdBy: 'acc_1', createdAt: 0, phiAcknowledgedAt: 0, trashedAt: null, purgedAt: null, author: 'Dana Whitlock', mayMove: true,
}
const view: DocumentsPageProps = {
  documents: [document], next: null, counts: { stored: 1, trashed: 0 }, mayUpload: true, linkMinutes: 15, trashDays: 30,
  state: 'stored', category: null, uploaded: false, refusedUpload: null, paged: false, moved: null, refused: null, onUploaded: () => undefined,
}

function show(change: Partial<DocumentsPageProps> = {}) {
  return render(
    <CsrfProvider value="the-token">
      <ToastRegion>
        <DocumentsPage {...view} {...change} />
      </ToastRegion>
    </CsrfProvider>,
  )
}

test('the form is one that a browser sends by itself: fields before the file, the token among them', () => {
  const { container } = show()
  const form = container.querySelector('form[action="/documents/upload"]')
  expect(form?.getAttribute('enctype')).toBe('multipart/form-data')
  const names = [...(form?.querySelectorAll('[name], input[type=file]') ?? [])].map((field) => field.getAttribute('name') ?? field.getAttribute('type'))
  expect(names.slice(0, 3)).toEqual(['csrf', 'category', 'phi_ack'])
  expect(form?.querySelector<HTMLInputElement>('[name=csrf]')?.value).toBe('the-token')
})

test('[IFD-26] every form with a file input carries the PHI notice, and no other page takes a file', () => {
  const { container } = show()
  const forms = [...container.querySelectorAll('form')].filter((form) => form.querySelector('input[type=file]'))
  expect(forms).toHaveLength(1)
  for (const form of forms) expect(form.querySelector(`[data-phi-notice="${phiNotice.version}"]`)?.textContent).toContain(phiNotice.text)

  // What takes a file anywhere in the pages, and whether it is sent anywhere.
  const takers = Object.entries(pages).filter(([file, text]) => !file.includes('.test.') && /<FileDrop\b|type="file"/.test(text))
  const notSending = ['/app/routes/trust/verify-yourself.tsx', '/app/routes/contracting/packets/verify-drop.tsx'] // read in the visitor's own tab, never sent
  for (const [file, text] of takers) if (!notSending.includes(file)) expect(text, file).toContain('<PhiNotice />')
  expect(takers.map(([file]) => file)).toContain('/app/routes/documents/upload-card.tsx')
})

test('the tagger offers what may be stored: identification, applications, beneficiaries, premiums, policy details, carriers', () => {
  const { container } = show()
  const offered = [...(container.querySelectorAll<HTMLOptionElement>('form[action="/documents/upload"] option') ?? [])].map(({ value }) => value).filter(Boolean)
  expect(offered).toEqual(expect.arrayContaining(['identification', 'signed_application', 'beneficiary', 'premium', 'policy_details', 'carrier']))
  expect(offered).toEqual(Object.keys(categories))
  expect(offered.join(' ')).not.toMatch(/medical|health/)
})

test('what was wrong with an upload stands beside its field', () => {
  show({ refusedUpload: 'phi_ack' })
  expect(screen.getByRole('checkbox').getAttribute('aria-invalid')).toBe('true')
  cleanup()
  show({ refusedUpload: 'made up by somebody' })
  expect(screen.queryByText(/made up/)).toBeNull()
})

test('whoever may not move a document is not offered to', () => {
  show({ documents: [{ ...document, mayMove: false }] })
  const row = screen.getAllByText('packet.pdf')[0]?.closest('tr')
  expect(within(row!).queryByRole('button', { name: /Delete/ })).toBeNull()
  expect(within(row!).getByRole('button', { name: /^Download\s*packet.pdf$/ })).toBeTruthy()
})

test('deleting can be undone where it is told, and the trash says until when', () => {
  show({ moved: { id: 'doc_1', name: 'packet.pdf', to: 'trashed' } })
  expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
  cleanup()
  show({ state: 'trashed', documents: [{ ...document, state: 'trashed', trashedAt: 0, purgedAt: 1_000_000 }] })
  expect(screen.getByRole('button', { name: /^Restore\s*packet.pdf$/ })).toBeTruthy()
  expect(screen.queryByText('Upload')).toBeNull()
})

test('an empty list says what to do first, a filtered one how to see more', () => {
  show({ documents: [], counts: { stored: 0, trashed: 0 } })
  expect(screen.getByText('No documents yet')).toBeTruthy()
  cleanup()
  show({ documents: [], category: 'premium' })
  expect(screen.getByText('Nothing filed under Premium or billing')).toBeTruthy()
})

test('the view stands in the address', () => {
  expect(documentsHref({ state: 'stored' })).toBe('/documents')
  expect(documentsHref({ state: 'trashed', category: 'licence', cursor: 'a.b' })).toBe('/documents?state=trashed&category=licence&cursor=a.b')
})
