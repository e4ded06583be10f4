import { phiNotice } from '../../../worker/core/documents/contract.ts'
import { Notice } from '../../ui/notice.tsx'

/** Stands in every form that takes a file (IFD-26); its wording is versioned and kept with each acknowledgement. */
export function PhiNotice() {
  return (
    <div data-phi-notice={phiNotice.version}>
      <Notice tone="warn" title={phiNotice.title}>
        {phiNotice.text}
      </Notice>
    </div>
  )
}
