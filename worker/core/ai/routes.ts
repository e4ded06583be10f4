import { route, type ApiRoute } from '../api/route.ts'
import { AssistantSettings, AssistantTest, SetAssistant } from './contract.ts'
import { readAssistant } from './read-assistant.ts'
import { removeAssistant } from './remove-assistant.ts'
import { setAssistant } from './set-assistant.ts'
import { testAssistant } from './test-assistant.ts'

/** The assistant that summarises calls. */
export const aiRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/assistant', operationId: 'readAssistant', tag: 'Assistant',
    summary: 'Which assistant summarises calls; never its key',
    answer: AssistantSettings,
    run: async (ctx) => {
      const settings = await readAssistant(ctx)
      return { body: settings, version: settings.version }
    },
  }),
  route({
    method: 'put', path: '/api/v1/assistant', operationId: 'setAssistant', tag: 'Assistant',
    summary: 'Connect any endpoint that speaks OpenAI’s chat completions, or change the one there is; If-Match takes the ETag of what was read',
    body: SetAssistant,
    versioned: true,
    answer: AssistantSettings,
    run: async (ctx, { body, ifMatch }) => {
      const settings = await setAssistant(ctx, body, Number(ifMatch))
      return { body: settings, version: settings.version }
    },
  }),
  route({
    method: 'delete', path: '/api/v1/assistant', operationId: 'removeAssistant', tag: 'Assistant',
    summary: 'Remove the assistant with its key',
    overwritesNothing: 'It takes the assistant away, whatever it is by now.',
    status: 204,
    run: async (ctx) => ({ body: await removeAssistant(ctx) }),
  }),
  route({
    method: 'post', path: '/api/v1/assistant/tests', operationId: 'testAssistant', tag: 'Assistant',
    summary: 'Ask the assistant about a conversation that nobody had',
    answer: AssistantTest,
    status: 201,
    run: async (ctx) => ({ body: await testAssistant(ctx) }),
    again: async () => ({ outcome: 'answered' }),
  }),
]
