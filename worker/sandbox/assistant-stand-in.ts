import { z } from 'zod'

const Body = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional(),
  store: z.boolean().optional(),
})

/**
 * `POST /chat/completions` as OpenAI documents it (platform.openai.com/docs/api-reference/chat): bearer key, one choice,
 * errors as `{ error: { message, type } }`. It understands nothing: its summary is the first two sentences it was sent, so
 * that a reader sees what left. Two models fail on purpose: `busy` gets a 429, `unavailable` a 503.
 */
export async function standInForAssistant(request: Request, now: number): Promise<Response> {
  if (!/^Bearer \S+$/.test(request.headers.get('Authorization') ?? '')) return refuse(401, 'invalid_request_error', 'You did not provide an API key.')
  const parsed = Body.safeParse(await request.json().catch(() => null))
  if (!parsed.success) return refuse(400, 'invalid_request_error', 'The request body is not valid.')
  const { model, messages } = parsed.data
  if (model === 'busy') return refuse(429, 'rate_limit_error', 'Rate limit reached.')
  if (model === 'unavailable') return refuse(503, 'server_error', 'The server is overloaded.')
  const asked = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const content = `In short: ${asked.split(/(?<=[.!?])\s+/).slice(0, 2).join(' ')}`
  return Response.json({
    id: 'chatcmpl-sandbox', object: 'chat.completion', created: Math.floor(now / 1000), model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: Math.ceil(asked.length / 4), completion_tokens: Math.ceil(content.length / 4), total_tokens: Math.ceil((asked.length + content.length) / 4) },
  })
}

const refuse = (status: number, type: string, message: string): Response => Response.json({ error: { message, type, param: null, code: null } }, { status })
