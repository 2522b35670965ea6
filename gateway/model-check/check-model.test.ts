import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkModel, maximumFindings } from './check-model.ts';

const budget = { timeMs: 5_000, maximumStates: 20_000 };
const bpmn = (content: string) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c="urn:careloop:bpmn:1" id="defs" targetNamespace="urn:t"><process id="p" name="流程" isExecutable="true">${content}</process></definitions>`;
const check = (xml: string) => checkModel({ kind: 'bpmn', xml }, budget);
const line = '<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/>';
const fields = (json: object) => `<extensionElements><c:fields>${JSON.stringify(json)}</c:fields></extensionElements>`;
const root = join(import.meta.dirname, '../..');
const reference = join(root, '../shared/bpmn/miwg');

describe('a model that comes in', () => {
  it('is a definition with every run explored when it can be executed', () => {
    const { processes, findings, picture } = check(bpmn(`${line}<userTask id="t" name="审核">${fields({ form: 'review', candidateRoles: ['pharmacist'] })}</userTask>`));

    expect(processes).toMatchObject([{ id: 'p', name: { 'zh-CN': '流程' }, isExecutable: true, exploration: 'complete', definition: { key: 'p' } }]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(picture?.elements).toHaveLength(3);
  });

  it('says why it cannot be executed, element by element, and is drawn all the same', () => {
    const { processes, findings, picture } = check(bpmn(`${line}<userTask id="t" name="审核"/><callChoreography id="c" name="协同"/>`));

    expect(processes).toEqual([{ id: 'p', name: { 'zh-CN': '流程', en: '流程' }, isExecutable: false, exploration: 'none' }]);
    expect(findings.map(({ code, elementId, message }) => [code, elementId, message['zh-CN']])).toEqual([
      ['FORM_MISSING', 't', '任务“审核”没有指定表单'],
      ['ROLES_MISSING', 't', '任务“审核”没有说明由谁来做'],
      ['ELEMENT_NOT_EXECUTABLE', 'c', '“协同”是不能执行的元素，只能画图'],
    ]);
    expect(picture?.elements.map(({ id }) => id)).toEqual(['s', 'e', 't', 'c']);
  });

  it('is shown what goes wrong in its runs', () => {
    const gateways = '<startEvent id="s"/><exclusiveGateway id="x" name="选择" default="a"/><task id="t1"/><task id="t2"/><parallelGateway id="j" name="汇合"/><endEvent id="e"/>';
    const flows = [['f', 's', 'x'], ['a', 'x', 't1'], ['c', 't1', 'j'], ['d', 't2', 'j'], ['g', 'j', 'e']].map(([id, from, to]) => `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`).join('');
    const { processes, findings } = check(bpmn(`${gateways}${flows}<sequenceFlow id="b" sourceRef="x" targetRef="t2"><conditionExpression>1 = 1</conditionExpression></sequenceFlow>`));

    expect(findings[0]).toMatchObject({ code: 'DEADLOCK', severity: 'error', processId: 'p', elementName: '汇合', message: { 'zh-CN': '流程会卡在“汇合”，再也走不下去' } });
    expect(findings[0]?.trace).toContain('j');
    expect(processes[0]).toMatchObject({ isExecutable: false, exploration: 'complete' });
  });

  it('is refused with the place when it is no XML or has a document type', () => {
    expect(check('<definitions').findings).toMatchObject([{ code: 'XML_MALFORMED', place: 'line 1, column 12' }]);
    expect(check('<!DOCTYPE x [<!ENTITY a "b">]><definitions/>')).toMatchObject({ processes: [], findings: [{ code: 'XML_DOCTYPE', severity: 'error' }] });
    expect(check('<svg xmlns="http://www.w3.org/2000/svg"/>').findings).toMatchObject([{ code: 'ROOT_UNKNOWN' }]);
  });

  it('may be the JSON form, drawn with a layout of its own', () => {
    const json: unknown = JSON.parse(readFileSync(join(root, 'processes/ten-node-example/process.json'), 'utf8'));
    const { processes, picture } = checkModel({ kind: 'definition', json }, budget);

    expect(processes).toMatchObject([{ id: 'ten-node-example', isExecutable: true }]);
    expect(picture).toMatchObject({ placed: ['ten-node-example'] });
    expect(checkModel({ kind: 'definition', json: { format: 'careloop-process/1' } }, budget).findings[0]).toMatchObject({ code: 'SCHEMA', severity: 'error' });
    const dangling = { ...(json as object), sequenceFlows: [{ id: 'f', sourceRef: 'start', targetRef: 'gone' }] };
    const drawnNot = checkModel({ kind: 'definition', json: dangling }, budget);
    expect(drawnNot.picture).toBeUndefined();
    expect(drawnNot.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['TARGET_NOT_FOUND', 'DEFINITION_NOT_DRAWN']));
  });

  it('with very many findings tells the first and how many there are', () => {
    const { findings, findingCount } = check(bpmn(Array.from({ length: 1_000 }, (_, index) => `<userTask id="t${index}"/>`).join('')));

    expect(findings).toHaveLength(maximumFindings);
    expect(findingCount).toBeGreaterThanOrEqual(2_000);
  });
});

(existsSync(reference) ? describe : describe.skip)('the reference models (skipped where they are not beside the repository)', () => {
  it.each(existsSync(reference) ? readdirSync(reference).filter((name) => name.endsWith('.bpmn')) : [])('%s is drawn as its diagram has it, and every error names its place', (name) => {
    const { findings, picture } = check(readFileSync(join(reference, name), 'utf8'));

    expect(picture?.placed.length).toBeGreaterThan(0);
    expect(findings.filter(({ severity, elementId, place }) => severity === 'error' && elementId === undefined && place === undefined)).toEqual([]);
  });
});
