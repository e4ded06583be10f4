import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Anchor } from '../../ui/links.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { Register } from './registers.tsx'

type Vendor = TrustView['subprocessors'][number]

const vendors: readonly Column<Vendor>[] = [
  { key: 'name', header: 'Subprocessor', phone: 'title', cell: (row) => row.name },
  { key: 'status', header: 'Here', fit: true, cell: (row) => <StatusChip tone={row.status === 'sandbox' ? 'warn' : 'ok'}>{row.status}</StatusChip> },
  { key: 'category', header: 'Category', cell: (row) => row.category },
  { key: 'purpose', header: 'Purpose', cell: (row) => row.purpose },
  { key: 'handles', header: 'Handles', cell: (row) => row.handles },
  { key: 'optional', header: 'Optional', cell: (row) => (row.optional ? 'yes' : 'no') },
  { key: 'replaces', header: 'In place of', cell: (row) => row.replaces.join(', ') || 'no one' },
  {
    key: 'attests', header: 'It attests',
    cell: (row) => (row.attests ? <Anchor href={row.attests.href} className="underline">{row.attests.says}<span className="sr-only">, the evidence of {row.name}</span></Anchor> : 'chosen by the operator: ask it'),
  },
  { key: 'checked', header: 'Looked at', fit: true, cell: (row) => row.attests?.checked ?? 'no' },
]

const categories: readonly Column<TrustView['categories'][number]>[] = [
  { key: 'category', header: 'Category', phone: 'title', cell: (row) => row.category },
  { key: 'names', header: 'Who', cell: (row) => row.none ?? row.names.join(', ') },
]

export type VendorRegisters = Pick<TrustView, 'subprocessors' | 'categories' | 'vendorVersions'>

/** The vendors of this very deployment, the six categories with an explicit none, and the versions of the register. */
export const Vendors = ({ trust, open = false }: { trust: VendorRegisters; open?: boolean }) => (
  <>
    <Register id="subprocessors" open={open} count={trust.subprocessors.length} title="Subprocessors" note="The vendors that this deployment is wired to, read from its own configuration. `sandbox` means that a stand-in on this machine answers in its place.">
      <DataTable bare caption="Subprocessors" columns={vendors} rows={trust.subprocessors} rowId={(row) => row.name} empty={null} wide />
    </Register>
    <Register id="vendor-categories" open={open} count={trust.categories.length} title="By category" note={versionWords(trust.vendorVersions)}>
      <DataTable bare caption="Vendors by category" columns={categories} rows={trust.categories} rowId={(row) => row.category} empty={null} />
    </Register>
  </>
)

function versionWords(versions: TrustView['vendorVersions']): string {
  const newest = versions.at(-1)
  return newest ? `Version ${newest.version} of the register, ${newest.on}. ${versions.map(({ version, on, says }) => `${version} (${on}): ${says}`).join(' ')}` : ''
}
