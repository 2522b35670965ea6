import { describe, expect, it } from '@jest/globals';
import { check } from '../check/check.ts';
import { parseScript } from '../simulate/script.ts';
import { simulate } from '../simulate/simulate.ts';
import { parseDefinition } from '../definition/index.ts';
import { fromProcessDefinition } from './from-process-definition.ts';
import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { toProcessDefinition } from './to-process-definition.ts';
import { writeBpmnXml } from './write-xml.ts';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
/** Ids, variables, a message and the key in Chinese. */
const 入院 = {
  format: 'careloop-process/1', key: '入院流程', version: '1', name: text('入院', 'Admission'),
  variables: [{ name: '体温', type: 'number', required: true, classification: 'patient' }, { name: '结论', type: 'string', classification: 'patient' }],
  flowElements: [
    { id: '开始', type: 'startEvent' },
    { id: '判断', type: 'exclusiveGateway', default: '正常流' },
    { id: '评估', type: 'scriptTask', script: 'if 体温 > 39 then "高热" else "发热"', resultVariable: '结论' },
    { id: '化验报告', type: 'intermediateCatchEvent', event: { kind: 'message', message: '报告', correlationKey: '结论' } },
    { id: '结束', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: '第一步', sourceRef: '开始', targetRef: '判断' },
    { id: '发热流', sourceRef: '判断', targetRef: '评估', condition: '体温 > 37.5' },
    { id: '正常流', sourceRef: '判断', targetRef: '结束' },
    { id: '等报告', sourceRef: '评估', targetRef: '化验报告' },
    { id: '完成', sourceRef: '化验报告', targetRef: '结束' },
  ],
};

function parsed() {
  const result = parseDefinition(入院);
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.definition;
}

describe('ids, names and keys in Chinese', () => {
  it('are a definition without findings, its runs included', () => {
    expect(check(parsed(), { exploration: { maximumStates: 1_000 } })).toEqual([]);
  });

  it('are played by a script', () => {
    const script = parseScript({ format: 'careloop-script/1', steps: [{ start: { variables: { 体温: 39.5 } } }, { message: { name: '报告', correlationKey: '高热' } }], expect: { status: 'completed', path: ['开始', '判断', '评估', '化验报告', '结束'], variables: { 结论: '高热' } } });
    if (!script.ok) throw new Error(JSON.stringify(script.findings));

    expect(simulate(parsed(), script.script).expectationFailures).toEqual([]);
  });

  it('go through BPMN XML and come back the same', () => {
    const { document, findings } = parseBpmnXml(writeBpmnXml(fromProcessDefinition(parsed())));

    expect(findings).toEqual([]);
    expect(document && toProcessDefinition(document, '入院流程')).toEqual({ definition: parsed(), findings: [] });
  });

  it.each([['1号', 'begins with a digit'], ['护 士', 'has a space'], ['a:b', 'has a colon'], ['', 'is empty']])('refuse the id "%s", which %s', (id) => {
    expect(parseDefinition({ ...入院, flowElements: [{ id, type: 'startEvent' }], sequenceFlows: [] }).ok).toBe(false);
  });
});
