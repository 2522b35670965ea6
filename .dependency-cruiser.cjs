/** Holds the import directions of docs/architecture.md: rules <- engine <- workflows | gateway | designer | cli. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from}/ may import only: ${allowed.join(', ') || 'nothing of the product'}`,
  from: { path: `^${from}/` },
  to: {
    path: '^(audit|rules|engine|workflows|activities|gateway|designer|simulators|cli|bench|tests)/',
    pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}/`)],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('audit-imports', 'audit', []),
    only('rules-imports', 'rules', []),
    only('engine-imports', 'engine', ['rules']),
    only('activities-imports', 'activities', ['audit', 'rules', 'engine', 'gateway/prisma']),
    {
      name: 'workflows-import-activity-types-only',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '\\.test\\.ts$' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    only('workflows-imports', 'workflows', ['rules', 'engine', 'activities']),
    // What a file is, is said by the same code on both sides; it needs nothing of Node.
    only('designer-imports', 'designer', ['rules', 'engine', 'gateway/uploads']),
    only('simulators-imports', 'simulators', []),
    only('gateway-imports', 'gateway', ['audit', 'rules', 'engine', 'workflows', 'activities']),
    {
      name: 'folders-through-their-index',
      severity: 'error',
      comment: 'The gateway has an entry for each process and door, BPMN interchange one beside the engine, decision models, the table view, rule sets as DMN, the gold set, the list of substances and the words of facts one each beside the rules, and json-rules-engine documents one beside the activities, so that a command loads only what it needs. Tests and benches look inside.',
      from: { path: '^([a-z]+)/', pathNot: '^(tests|bench)/' },
      to: {
        path: '^(audit|rules|engine|workflows|activities|gateway)/',
        pathNot: ['^$1/', '^[a-z]+/index\\.ts$', '^engine/bpmn/index\\.ts$', '^rules/(dmn|table|rule-set-dmn|gold-set|substances|words)/index\\.ts$', '^activities/json-rules/index\\.ts$', '^gateway/(prisma/)?[a-z-]+/index\\.ts$', '^gateway/prisma/index\\.ts$', '^gateway/(settings|server|worker)\\.ts$'],
      },
    },
    {
      name: 'json-rules-engine-in-its-place',
      severity: 'error',
      comment: 'Decisions run compiled; json-rules-engine runs where facts are fetched on demand, which no workflow bundle and no browser may hold, and is the oracle in tests and benches.',
      from: { pathNot: ['^activities/json-rules/', '^(tests|bench)/', '\\.test\\.ts$'] },
      to: { path: '(^|/)json-rules-engine(/|$)' },
    },
    {
      name: 'one-way-out',
      severity: 'error',
      comment: 'Requests to addresses that somebody configured or sent are made by gateway/outbound, which refuses ways into this machine and the hospital\'s network.',
      from: { path: '^(gateway|activities)/', pathNot: ['^gateway/outbound/', '\\.test\\.ts$'] },
      to: { path: '(^|/)undici(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['gateway/prisma/generated', 'designer/dist'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
  },
};
