import { useMemo, type ReactNode } from 'react'
import { AppFrame } from '../ui/app-frame.tsx'
import { Clock } from '../ui/clock.tsx'
import { Anchor, useHere } from '../ui/links.tsx'
import { SealMark } from '../ui/seal-mark.tsx'
import { SideNav, type NavGroup } from '../ui/side-nav.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { ToastRegion, type ToastWords } from '../ui/toasts.tsx'
import { AccountMenu } from './account-menu.tsx'
import { PageCrumbs } from './crumbs.tsx'
import { CsrfProvider, SeenTenantProvider } from './post-form.tsx'
import { WhoseProvider } from './saved-views.tsx'
import { ShellPalette, type QuickAction } from './shell-palette.tsx'
import { navGroups, type TenantPlace } from './tenant-nav.ts'
import { TenantSwitch, type TenantChoice } from './tenant-switch.tsx'

export type ShellProps = {
  tenantId: string
  tenantName: string
  personId: string
  personName: string
  personMail: string
  roleLabel: string
  tenants: readonly TenantChoice[]
  /** One group for each module that is switched on, with its links and their counts. */
  modulesNav: readonly NavGroup[]
  /** The tenant's own pages this role may open. */
  places: readonly TenantPlace[]
  counts?: Partial<Record<TenantPlace, number>> | undefined
  /** What the palette offers to do; already cut to what the role may. */
  actions?: readonly QuickAction[] | undefined
  /** door.csrfToken() */
  csrf: string
  /** ctx.now: the page's clock runs from it. */
  now: number
  sandbox?: boolean | undefined
  flash?: ToastWords | undefined
  children: ReactNode
}

const noActions: readonly QuickAction[] = []

/** What stands around every signed-in page. Rendered once by the layout route; pages add their way with `handle.crumbs`. */
export function Shell(props: ShellProps) {
  const { modulesNav, places, counts, sandbox, actions = noActions } = props
  const here = useHere()
  const groups = useMemo(() => navGroups({ modulesNav, places, counts, sandbox }), [modulesNav, places, counts, sandbox])
  return (
    <CsrfProvider value={props.csrf}>
      <Clock now={props.now}>
        <ToastRegion flash={props.flash}>
          <SeenTenantProvider value={props.tenantId}>
            <WhoseProvider value={`${props.tenantId} ${props.personId}`}>
              <AppFrame
                workspace={
                  <TenantSwitch
                    tenantId={props.tenantId}
                    tenantName={props.tenantName}
                    personName={props.personName}
                    roleLabel={props.roleLabel}
                    tenants={props.tenants}
                  />
                }
                nav={<SideNav label="Main" groups={groups} here={here} />}
                foot={<Colophon />}
                bar={<PageCrumbs />}
                tools={
                  <>
                    {sandbox ? (
                      <Anchor href="/sandbox" reload className="flex rounded-full max-sm:hidden">
                        <StatusChip tone="warn">sandbox</StatusChip>
                      </Anchor>
                    ) : null}
                    <ShellPalette groups={groups} actions={actions} />
                    <AccountMenu personName={props.personName} personMail={props.personMail} />
                  </>
                }
              >
                {props.children}
              </AppFrame>
            </WhoseProvider>
          </SeenTenantProvider>
        </ToastRegion>
      </Clock>
    </CsrfProvider>
  )
}

function Colophon() {
  return (
    <Anchor href="/trust" className="flex h-7.5 items-center gap-2 rounded-md px-2.5 text-xs text-ink-3 hover:text-ink">
      <SealMark size={15} />
      Countersign
      <span className="ms-auto">Trust page</span>
    </Anchor>
  )
}
