import type { Actor, ProcessState } from '#engine';
import { readSeparation } from './read-separation.ts';

const substitute: Actor = { id: 'n2', kind: 'person', roles: ['nurse'], onBehalfOf: 'n1' };
// The parts of a state that are read; the rest of it is not asked for.
const state = { userTasks: { t9: { elementInstanceId: 'e9' } }, elementInstances: { e9: { scopeId: 's1' } }, scopes: { s1: { performers: { check: ['n1'] } } }, performers: {} } as unknown as ProcessState;
const ask = (actor: Actor, readState: (instanceId: string) => Promise<ProcessState | undefined>, separation: readonly string[] = ['check']) => readSeparation({ instanceId: 'i', taskId: 't9', separation, actor }, readState);

describe('whether somebody may do what they have checked', () => {
  it('is no for the person and for who acts on their behalf', async () => {
    const answers = await Promise.all([{ ...substitute, id: 'n1' }, substitute, { id: 'n3', kind: 'person', roles: ['nurse'] } satisfies Actor].map((actor) => ask(actor, async () => state)));

    expect(answers).toEqual(['check', 'check', undefined]);
  });

  it('is left to the completion where the instance does not answer in time, and not asked where nothing is separate', async () => {
    const silent = await ask(substitute, () => new Promise(() => undefined));
    const unasked = await ask(substitute, () => Promise.reject(new Error('asked')), []);

    expect([silent, unasked]).toEqual([undefined, undefined]);
  });
});
