import { Avatar } from '../ui/avatar.tsx'
import { FoldOut, foldLine } from '../ui/fold-out.tsx'
import { Icon } from '../ui/icon.tsx'
import { PostForm } from './post-form.tsx'

export type TenantChoice = { id: string; name: string; roleLabel: string }

export type TenantSwitchProps = {
  tenantId: string
  tenantName: string
  personName: string
  roleLabel: string
  /** Every tenant of the account, this one among them. */
  tenants: readonly TenantChoice[]
}

export const switchTenantPath = '/tenant-switch'

/** Whose workspace this is, and the way to the person's others. Switching is a POST: the server checks the membership again. */
export function TenantSwitch({ tenantId, tenantName, personName, roleLabel, tenants }: TenantSwitchProps) {
  const face = (
    <>
      <Avatar name={tenantName} square />
      <span className="grid min-w-0 flex-1 text-start">
        <span className="truncate text-sm leading-4.5 font-semibold">{tenantName}</span>
        <span className="truncate text-xs text-ink-3">
          {personName}, {roleLabel}
        </span>
      </span>
    </>
  )
  if (tenants.length < 2) return <div className="flex items-center gap-2.5 px-1.5 py-1">{face}</div>
  return (
    <FoldOut
      place="inline"
      look="flex items-center gap-2.5 rounded-md px-1.5 py-1 hover:bg-hover"
      summary={
        <>
          {face}
          <Icon name="updown" size={14} className="text-ink-3" />
          <span className="sr-only">Switch tenant</span>
        </>
      }
    >
      <PostForm action={switchTenantPath} reload>
        <p className="px-2.5 pt-1 pb-1 text-2xs text-ink-3">Your tenants</p>
        {tenants.map((tenant) => (
          <button
            key={tenant.id}
            name="tenant"
            value={tenant.id}
            disabled={tenant.id === tenantId}
            aria-current={tenant.id === tenantId ? 'true' : undefined}
            className={foldLine}
          >
            <Avatar name={tenant.name} size="sm" square />
            <span className="grid min-w-0 flex-1">
              <span className="truncate">{tenant.name}</span>
              <span className="text-xs text-ink-3">{tenant.roleLabel}</span>
            </span>
            {tenant.id === tenantId ? <Icon name="check" className="text-accent" /> : null}
          </button>
        ))}
      </PostForm>
    </FoldOut>
  )
}
