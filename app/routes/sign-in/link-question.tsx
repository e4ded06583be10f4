import type { ReactNode } from 'react'
import type { Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'

/** What a mailed link opens: one question and one button. Looking changes nothing, for mail scanners look at everything. */
export function LinkQuestion({ title, lead, button, danger, refused, csrf }: { title: string; lead: ReactNode; button: string; danger?: boolean; refused: Refused | null; csrf: string }) {
  return (
    <PublicFrame title={title} lead={lead} csrf={csrf}>
      <PostForm className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {refused ? null : (
          <Button tone={danger ? 'danger' : 'primary'} size="lg" wide>
            {button}
          </Button>
        )}
      </PostForm>
    </PublicFrame>
  )
}
