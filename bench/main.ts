/** `npm run bench -- <name>`: each benchmark compares with its named peer in one run. */
const benches: Readonly<Record<string, () => Promise<{ run(args: string[]): Promise<void> }>>> = {
  authorisation: () => import('./authorisation/run.ts'),
  backtest: () => import('./backtest.ts'),
  check: () => import('./check.ts'),
  'check-order': () => import('./check-order.ts'),
  dmn: () => import('./dmn.ts'),
  engine: () => import('./engine/run.ts'),
  interpreter: () => import('./interpreter.ts'),
  record: () => import('./record.ts'),
  rules: () => import('./rules.ts'),
  'rule-table': () => import('./rule-table.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = benches[name];
if (!load) {
  console.error(`Expected the name of a benchmark, but got "${name}". There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
const { run } = await load();
await run(args);
