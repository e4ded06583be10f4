import { useMemo, useState } from 'react'
import { ownForms, type PacketFormView } from '../../../../worker/contracting/packets/contract.ts'
import type { Refused } from '../../../refused.ts'
import { Done } from '../../../shell/done.tsx'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useHydrated } from '../../../ui/hydrated.ts'
import { Anchor } from '../../../ui/links.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TabLinks } from '../../../ui/tab-links.tsx'
import { FieldRow } from './field-row.tsx'
import { FormViewer } from './form-viewer.tsx'
import { kindWords, PacketState } from './packets-page.tsx'

export type PacketPageProps = { view: PacketFormView; documents: readonly { id: string; name: string }[]; part: number; page: number; saved: boolean; refused: Refused | null }

/** A packet: its forms, and for each page of a form what fills its fields. */
export function PacketPage(props: PacketPageProps) {
  const { view, part, refused } = props
  const { packet, version, parts } = view
  const retired = packet.state === 'retired'
  return (
    <>
      <PageHeader
        title={packet.name}
        status={<PacketState packet={packet} />}
        lead={`${kindWords[packet.forKind as keyof typeof kindWords]}. ${version ? `Version ${version.number}: ${version.mapped} of ${version.fields} fields are filled.` : 'It has no form yet.'}`} // `as`: AddPacket let in nothing else
        actions={
          retired ? null : (
            <>
              <Act intent="retire" label="Retire" />
              {version?.state === 'draft' ? <Act intent="publish" label={`Publish version ${version.number}`} primary /> : null}
            </>
          )
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} errors={refused.problem.errors.filter(({ pointer }) => !pointer.startsWith('/fields')).map(({ detail }) => ({ message: detail }))} /> : null}
      {props.saved && !refused ? <Done title="Saved" /> : null}
      {parts.length > 0 ? <Mapping {...props} key={`${part}-${props.page}-${version?.edition}`} /> : <Card><EmptyState icon="file" title="No form yet">Add the carrier’s PDF below. Its fields are found by themselves.</EmptyState></Card>}
      {retired ? null : <AddForm documents={props.documents} />}
    </>
  )
}

function Act({ intent, label, primary }: { intent: string; label: string; primary?: boolean }) {
  return (
    <PostForm>
      <Button name="intent" value={intent} tone={primary ? 'primary' : 'plain'}>
        {label}
      </Button>
    </PostForm>
  )
}

function Mapping({ view, part, page, refused }: PacketPageProps) {
  const { packet, version, parts, mapping } = view
  const hydrated = useHydrated()
  const [picked, setPicked] = useState<number | null>(null)
  const form = parts[part]
  const fields = useMemo(() => (form?.fields ?? []).filter(({ boxes }) => boxes.some((box) => box.page === page)), [form, page])
  const filled = useMemo(() => new Set(mapping.filter((rule) => rule.part === part).map(({ field }) => field)), [mapping, part])
  const href = (to: { form?: number; page?: number }) => `/packets/${packet.id}?${new URLSearchParams({ form: String(to.form ?? part), page: String(to.page ?? 1) })}`
  const problemOf = (name: string) => refused?.problem.errors.find(({ pointer }) => pointer === `/fields/${part}/${name}`)?.detail

  const pick = (n: number) => {
    setPicked(n)
    const row = document.getElementById(`field-${n}`)
    row?.scrollIntoView({ block: 'center' })
    row?.querySelector('select')?.focus({ preventScroll: true })
  }

  if (!form) return null
  return (
    <Card flush>
      <TabLinks inset label="Forms of the packet" tabs={parts.map(({ title, fields: all }, index) => ({ label: title, href: href({ form: index }), current: index === part, count: all.length }))} />
      <div className="grid gap-4 p-4 lg:grid-cols-2">
        <div className="min-w-0 lg:sticky lg:top-4 lg:self-start">
          {hydrated ? (
            <>
              <FormViewer documentId={form.documentId} page={page} fields={fields} picked={picked} filled={filled} onPick={pick} />
              <p className="mt-2 text-xs text-ink-2">Press a field on the page to come to its row.</p>
            </>
          ) : (
            <p className="text-sm text-ink-2">Page {page} of {form.pages}. The page itself is shown where scripts run; the rows work without.</p>
          )}
        </div>
        <PostForm className="grid min-w-0 content-start gap-3">
          <input type="hidden" name="edition" value={version?.edition ?? 0} />
          {fields.length === 0 ? <p className="text-ink-2">There is no field on this page.</p> : null}
          <ol className="divide-y divide-line rounded-lg border border-line">
            {fields.map((field, n) => (
              <FieldRow key={field.name} n={n} part={part} field={field} rule={mapping.find((rule) => rule.part === part && rule.field === field.name)} problem={problemOf(field.name)} picked={picked === n} />
            ))}
          </ol>
          {fields.length > 0 && packet.state === 'active' ? (
            <div>
              <Button tone="primary">Save this page</Button>
            </div>
          ) : null}
        </PostForm>
      </div>
      <div className="border-t border-line px-4 py-2">
        <Pagination summary={`Page ${page} of ${form.pages}`} previous={page > 1 ? href({ page: page - 1 }) : undefined} previousLabel="Page before" next={page < form.pages ? href({ page: page + 1 }) : undefined} nextLabel="Next page" />
      </div>
    </Card>
  )
}

function AddForm({ documents }: { documents: readonly { id: string; name: string }[] }) {
  return (
    <Card title="Add a form" note="One of the PDFs under Documents, with fillable fields, or one of our own forms.">
      <PostForm className="grid items-start gap-3 sm:grid-cols-2">
        <input type="hidden" name="intent" value="attach" />
        <SelectField name="document_id" label="PDF" none={documents.length > 0 ? 'Choose a PDF' : 'No PDF under Documents yet'} choices={documents.map(({ id, name }) => ({ value: id, label: name }))} />
        <SelectField name="own_form" label="or a form of ours" none="None" choices={Object.entries(ownForms).map(([value, label]) => ({ value, label }))} />
        <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
          <Button>Add it</Button>
          <Anchor href="/documents" className="text-link inline-flex min-h-6 items-center text-sm">
            Upload a PDF first
          </Anchor>
        </div>
      </PostForm>
    </Card>
  )
}
