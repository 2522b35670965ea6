import { simulate, type ProcessDefinition, type Script, type ScriptStep, type SimulationResult } from '#engine';
import type { Block } from '../../engine/testing/random-block.ts';

const nurses = ['n1', 'n2'].map((id) => ({ id, roles: ['nurse'] }));
/**
 * The block without what two worlds may do in either order: decisions and calls that are asked for at the same moment
 * are answered by activities, and nobody says which one is first.
 */
export function withoutRaces(block: Block, isConcurrent = false): Block {
  switch (block.kind) {
    case 'rules':
      return isConcurrent ? { kind: 'script' } : block;
    case 'call':
      return isConcurrent ? { kind: 'user' } : block;
    case 'parallel': case 'fan': case 'some': case 'first': case 'anyOrder':
      return { ...block, blocks: block.blocks.map((each) => withoutRaces(each, true)) };
    case 'sequence': case 'choice':
      return { ...block, blocks: block.blocks.map((each) => withoutRaces(each, isConcurrent)) };
    case 'each':
      return { ...block, body: withoutRaces(block.body, isConcurrent || !block.sequential) };
    case 'reminded': case 'stoppable': case 'escalating': case 'repeated':
      return { ...block, body: withoutRaces(block.body, true) };
    default:
      return 'body' in block ? { ...block, body: withoutRaces(block.body, isConcurrent) } : block;
  }
}

/**
 * A script that a schedule of numbers makes, one step after the other out of what is open in the simulator by then. Time does
 * not pass in it: the test server's clock stands still for good after some activities, and timers have cases of their own.
 */
export function randomScript(definition: ProcessDefinition, choices: readonly number[], processes: readonly ProcessDefinition[]): Script {
  const [first = 0, ...rest] = choices;
  let script: Script = { format: 'careloop-script/1', steps: [{ start: { variables: { x: first % 10, y: 0 } } }] };
  for (const choice of rest) {
    const result = simulate(definition, script, { processes });
    const possible = result.status === 'running' ? possibleSteps(result, choice) : [];
    const step = possible[choice % Math.max(1, possible.length)];
    if (!step) break;
    script = { ...script, steps: [...script.steps, step] };
  }
  return script;
}

/** What a script may do next. A decision comes first, since a real one is answered as soon as it is asked for. */
function possibleSteps({ waitingFor, openTasks, incidents }: SimulationResult, choice: number): ScriptStep[] {
  const decision = waitingFor.find(({ kind }) => kind === 'decision');
  if (decision) return [{ decide: { element: decision.element, result: choice % 10 } }];
  const services = unique(waitingFor.filter(({ kind }) => kind === 'service').map(({ element }) => element)).map((element) => serviceStep(element, choice));
  const tasks = unique(openTasks.map(({ element }) => element)).map((element): ScriptStep => {
    const as = nurses[Math.floor(choice / 10) % 2] ?? { id: 'n1', roles: [] };
    return choice % 7 === 1 ? { claim: { element, as } } : { complete: { element, as, data: { n: choice % 10 } } };
  });
  const operations = incidents.slice(0, 1).flatMap(({ element, allowed }): ScriptStep[] => {
    const resolution = allowed[choice % allowed.length];
    return resolution ? [{ operator: { element, resolution, reason: 'random', variables: { x: choice % 10 }, ...(resolution === 'confirmDone' ? { result: { n: 1 } } : {}) } }] : [];
  });
  const heard = waitingFor.flatMap((wait): ScriptStep[] => {
    if (wait.kind === 'message') return [{ message: { name: wait.name, correlationKey: wait.correlationKey, payload: { y: choice % 10 } } }];
    return wait.kind === 'signal' ? [{ signal: { name: wait.name } }] : [];
  });
  return [...services, ...tasks, ...operations, ...heard];
}

function serviceStep(element: string, choice: number): ScriptStep {
  if (choice % 11 === 3) return { fail: { element } };
  return choice % 11 === 5 ? { unanswered: { element } } : { answer: { element, result: { n: choice % 10 } } };
}

function unique(elements: readonly string[]): string[] {
  return [...new Set(elements)];
}
