/**
 * The Worker that the workerd tests run against: the production objects, and the production fetch loaded only by the
 * test that asks for it, so that a test of one object needs no Remix build.
 */
export default {
  async fetch(request: Request, env: unknown, ctx: ExecutionContext): Promise<Response> {
    const { default: worker } = await import('../../worker/index.ts')
    // The test environment has the bindings of wrangler.test.toml, which the architecture tests hold equal to production's.
    return worker.fetch(request, env as never, ctx)
  },
}
