import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { check, parseDefinition, type CheckFinding, type FlowElement, type ProcessDefinition } from '#engine';

const rounds = 5;
const maximumStates = 20_000;

/**
 * `npm run bench -- check`: the whole check, every run explored, of chains of three-way parallel parts with 10, 50, 100
 * and 1,000 elements, and of the inpatient order loop. The structure check alone stands beside it.
 */
export async function run(): Promise<void> {
  const orderLoop = parseDefinition(JSON.parse(readFileSync(new URL('../processes/inpatient-order-loop/process.json', import.meta.url), 'utf8')));
  if (!orderLoop.ok) throw new Error('Expected the order loop to be a definition, but it is none');
  const definitions: [string, ProcessDefinition][] = [...[10, 50, 100, 1_000].map((size): [string, ProcessDefinition] => [String(size), chainOf(size)]), ['118 (inpatient-order-loop)', orderLoop.definition]];
  const rows = definitions.map(([elements, definition]) => {
    const times = { quick: [] as number[], explored: [] as number[], cpu: [] as number[] };
    let findings: readonly CheckFinding[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const quickMs = time(() => check(definition));
      const begun = process.cpuUsage();
      const exploredMs = time(() => (findings = check(definition, { exploration: { maximumStates } })));
      const { user, system } = process.cpuUsage(begun);
      // The first round only warms up.
      if (round > 0) times.quick.push(quickMs);
      if (round > 0) times.explored.push(exploredMs);
      if (round > 0) times.cpu.push((user + system) / 1_000);
    }
    return { elements, 'without runs (ms)': median(times.quick), 'with runs (ms)': median(times.explored), 'CPU with runs (ms)': median(times.cpu), findings: findings.length, limit: findings.some(({ code }) => code === 'EXPLORATION_LIMIT') };
  });
  console.table(rows);
  console.log(JSON.stringify({ bench: 'check', cores: cpus().length, rounds, maximumStates, rows }));
}

/** Parallel parts of two services and a user task one after the other, with a choice between. */
function chainOf(size: number): ProcessDefinition {
  const flowElements: FlowElement[] = [{ id: 'start', type: 'startEvent' }];
  const sequenceFlows: ProcessDefinition['sequenceFlows'] = [];
  const flow = (sourceRef: string, targetRef: string, condition?: string): void => {
    sequenceFlows.push({ id: `f${sequenceFlows.length}`, sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) });
  };
  let last = 'start';
  for (let part = 0; flowElements.length + 9 <= size; part += 1) {
    const id = (name: string): string => `${name}${part}`;
    flowElements.push(
      { id: id('fork'), type: 'parallelGateway' }, { id: id('a'), type: 'serviceTask', activity: 'bench.a', resultVariable: 'level' }, { id: id('b'), type: 'serviceTask', activity: 'bench.b' },
      { id: id('c'), type: 'userTask', candidateRoles: ['nurse'], form: 'form', outputs: [] }, { id: id('join'), type: 'parallelGateway' }, { id: id('choice'), type: 'exclusiveGateway', default: id('other') },
      { id: id('more'), type: 'serviceTask', activity: 'bench.more' }, { id: id('merge'), type: 'exclusiveGateway' },
    );
    flow(last, id('fork'));
    for (const task of ['a', 'b', 'c']) {
      flow(id('fork'), id(task));
      flow(id(task), id('join'));
    }
    flow(id('join'), id('choice'));
    flow(id('choice'), id('more'), 'level = "HARD"');
    sequenceFlows.push({ id: id('other'), sourceRef: id('choice'), targetRef: id('merge') });
    flow(id('more'), id('merge'));
    last = id('merge');
  }
  while (flowElements.length < size - 1) {
    const id = `tail${flowElements.length}`;
    flowElements.push({ id, type: 'serviceTask', activity: 'bench.tail' });
    flow(last, id);
    last = id;
  }
  flowElements.push({ id: 'end', type: 'endEvent' });
  flow(last, 'end');
  return { format: 'careloop-process/1', key: 'bench', version: '1', name: { 'zh-CN': '基准', en: 'Bench' }, variables: [{ name: 'level', type: 'string', classification: 'operational' }], flowElements, sequenceFlows };
}

function time(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0);
}
