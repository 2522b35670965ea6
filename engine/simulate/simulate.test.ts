import { describe, expect, it } from '@jest/globals';
import type { RuleSetDocument } from '#rules';
import { end, processOf, service, start, userTask } from '../testing/process-builder.ts';
import { parseScript, type Script, type ScriptInput } from './script.ts';
import { simulate } from './simulate.ts';

const nurse = { id: 'n1', roles: ['nurse'] };
/** A dose: judged, dispensed, given within the hour, told. */
const dose = processOf({
  variables: { orderId: 'string', potassium: 'number', decision: 'object', given: 'boolean' },
  required: ['orderId'],
  elements: [
    start,
    { id: 'judge', type: 'businessRuleTask', ruleSet: 'potassium', binding: { kind: 'inEffect' }, inputs: [{ target: 'potassium', source: 'potassium' }], resultVariable: 'decision' },
    { id: 'choice', type: 'exclusiveGateway', default: 'choice_held' },
    service('dispense', { activity: 'cabinet.dispense' }),
    userTask('give', { outputs: [{ target: 'given', source: 'data.given' }], ledger: { loop: 'dose', step: 'given', item: 'orderId' } }),
    { id: 'late', type: 'boundaryEvent', attachedToRef: 'give', cancelActivity: true, event: { kind: 'timer', timeDuration: 'duration("PT1H")' } },
    { id: 'tell', type: 'intermediateThrowEvent', event: { kind: 'message', message: 'missed', correlationKey: 'orderId', mappings: [{ target: 'at', source: 'string(now())' }] } },
    { id: 'lifted', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'lifted', correlationKey: 'orderId' } },
    { id: 'held', type: 'exclusiveGateway' },
    end,
  ],
  flows: ['start > judge', 'judge > choice', 'choice > dispense: decision.level = "PASS"', 'choice > held', 'held > lifted', 'lifted > dispense', 'dispense > give', 'give > end', 'late > tell', 'tell > end'],
});
const ruleSet = {
  format: 'careloop-rules/1', key: 'potassium', version: '4', name: { 'zh-CN': '钾', en: 'Potassium' }, domain: 'pharmacy', outputs: [],
  inputs: [{ name: 'potassium', type: 'number', required: true, whenMissing: { policy: 'stop' } }],
  rules: [{
    id: 'high', name: { 'zh-CN': '高', en: 'High' }, message: { 'zh-CN': '血钾高', en: 'Potassium is high' }, source: { reference: 'label', grade: 'A', mark: 'S' }, level: 'HARD',
    conditions: { all: [{ fact: 'potassium', operator: 'greaterThan', value: 6 }] }, event: { type: 'high' },
  }],
} satisfies RuleSetDocument;
const script = (parts: Omit<ScriptInput, 'format'>): Script => {
  const parsed = parseScript({ format: 'careloop-script/1', ...parts });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.script;
};
const begin = { start: { variables: { orderId: 'O1', potassium: 4 }, at: '2026-03-01T08:00:00Z' } };
const services = { 'cabinet.dispense': { drawer: 3 } };

describe('simulate', () => {
  it('starts, answers nothing and shows what is open when there is no script', () => {
    const result = simulate(dose, undefined, { variables: { orderId: 'O1', potassium: 4 } });

    expect(result).toMatchObject({
      status: 'running', path: ['start'], variables: { orderId: 'O1', potassium: 4 }, openTasks: [], incidents: [],
      waitingFor: [{ kind: 'decision', element: 'judge', ruleSet: 'potassium', facts: { potassium: 4 } }], expectationFailures: [],
    });
  });

  it('decides by the rule sets it is given and answers services when it is asked to', () => {
    const result = simulate(dose, undefined, { variables: { orderId: 'O1', potassium: 4 }, ruleSets: [ruleSet], autoServices: true });

    expect(result.path).toEqual(['start', 'judge', 'choice', 'dispense']);
    expect(result.openTasks).toMatchObject([{ element: 'give', candidateRoles: ['nurse'] }]);
    expect(result.variables['decision']).toMatchObject({ level: 'PASS', version: '4' });
  });

  it('lets a script play a called process as its caller sees it', () => {
    const calling = processOf({
      variables: { n: 'number' },
      elements: [
        start, { id: 'call', type: 'callActivity', calledElement: 'absent', outputs: [{ target: 'n', source: 'child.n' }] },
        { id: 'told', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: false, event: { kind: 'escalation' } }, { id: 'refused', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: true, event: { kind: 'error', errorCode: 'NO' } }, end,
      ],
      flows: ['start > call', 'told > end', 'refused > end', 'call > end'],
    });
    const begun = { start: { variables: {} } };

    const told = { escalate: { element: 'call', escalationCode: 'LATE' } };

    expect(simulate(calling, script({ steps: [begun, told, { answer: { element: 'call', result: { n: 4 } } }] }))).toMatchObject({ status: 'completed', path: ['start', 'told', 'end', 'call', 'end'], variables: { n: 4 }, expectationFailures: [] });
    expect(simulate(calling, script({ steps: [begun, { error: { element: 'call', errorCode: 'NO' } }] }))).toMatchObject({ status: 'completed', path: ['start', 'refused', 'end'] });
    expect(simulate(calling, script({ steps: [begun, { fail: { element: 'call' } }] }))).toMatchObject({ status: 'running', incidents: [{ element: 'call', code: 'CHILD_FAILED' }] });
    expect(simulate(calling, script({ steps: [begun, told] })).waitingFor).toEqual([{ kind: 'process', element: 'call', processKey: 'absent' }]);
    expect(simulate(calling, script({ steps: [begun, { answer: { element: 'call', result: 4 } }] })).expectationFailures).toEqual(['Step 2: Expected the result of call, which calls a process, to be its variables by name, but it is something else']);
    expect(simulate(calling, script({ steps: [begun] })).incidents).toMatchObject([{ element: 'call', code: 'CHILD_FAILED' }]);
    expect(simulate(calling, script({ openCalls: ['call'], steps: [begun] }))).toMatchObject({ status: 'running', incidents: [], waitingFor: [{ kind: 'process', element: 'call' }] });
  });

  it('plays a script to its end and finds every expectation met', () => {
    const result = simulate(dose, script({
      services,
      steps: [begin, { claim: { element: 'give', as: nurse } }, { complete: { element: 'give', as: nurse, data: { given: true } } }],
      expect: { status: 'completed', path: ['start', 'judge', 'choice', 'dispense', 'give', 'end'], variables: { given: true }, tasks: [], messages: [], ledger: [{ loop: 'dose', step: 'given', item: 'O1' }], incidents: [] },
    }), { ruleSets: [ruleSet] });

    expect(result.expectationFailures).toEqual([]);
    expect(result.clock).toBe('2026-03-01T08:00:00.000Z');
  });

  it('lets time pass only by advance, and fires timers at their own moments', () => {
    const result = simulate(dose, script({ services, steps: [begin, { advance: 'PT59M' }, { advance: 'PT2M' }] }), { ruleSets: [ruleSet] });

    expect(result).toMatchObject({ status: 'completed', clock: '2026-03-01T09:01:00.000Z' });
    expect(result.messages).toEqual([{ name: 'missed', correlationKey: 'O1', payload: { at: expect.stringMatching(/^2026-03-01T09:00:00/) } }]);
  });

  it('keeps an early message until its subscriber exists', () => {
    const steps = [{ start: { variables: { orderId: 'O1', potassium: 7 } } }, { message: { name: 'lifted', correlationKey: 'O1' } }, { decide: { element: 'judge', result: { level: 'HARD' } } }];

    expect(simulate(dose, script({ services, steps })).openTasks).toMatchObject([{ element: 'give' }]);
    expect(simulate(dose, script({ services, steps: steps.map((step) => ('message' in step ? { message: { name: 'lifted', correlationKey: 'O2' } } : step)) })).openTasks).toEqual([]);
  });

  it('plays failures, silence and the operator', () => {
    const result = simulate(dose, script({
      steps: [
        begin,
        { fail: { element: 'dispense' } },
        { operator: { element: 'dispense', resolution: 'retry', reason: 'unjammed' } },
        { unanswered: { element: 'dispense' } },
        { operator: { element: 'dispense', resolution: 'confirmDone', result: { drawer: 1 }, reason: 'drawer is empty' } },
      ],
      expect: { tasks: ['give'], incidents: [] },
    }), { ruleSets: [ruleSet] });

    expect(result.expectationFailures).toEqual([]);
    expect(result.log.map(({ action }) => action)).toEqual(expect.arrayContaining(['service.failed', 'service.outcomeUnknown', 'incident.resolved']));
  });

  it('leaves to the steps what they speak of, whatever the default answers', () => {
    const result = simulate(dose, script({ services, steps: [begin, { fail: { element: 'dispense' } }] }), { ruleSets: [ruleSet], autoServices: true });

    expect(result.incidents).toMatchObject([{ element: 'dispense', code: 'SERVICE_FAILED', allowed: ['retry', 'skip'] }]);
  });

  it('counts a refusal that nobody expects as a failure, and one that is expected as none', () => {
    const steps = [begin, { complete: { element: 'give', as: { id: 'd1', roles: ['doctor'] } } }];

    expect(simulate(dose, script({ services, steps }), { ruleSets: [ruleSet] }).expectationFailures).toEqual(['Expected refused steps [], but got [{"step":2,"code":"TASK_NOT_YOURS","message":"Expected a person with one of the roles nurse in the task\'s unit, but it is someone else","element":"give"}]']);
    expect(simulate(dose, script({ services, steps, expect: { refused: [{ step: 2, code: 'TASK_NOT_YOURS' }] } }), { ruleSets: [ruleSet] }).expectationFailures).toEqual([]);
  });

  it('fails a script that acts on what is not there, and says what is', () => {
    const result = simulate(dose, script({ steps: [begin, { answer: { element: 'nothing' } }] }), { ruleSets: [ruleSet] });

    expect(result.expectationFailures).toEqual(['Step 2: Expected an open service call of nothing, but open are: dispense']);
  });

  it.each([
    ['status', { status: 'completed' as const }],
    ['path', { path: ['start'] }],
    ['variable', { variables: { given: true } }],
    ['open tasks', { tasks: [] }],
    ['messages', { messages: [{ name: 'missed' }] }],
    ['ledger', { ledger: [{ loop: 'dose', step: 'given' }] }],
    ['incidents', { incidents: [{ element: 'give' }] }],
    ['refused steps', { refused: [{ step: 1, code: 'X' }] }],
  ])('says when the %s is not as expected', (what, expect_) => {
    const result = simulate(dose, script({ services, steps: [begin], expect: expect_ }), { ruleSets: [ruleSet] });

    expect(result.expectationFailures).toEqual([expect.stringContaining(`Expected ${what}`)]);
  });

  it('lists a multi-instance activity once for each item', () => {
    const process = processOf({
      variables: { items: 'list' },
      elements: [start, service('act', { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'items', elementVariable: 'item' } }), end],
      flows: ['start > act', 'act > end'],
    });

    expect(simulate(process, undefined, { variables: { items: [1, 2, 3] }, autoServices: true }).path).toEqual(['start', 'act', 'act', 'act', 'end']);
    expect(simulate(process, undefined, { variables: { items: [] }, autoServices: true }).path).toEqual(['start', 'act', 'end']);
  });
});

describe('parseScript', () => {
  it.each([
    ['a step of no known kind', { steps: [{ wait: 'PT1H' }] }, '/steps/0', 'Expected exactly one of start, claim'],
    ['two kinds in one step', { steps: [{ advance: 'PT1H', cancel: { reason: 'x' } }] }, '/steps/0', 'but found advance, cancel'],
    ['a missing field', { steps: [{ claim: { element: 'a' } }] }, '/steps/0/claim/as', ''],
    ['a misspelt field', { steps: [{ cancel: { reson: 'x', reason: 'y' } }] }, '/steps/0/cancel', 'reson'],
    ['a duration that is none', { steps: [{ advance: '1 hour' }] }, '/steps/0/advance', 'ISO 8601 duration'],
    ['an unknown expectation', { steps: [{ advance: 'PT1H' }], expect: { state: 'done' } }, '/expect', 'state'],
    ['no steps', { steps: [] }, '/steps', ''],
  ])('names the place of %s', (_what, parts, path, message) => {
    const parsed = parseScript({ format: 'careloop-script/1', ...parts });

    expect(parsed).toMatchObject({ ok: false, findings: [{ path, message: expect.stringContaining(message) }] });
  });
});
