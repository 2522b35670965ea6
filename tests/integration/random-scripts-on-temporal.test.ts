import { isDeepStrictEqual } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import fc from 'fast-check';
import { simulate, type ProcessBundle, type ProcessDefinition } from '#engine';
import { end, processOf, start } from '../../engine/testing/process-builder.ts';
import { blockArbitrary } from '../../engine/testing/random-block.ts';
import { definitionOfBlock } from '../../engine/testing/random-process.ts';
import { randomScript, withoutRaces } from '../support/random-script.ts';
import { startScenarioServer, type ScenarioServer } from '../support/scenario-on-temporal.ts';

/** A play on a real server takes a second or so: the full count is a two-hundredth of that of the other properties. */
const numRuns = process.env['CARELOOP_PROPERTY_RUNS'] === undefined ? 8 : Math.ceil(Number(process.env['CARELOOP_PROPERTY_RUNS']) / 200);
const seed = Number(process.env['CARELOOP_PROPERTY_SEED'] ?? 20_261_123);
const schedule = fc.array(fc.nat(9_999), { minLength: 6, maxLength: 14 });
/** The process that the random ones call. */
const other: ProcessDefinition = { ...processOf({ variables: { given: 'number', n: 'number' }, elements: [start, { id: 'add', type: 'scriptTask', script: 'given + 1', resultVariable: 'n' }, end], flows: ['start > add', 'add > end'] }), key: 'other' };
const bundleOf = (definition: ProcessDefinition): ProcessBundle => ({ format: 'careloop-bundle/1', definition, ruleSets: {} });

describe('random scripts of random sound processes', () => {
  let server: ScenarioServer;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await startScenarioServer();
  }, 300_000);

  afterAll(() => server?.stop());

  it('end on Temporal as in the simulator: status, path, variables, tasks, incidents and refusals', async () => {
    await fc.assert(
      fc.asyncProperty(blockArbitrary, schedule, async (block, choices) => {
        const definition = definitionOfBlock(withoutRaces(block));
        const script = randomScript(definition, choices, [other]);
        const { status, path, variables, openTasks, incidents, refused } = simulate(definition, script, { processes: [other] });
        const simulated = { status, path, variables, tasks: openTasks.map(({ element }) => element), incidents: incidents.map(({ element, code }) => ({ element, code })), refused: refused.map(({ step, code }) => ({ step, code })) };

        const played = await server.play(bundleOf(definition), script, { others: [bundleOf(other)] });

        const real = { status: played.status, path: played.path, variables: played.variables, tasks: played.tasks, incidents: played.incidents, refused: played.refused };
        if (!isDeepStrictEqual(real, simulated)) throw new Error(`Expected on Temporal ${JSON.stringify(simulated)}, but got ${JSON.stringify(real)}, with script ${JSON.stringify(script)} of ${JSON.stringify(definition)}`);
      }),
      // Each smaller case is another play; the script in the message says more.
      { seed, numRuns, endOnFailure: true },
    );
  }, 3_600_000);
});
