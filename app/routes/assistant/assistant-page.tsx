import type { AssistantOutcome, AssistantSettings, AssistantView } from '../../../worker/core/ai/contract.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Split } from '../../ui/stack.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { TextField } from '../../ui/text-field.tsx'

export type AssistantPageProps = { settings: AssistantSettings; refused: Refused | null; /** What came of a test just now. */ tested: AssistantOutcome | null; asksToRemove: boolean }

/** What came of a question, in words. */
export const outcomeWords: Readonly<Record<AssistantOutcome, string>> = {
  answered: 'It answered',
  off: 'It was not asked',
  refused: 'It refused: look at the key and at the name of the model',
  rate_limited: 'It has had too many requests',
  unusable: 'It answered something else than a chat completion',
  refused_address: 'We do not call this address',
  timeout: 'It took longer than ten seconds',
  unreachable: 'It could not be reached',
  redirected: 'It sent us elsewhere, which we do not follow',
  too_large: 'Its answer was longer than we read',
}

/** Which model summarises calls, on whose terms, and what leaves for it. */
export function AssistantPage({ settings: { assistant, version }, refused, tested, asksToRemove }: AssistantPageProps) {
  return (
    <>
      <PageHeader title="Assistant" lead={assistant ? 'It suggests a summary for the note that a call leaves in your AMS. It decides nothing.' : 'None is connected: notes are made of facts alone, and nothing is sent to a model.'} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {tested ? (
        <Notice tone={tested === 'answered' ? 'ok' : 'bad'} title={`${outcomeWords[tested]}.`} live>
          {tested === 'answered' ? 'Address, model and key fit together.' : 'Notes are made of facts alone while this lasts; none waits for a summary.'}
        </Notice>
      ) : null}
      {asksToRemove && assistant ? <Remove /> : null}
      <Split
        side={
          <>
            {assistant ? <Standing assistant={assistant} /> : null}
            <WhatLeaves />
          </>
        }
      >
        <Settings assistant={assistant} version={version} refused={refused} />
      </Split>
    </>
  )
}

function Settings({ assistant, version, refused }: { assistant: AssistantView | null; version: number; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  const typed = refused?.typed
  return (
    <Card title="Endpoint" note="Any that speaks OpenAI’s chat completions: a vendor’s, or your own gateway in front of it.">
      <PostForm action="/assistant" className="grid max-w-120 gap-4">
        <input type="hidden" name="version" value={version} />
        <TextField name="base" type="url" label="Address" hint="Without /chat/completions." placeholder="https://models.example.com/v1" required mono spellCheck={false} defaultValue={typed?.['base'] ?? assistant?.base} error={errors['base']} />
        <TextField name="model" label="Model" required mono spellCheck={false} defaultValue={typed?.['model'] ?? assistant?.model} error={errors['model']} />
        <TextField
          name="secret" label="Key" mono autoComplete="off" spellCheck={false} required={assistant === null} error={errors['key']}
          hint={assistant ? 'Left empty, the one you gave stays. It goes to that address only and is never shown.' : 'Sealed at once; it goes to that address only and is never shown.'}
        />
        <CheckboxField name="on" label="Ask it for summaries" hint={assistant?.on ? undefined : 'Off until you tick it.'} defaultChecked={typed ? typed['on'] === 'yes' : assistant?.on} error={errors['on']} />
        <div>
          <Button tone="primary" name="intent" value="set">
            {assistant ? 'Save' : 'Connect it'}
          </Button>
        </div>
      </PostForm>
    </Card>
  )
}

function Standing({ assistant: { on, setAt, testedAt, testOutcome } }: { assistant: AssistantView }) {
  const tested = testedAt === null || testOutcome === null ? 'not since it was set' : (
    <>
      <RelativeTime at={testedAt} />: {outcomeWords[testOutcome]}
    </>
  )
  return (
    <Card title="How it stands" aside={<StatusChip tone={on ? 'ok' : 'mute'}>{on ? 'on' : 'off'}</StatusChip>}>
      <div className="grid gap-4">
        <DefinitionList stacked items={[{ term: 'Set', value: <RelativeTime at={setAt} /> }, { term: 'Tested', value: tested }]} />
        <PostForm action="/assistant" className="flex flex-wrap gap-2">
          <Button name="intent" value="test">
            Test it
          </Button>
          <LinkButton href="/assistant?remove" tone="quiet">
            Remove …
          </LinkButton>
        </PostForm>
      </div>
    </Card>
  )
}

function WhatLeaves() {
  return (
    <Card title="What leaves">
      <ul className="grid max-w-[68ch] list-disc gap-2 ps-4 text-sm text-ink-2">
        <li>The transcript of a call that your dialler gave, and nothing else. Never a recording.</li>
        <li>Before it leaves, numbers, e-mail and street addresses, dates of birth and the names we know are replaced by placeholders; they are put back here.</li>
        <li>A name that nobody told us of may stay in it: the endpoint is a processor of yours.</li>
        <li>The log says that it was asked and how much was sent, and no word of it.</li>
      </ul>
    </Card>
  )
}

/** Its key is destroyed, so it is asked for once more. */
function Remove() {
  return (
    <Card title="Remove the assistant?">
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">Its key is destroyed and it is asked nothing any more. Notes are made of facts alone from the next call on.</p>
        <PostForm action="/assistant" className="flex flex-wrap gap-2">
          <Button tone="danger" name="intent" value="remove">
            Remove it
          </Button>
          <LinkButton href="/assistant">Keep it</LinkButton>
        </PostForm>
      </div>
    </Card>
  )
}
