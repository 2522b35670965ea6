import { describe, expect, it } from '@jest/globals';
import type { RuleSetDocument } from '#rules';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, operator, processOf, start } from '../testing/process-builder.ts';

const ruleSet: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'potassium', version: '2', name: { 'zh-CN': '钾', en: 'Potassium' }, domain: 'pharmacy', outputs: [],
  inputs: [{ name: 'potassium', type: 'number', required: true, whenMissing: { policy: 'stop' } }],
  rules: [{
    id: 'high', name: { 'zh-CN': '血钾高', en: 'High potassium' }, message: { 'zh-CN': '血钾高', en: 'Potassium is high' }, source: { reference: 'label', grade: 'A', mark: 'S' }, level: 'HARD',
    conditions: { all: [{ fact: 'potassium', operator: 'greaterThan', value: 6 }] }, event: { type: 'high' },
  }],
};
const process = (binding: Extract<FlowElement, { type: 'businessRuleTask' }>['binding']) =>
  processOf({
    variables: { potassium: 'number', decision: 'object' },
    elements: [start, { id: 'judge', type: 'businessRuleTask', ruleSet: 'potassium', binding, inputs: [{ target: 'potassium', source: 'potassium' }], resultVariable: 'decision' }, end],
    flows: ['start > judge', 'judge > end'],
  });
const bundle = (definition: ReturnType<typeof process>) => ({ format: 'careloop-bundle/1' as const, definition, ruleSets: { 'potassium@2': ruleSet } });

describe('business rule task bound to the version in effect', () => {
  const asked = () => new TestInstance(bundle(process({ kind: 'inEffect' }))).start({ potassium: 6.8 });

  it('asks outside, with its inputs as facts', () => {
    expect(asked().commands).toContainEqual({ type: 'evaluateRules', elementInstanceId: 'e2', elementId: 'judge', ruleSet: 'potassium', facts: { potassium: 6.8 } });
  });

  it('records the decision with its version and goes on with the result', () => {
    const instance = asked();
    instance.send({ type: 'rulesEvaluated', elementInstanceId: 'e2', version: '7', decisionId: 'd1', result: { level: 'HARD' } });

    expect(instance.log.find(({ action }) => action === 'decision.made')).toMatchObject({ elementId: 'judge', ruleSet: 'potassium', ruleSetVersion: '7', decisionId: 'd1', detail: { level: 'HARD' } });
    expect(instance.variables['decision']).toEqual({ level: 'HARD' });
    expect(instance.state.status).toBe('completed');
  });

  it('holds a decision that could not be made, and asks again', () => {
    const instance = asked();
    instance.send({ type: 'rulesFailed', elementInstanceId: 'e2', failure: { code: 'RULES_FAILED', message: 'Expected a rule set in effect, but there is none' } });

    expect(instance.openIncidents).toEqual([{ element: 'judge', code: 'RULES_FAILED', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution: { kind: 'retry' }, reason: 'published', actor: operator });

    expect(instance.effects).toContain('evaluateRules');
  });
});

describe('business rule task with a pinned version', () => {
  it('decides in place with the rule set of the bundle', () => {
    const instance = new TestInstance(bundle(process({ kind: 'pinned', version: '2' }))).start({ potassium: 6.8 });

    expect(instance.variables['decision']).toMatchObject({ ruleSet: 'potassium', version: '2', level: 'HARD' });
    expect(instance.log.find(({ action }) => action === 'decision.made')).toMatchObject({ ruleSetVersion: '2', decisionId: 'i1:e2' });
    expect(instance.state.status).toBe('completed');
  });

  it('does not compile when the bundle lacks the version', () => {
    expect(() => new TestInstance(bundle(process({ kind: 'pinned', version: '3' })))).toThrow(expect.objectContaining({ code: 'DEFINITION_INVALID', findings: [expect.objectContaining({ code: 'RULE_SET_MISSING', elementId: 'judge' })] }));
  });

  it('raises an incident when a plain definition has no rule sets at all', () => {
    const instance = new TestInstance({ ...bundle(process({ kind: 'pinned', version: '2' })) });
    const plain = new TestInstance(process({ kind: 'pinned', version: '2' }) as never).start({ potassium: 1 });

    expect(instance.start({ potassium: 1 }).state.status).toBe('completed');
    expect(plain.openIncidents).toEqual([{ element: 'judge', code: 'RULES_FAILED', allowed: ['retry', 'skip'] }]);
  });
});
