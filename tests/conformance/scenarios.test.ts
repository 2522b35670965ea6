import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScript, simulate } from '#engine';
import { loadProcess } from '../../gateway/processes/index.ts';

const folder = join(import.meta.dirname, '../../processes/inpatient-order-loop');
const { definition, ruleSets } = loadProcess(folder);
const scenarios = join(folder, 'scenarios');
const names = readdirSync(scenarios).filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));

function play(name: string) {
  const parsed = parseScript(JSON.parse(readFileSync(join(scenarios, `${name}.json`), 'utf8')));
  if (!parsed.ok) throw new Error(`Expected ${name} to be a script, but: ${parsed.findings.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
  return simulate(definition, parsed.script, { ruleSets });
}

function elementIds(elements: typeof definition.flowElements): readonly string[] {
  return elements.flatMap((element) => (element.type === 'subProcess' ? [element.id, ...elementIds(element.flowElements)] : [element.id]));
}

describe('the inpatient order loop', () => {
  it.each(names)('plays %s as expected, with the real rule sets', (name) => {
    expect(play(name).expectationFailures).toEqual([]);
  });

  it('visits every element in some scenario', () => {
    const visited = new Set(names.flatMap((name) => play(name).log.map(({ elementId }) => elementId)));

    expect(elementIds(definition.flowElements).filter((id) => !visited.has(id))).toEqual([]);
  });
});
