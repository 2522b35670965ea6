import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { ProcessBundle } from '#engine';
import { activityCases } from '../conformance/language/activities.ts';
import { clauseCases } from '../conformance/language/clauses.ts';
import { combinedCases } from '../conformance/language/combinations.ts';
import { compensationCases, eventCases } from '../conformance/language/events.ts';
import { definitionsOf, scriptOf, traceOf } from '../conformance/language/language-case.ts';
import { patternCases } from '../conformance/language/patterns.ts';
import { startScenarioServer, type ScenarioServer } from '../support/scenario-on-temporal.ts';
import { workedElements } from '../support/worked-elements.ts';

const all = process.env['CARELOOP_LANGUAGE_CASES'] === 'all';
const cases = [...activityCases, ...eventCases, ...compensationCases, ...patternCases, ...combinedCases, ...clauseCases].filter(({ temporal }) => all || temporal).filter((_case, index) => all || index % 2 === 0);

/** Some of each family of elements, or with CARELOOP_LANGUAGE_CASES=all every one; all of them run in the simulator. */
describe('the process language on Temporal', () => {
  let server: ScenarioServer;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await startScenarioServer();
  }, 300_000);

  afterAll(() => server?.stop());

  it.each(cases.map((test) => [test.title, test] as const))('%s', async (_title, test) => {
    const { definitions } = definitionsOf(test);
    const [bundle, ...others] = definitions.map((definition): ProcessBundle => ({ format: 'careloop-bundle/1', definition, ruleSets: {} }));
    if (!bundle) throw new Error(`Expected a process to play, but ${test.title} has none`);
    const { steps, ...script } = scriptOf(test);

    const played = await server.play(bundle, { ...script, steps: steps.filter((step) => !('start' in step && step.start.process)) }, { others, startFirst: test.startFirst ?? [] });

    const instances = [played, ...played.others];
    expect({ trace: traceOf(test, definitions, instances.map(({ log }) => workedElements(log))), status: played.status, incidents: played.incidents.map(({ code }) => code) }).toEqual({ trace: test.trace, status: test.status ?? 'completed', incidents: test.incidents ?? [] });
  }, 60_000);
});
