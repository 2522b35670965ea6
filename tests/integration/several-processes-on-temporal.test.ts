import { DefaultLogger, Runtime } from '@temporalio/worker';
import { parseScript } from '#engine';
import { allExamples } from '../replay/examples.ts';
import { startScenarioServer, type ScenarioServer } from '../support/scenario-on-temporal.ts';

describe('the elements and an operator’s acts on Temporal', () => {
  let server: ScenarioServer;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await startScenarioServer();
  }, 300_000);

  afterAll(() => server?.stop());

  it.each(allExamples.map((example) => [example.name, example] as const))('%s goes its way', async (_name, { bundle, script, path, variables, options, othersEnd = 'completed' }) => {
    const parsed = parseScript(script);
    if (!parsed.ok) throw new Error(`Expected a script, but ${JSON.stringify(parsed.findings)}`);

    const outcome = await server.play(bundle, parsed.script, options);

    expect(outcome).toMatchObject({ status: 'completed', path, variables, refused: [], incidents: [], tasks: [] });
    expect(outcome.others.map(({ status }) => status)).toEqual((options?.others ?? []).map(() => othersEnd));
  }, 60_000);
});
