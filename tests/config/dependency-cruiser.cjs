// The import rules of the house, one per row of its table. Each has a planted violation in tests/architecture/planted,
// and tests/architecture fails when a rule stays silent about its own.

/** An error with a comment that says what to do instead. */
const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to,
});

// The planted violations are laid out like the repository, below a folder of their own: the environment names it.
const root = process.env.HALLES_CRUISED_ROOT ?? '';
const at = (pattern) => pattern.replace(/^\^/, `^${root}`);

module.exports = {
  forbidden: [
    rule('no-cycles', 'Move what both need into a third file; between capabilities, let one publish an event.', {}, { circular: true }),
    rule(
      'kernel-imports-nothing',
      'The kernel is the ground floor: move the code that needs more to the room that needs it.',
      at('^lib/kernel/'),
      {
        pathNot: at('^lib/kernel/'),
      },
    ),
    rule(
      'engine-is-pure',
      'Compute it outside and pass it in: the engine gets facts, the time and new ids as arguments.',
      at('^lib/oms/'),
      {
        pathNot: at('^lib/(oms|kernel)/'),
      },
    ),
    rule(
      'platform-knows-no-capability',
      'Give the platform a function to call, or move the code to the capability.',
      at('^lib/platform/'),
      {
        path: at('^lib/(?!platform/|kernel/)'),
      },
    ),
    rule(
      'capability-by-its-door',
      "Import what the other capability's index.ts (or views.ts) offers; if it offers too little, extend the door.",
      at('^lib/([^/]+)/'),
      {
        path: at('^lib/'),
        pathNot: [at('^lib/($1|kernel|platform)/'), at('^lib/[^/]+/(index|views)[.]ts$')],
      },
    ),
    rule('lib-knows-no-screen', 'Return a view; words, pages and redirects belong to app.', at('^lib/'), {
      path: [at('^(app|components)/'), 'node_modules/(next|react|react-dom)/'],
    }),
    rule('app-by-the-door', 'Call a use-case or a read of a capability; tables and clients stay behind its door.', at('^app/'), {
      path: [
        at('^db/'),
        at('^lib/oms/'),
        at('^lib/platform/(?!(log|env)[.]ts$)'),
        at('^lib/(?!kernel/|platform/)[^/]+/(?!(index|views)[.]ts$)'),
        'node_modules/(drizzle-orm|postgres|stripe|meilisearch)/',
      ],
    }),
    rule('components-only-show', 'Take a view and actions as props: a component decides nothing and fetches nothing.', at('^components/'), {
      path: [at('^(app|db)/'), at('^lib/(?!kernel/|[^/]+/views[.]ts$)')],
    }),
    rule('db-holds-tables', 'Tables may use the kernel types only; behaviour belongs to a capability.', at('^db/'), {
      path: [at('^(app|components)/'), at('^lib/(?!kernel/)')],
    }),
    rule('imports-resolve', 'The file or package does not exist: correct the path, or add the dependency.', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no API that this tool could parse with
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // imports of types count
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.]next/', '[.]halles/', ...(root === '' ? ['^tests/architecture/planted/'] : [])] },
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
