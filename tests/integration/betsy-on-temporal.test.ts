import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { ProcessBundle, ProcessDefinition, Script } from '#engine';
import { betsyCases, betsyGroups, type BetsyCase } from '../conformance/betsy/betsy-cases.ts';
import { compareTrace, type BetsyOutcome } from '../conformance/betsy/compare-trace.ts';
import { workedElements } from '../support/worked-elements.ts';
import { startScenarioServer, type ScenarioServer } from '../support/scenario-on-temporal.ts';

const all = process.env['CARELOOP_LANGUAGE_CASES'] === 'all';
/** Every third, or with CARELOOP_LANGUAGE_CASES=all every one; all of them run in the simulator (tests/conformance/betsy.test.ts). */
const cases = betsyCases().filter(({ refusals }) => refusals.every(({ severity }) => severity !== 'error')).filter((_case, index) => all || index % 3 === 0);
const suite = cases.length > 0 ? describe : describe.skip;

suite(`betsy feature tests on Temporal (skipped without the suite; groups: ${betsyGroups().join(', ') || 'none'})`, () => {
  let server: ScenarioServer;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await startScenarioServer();
  }, 300_000);

  afterAll(() => server?.stop());

  it.each(cases.map((test) => [`${test.group}/${test.name}`, test] as const))('%s leaves the expected trace, error and end state', async (_name, test) => {
    expect(compareTrace(test, await play(server, test))).toEqual([]);
  }, 60_000);
});

async function play(server: ScenarioServer, test: BetsyCase): Promise<BetsyOutcome> {
  const [bundle, ...others] = test.definitions.map(bundleOf);
  if (!bundle) throw new Error(`Expected a process to play, but ${test.name} has none`);
  const script: Script = { format: 'careloop-script/1', steps: [{ start: { variables: { ...test.variables } } }, { advance: `PT${test.runMs / 1_000}S` }] };
  const { status, log, variables, incidents, others: beside } = await server.play(bundle, script, { others, startFirst: test.startFirst });
  return { status, path: [log, ...beside.map((other) => other.log)].flatMap(workedElements), variables, incidents: incidents.map(({ code }) => code) };
}

function bundleOf(definition: ProcessDefinition): ProcessBundle {
  return { format: 'careloop-bundle/1', definition, ruleSets: {} };
}
