import { parseBpmnXml, processesOf, toProcessDefinition } from '#bpmn';
import { bpmnOf } from './export-bpmn.ts';
import { partsOf } from './process-parts.ts';

const text = (words: string) => ({ 'zh-CN': words, en: words });
const flow = (id: string, sourceRef: string, targetRef: string) => ({ id, sourceRef, targetRef });
const task = (id: string, candidateRoles: readonly string[]) => ({ id, type: 'userTask', name: text(id), candidateRoles, form: 'f' });
const judged = (id: string, ruleSet: string, binding: object) => ({ id, type: 'businessRuleTask', name: text(id), ruleSet, binding, resultVariable: 'r' });

const definition = {
  format: 'careloop-process/1', key: 'p', version: '1', name: text('P'), variables: [],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    task('a', ['nurse']),
    judged('j', 'dose', { kind: 'inEffect' }),
    { id: 'sub', type: 'subProcess', name: text('sub'), flowElements: [{ id: 's', type: 'startEvent' }, task('b', ['nurse']), task('c', ['doctor', 'nurse']), judged('k', 'dose', { kind: 'pinned', version: '2' }), { id: 'e', type: 'endEvent' }], sequenceFlows: [flow('s1', 's', 'b'), flow('s2', 'b', 'c'), flow('s3', 'c', 'k'), flow('s4', 'k', 'e')] },
    { id: 'call', type: 'callActivity', name: text('call'), calledElement: 'other' },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [flow('f1', 'start', 'a'), flow('f2', 'a', 'j'), flow('f3', 'j', 'sub'), flow('f4', 'sub', 'call'), flow('f5', 'call', 'end')],
};

describe('what a process needs of others', () => {
  it('is told by role, rule set and called process, of sub-processes too', () => {
    const { people, ruleSets, called } = partsOf(definition);

    expect(people.map(({ roles, steps }) => [roles, steps.map(({ elementId }) => elementId)])).toEqual([[['nurse'], ['a', 'b']], [['doctor', 'nurse'], ['c']]]);
    expect(ruleSets.map(({ key, pinned, steps }) => [key, pinned, steps.map(({ elementId }) => elementId)])).toEqual([['dose', undefined, ['j']], ['dose', '2', ['k']]]);
    expect(called.map(({ key }) => key)).toEqual(['other']);
  });

  it('is nothing where there is no process', () => {
    for (const document of [undefined, null, 'x', {}, { flowElements: [] }]) expect(partsOf(document)).toEqual({ people: [], ruleSets: [], called: [] });
  });
});

describe('a version as a file', () => {
  it('is BPMN that is read back as the same process', async () => {
    const { document } = parseBpmnXml(await bpmnOf(definition));
    if (document === undefined) throw new Error('Expected BPMN, but it cannot be read');
    const [processId = ''] = processesOf(document).map(({ id }) => id);
    const { definition: read, findings } = toProcessDefinition(document, processId);

    expect(findings).toEqual([]);
    expect(partsOf(read)).toEqual(partsOf(definition));
  });
});
