import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { parseScript, type ProcessBundle, type Script, type ScriptInput } from '#engine';
import { loadProcess } from '../../gateway/processes/index.ts';
import { startScenarioServer, type PlayOptions } from '../support/scenario-on-temporal.ts';
import { allExamples } from './examples.ts';

/*
 * Records the histories that are missing, or those that are named: `npx tsx tests/replay/record-histories.ts [name …]`.
 * Anew only when a change of the shell is known to be incompatible and no instance of the old one runs any more.
 */
const historyMessage = proto.temporal.api.history.v1.History;
const histories = join(import.meta.dirname, 'histories');
const folder = join(import.meta.dirname, '../../processes/ten-node-example');
const nurse = { id: 'n1', roles: ['nurse'] };

function scriptOf(input: unknown): Script {
  const parsed = parseScript(input);
  if (!parsed.ok) throw new Error(`Expected a script, but ${JSON.stringify(parsed.findings)}`);
  return parsed.script;
}

/** Who polled and where is nobody's business and differs everywhere. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === 'identity' ? 'careloop' : withoutPlaces(member)]));
}

const { definition, ruleSets } = loadProcess(folder);
const tenNodes: ProcessBundle = { format: 'careloop-bundle/1', definition, ruleSets: Object.fromEntries(ruleSets.map((document) => [`${document.key}@${document.version}`, document])) };
// Written by this project; the engine compiles it, which checks it.
const dose = JSON.parse(readFileSync(join(histories, 'dose-with-timers.bundle.json'), 'utf8')) as ProcessBundle;
const doseScript: ScriptInput = {
  format: 'careloop-script/1',
  services: { 'test.dispense': {} },
  steps: [{ start: { variables: { reminders: 0 } } }, { advance: 'PT25M' }, { claim: { element: 'give', as: nurse } }, { complete: { element: 'give', as: nurse } }, { advance: 'PT1H' }],
};

interface Recorded {
  readonly name: string;
  readonly bundle: ProcessBundle;
  readonly script: Script;
  readonly options?: PlayOptions;
  /** Of the instances beside the script's. */
  readonly recorded?: ProcessBundle;
}

const all: readonly Recorded[] = [
  { name: 'ten-node-example', bundle: tenNodes, script: scriptOf(JSON.parse(readFileSync(join(folder, 'scenarios/approved.json'), 'utf8'))) },
  { name: 'dose-with-timers', bundle: dose, script: scriptOf(doseScript) },
  ...allExamples.map(({ name, bundle, script, options, recorded }) => ({ name, bundle, script: scriptOf(script), ...(options ? { options } : {}), ...(recorded ? { recorded } : {}) })),
];
const named = process.argv.slice(2);
const wanted = all.filter(({ name }) => (named.length > 0 ? named.includes(name) : !existsSync(join(histories, `${name}.history.json`))));

const server = await startScenarioServer();
try {
  for (const { name, bundle, script, options, recorded } of wanted) {
    const { status, workflowId: main, path, others } = await server.play(bundle, script, options);
    if (status !== 'completed') throw new Error(`Expected ${name} to complete, but it is ${status} after ${path.join(', ')}`);
    const workflowId = recorded ? (others.find(({ processKey }) => processKey === recorded.definition.key)?.workflowId ?? '') : main;
    const history = await server.client.workflow.getHandle(workflowId).fetchHistory();
    writeFileSync(join(histories, `${name}.history.json`), `${JSON.stringify(withoutPlaces(historyMessage.toObject(historyMessage.fromObject(history), { longs: String, enums: String, bytes: String })))}\n`);
    writeFileSync(join(histories, `${name}.bundle.json`), `${JSON.stringify(recorded ?? bundle)}\n`);
    for (const operation of Object.values(options?.operations ?? {})) if ('migrateTo' in operation) writeFileSync(join(histories, `${name}.target.bundle.json`), `${JSON.stringify(operation.migrateTo)}\n`);
  }
} finally {
  await server.stop();
}
