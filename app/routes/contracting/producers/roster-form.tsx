import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'

/** A file for a spreadsheet. Taking it out is an event, so it is a button and not a link. */
export function RosterForm() {
  return (
    <PostForm action="/producers/roster" reload>
      <Button icon="download">Export</Button>
    </PostForm>
  )
}
