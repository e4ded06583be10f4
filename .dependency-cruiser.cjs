// Which file may import which. Every comment is the message you get, so it says what to do instead.
const room = '^worker/.+/'
const inside = ['(store|policy|views|routes|retention)\\.ts$', '[a-z-]+-(store|routes)\\.ts$']
const aModule = '^worker/(?!core/|sandbox/)([^/]+)/'
const wiring = '^worker/[^/]+\\.ts$'
const test = '(\\.test\\.tsx?|\\.e2e\\.ts)$'
const npm = (name) => `(^|node_modules/)${name}(/|$)`
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one file, or a third one that both may import.', {}, { circular: true }),
    rule(
      'keep-and-order-are-the-floor',
      'db/ and durable-objects/ stand under everything and import nothing of ours, not even each other. Pass what they need as an argument.',
      { path: '^(db|durable-objects)/', pathNot: test },
      { path: '^(app|worker|db|durable-objects|tests|scripts)/', pathNot: '^$1/' },
    ),
    rule(
      'core-knows-no-module',
      'worker/core must be reviewable without reading a product module. Let the module declare it in its manifest, or follow the event.',
      { path: '^worker/core/' },
      { path: [aModule, '^worker/sandbox/', '^app/'] },
    ),
    rule(
      'modules-are-strangers',
      'One module may not import another. They meet in core nouns and in recorded events that the other follows by name.',
      { path: aModule },
      { path: aModule, pathNot: '^worker/$1/' },
    ),
    rule(
      'areas-meet-in-verbs',
      'One area of a module may call the verbs, contracts and declarations of another; its store, policy, views and routes are its own. Ask it for a verb.',
      { path: '^worker/(?!core/|sandbox/)([^/]+)/([^/]+)/', pathNot: test },
      { path: inside.map((file) => `^worker/$1/[^/]+/${file}`), pathNot: '^worker/$1/$2/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'only-the-sandbox-knows-the-sandbox',
      'What worker/sandbox does must be absent from production: only worker/sandbox.ts and its tests may import it.',
      { path: '^(worker|app|db|durable-objects)/', pathNot: `(^worker/sandbox(/|\\.ts$)|${test})` },
      { path: '^worker/sandbox(/|\\.ts$)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'nobody-imports-the-wiring',
      'worker/*.ts puts the parts together; a part that imports it depends on everything. Take what you need through ctx.',
      { path: '^(worker/[^/]+/|app/)', pathNot: test },
      { path: wiring, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'only-the-door-opens-a-tenant',
      'A TenantDb is made by the door from a session or key. Take ctx.db; never make your own.',
      { path: '^(worker|app)/', pathNot: `(^worker/core/(door|reach|commit)\\.ts$|^worker/core/tenancy/|^worker/[^/]+\\.ts$|${test})` },
      { path: '^worker/core/tenancy/tenant-db\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'sql-lives-in-stores',
      'Only store.ts (and core/tenancy, which opens the databases) may see tables or drizzle. Add a named function to the store.',
      { path: '^(worker|app)/', pathNot: `(/store\\.ts$|-store\\.ts$|^worker/core/tenancy/|^worker/core/commit\\.ts$|${test})` },
      { path: ['^db/', npm('drizzle-orm')], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'only-the-entry-exports-objects',
      'Object classes are exported by worker/index.ts alone; talk to them through their client file. (chain-link.ts and the other plain chain-*.ts files are arithmetic, not objects.)',
      { path: '^(worker|app)/', pathNot: `(^worker/(index|sandbox)\\.ts$|^worker/core/|${test})` },
      { path: '^durable-objects/', pathNot: '^durable-objects/chain-(link|tree|note|signer|export|lines|words)\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'core-knows-objects-by-type',
      'The core may use the plain words and rules beside an object, never its class: the class runs inside the object.',
      { path: '^worker/core/', pathNot: test },
      {
        path: '^durable-objects/(sign-in-gate|account-guard|key-guard|hook-guard|screen-pop|rate-limiter|audit-chain|timers)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'policy-is-pure',
      'policy.ts answers from its arguments alone, so that its test can be a table. Load first, then ask.',
      { path: '/policy\\.ts$' },
      { pathNot: ['/contract\\.ts$', '/policy\\.ts$'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'contract-is-portable',
      'contract.ts also runs in the browser: zod, other contracts and the checksum of a routing number, nothing else.',
      { path: '/contract\\.ts$' },
      { pathNot: ['/contract\\.ts$', npm('zod'), npm('abavalidator')], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'hono-stays-at-the-door',
      'A verb does not know that HTTP called it. Parse in routes.ts, call the verb, answer in routes.ts.',
      { path: '^worker/', pathNot: `(/routes\\.ts$|-routes\\.ts$|^worker/core/door\\.ts$|^worker/[^/]+\\.ts$|${test})` },
      { path: npm('hono'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'identity-owns-its-libraries',
      'jose, WebAuthn, OTP and password hashing are used in worker/core/identity only; ask it for a verb. The sandbox plays the other side of one of them.',
      { path: '^(worker|app|durable-objects|db)/', pathNot: `(^worker/core/identity/|^worker/sandbox/identity-provider\\.ts$|${test})` },
      {
        path: ['jose', '@simplewebauthn/server', 'otpauth', 'bcryptjs', 'oauth4webapi'].map(npm),
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'packets-own-the-pdf-library',
      'What reads, fills and seals PDFs is wrapped in worker/contracting/packets/pdf, a word a file; ask one of those.',
      { path: '^(worker|app|durable-objects|db)/', pathNot: `(^worker/contracting/packets/pdf/|${test})` },
      { path: [npm('@libpdf/core'), npm('@peculiar/x509')], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'pages-use-the-front-door',
      'Pages call verbs and read contracts. Stores, policies, views, routes and manifests are inside matters of their folder.',
      { path: '^app/' },
      { path: [...inside, 'module\\.ts$'].map((file) => room + file), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'ui-is-generic',
      'app/ui must work in any product. Pass it data and callbacks; what knows us lives in app/routes.',
      { path: '^app/(ui/|paths\\.ts)' },
      { path: '^(worker|db|durable-objects|app/routes)' },
    ),
    rule(
      'tests-are-leaves',
      'Product code and scripts never import a test or its support, save what serves the tests themselves.',
      { path: '^(app|worker|db|durable-objects|scripts)/', pathNot: test },
      { path: ['\\.test\\.tsx?$', '^tests/'] },
    ),
    rule(
      'no-packages-for-development-at-run-time',
      'This package is a devDependency and will not be there. Move it to dependencies, or do without.',
      { path: '^(app|worker|db|durable-objects)/', pathNot: test },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'], pathNot: '@cloudflare/workers-types' },
    ),
    rule(
      'no-orphans',
      'Nobody imports this file, so nobody reads it. Use it or delete it.',
      {
        orphan: true,
        pathNot: [
          test,
          '\\.d\\.ts$',
          '^(tests|scripts)/',
          '^app/(root|entry\\.|routes)',
          '^db/(seed|schema)/',
          'config\\.ts$',
          '\\.(css|svg|json)$',
        ],
      },
      {},
    ),
    rule(
      'imports-resolve',
      'This import leads nowhere. Our own files are named with their extension.',
      {},
      { couldNotResolve: true, pathNot: '^(cloudflare:|#(pages|proofs|typefaces)$|node:)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/|\\?url$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
