import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FlowElement, ProcessDefinition } from '../../definition/index.ts';
import { parseScript } from '../../simulate/script.ts';
import { simulate } from '../../simulate/simulate.ts';
import { end, flowOf, processOf, script, service, start, userTask, type ProcessParts } from '../../testing/process-builder.ts';
import { check } from '../check.ts';
import type { CheckFinding } from '../finding.ts';

const exploration = { maximumStates: 10_000 };
const explored = (parts: ProcessParts): readonly CheckFinding[] => check(processOf(parts), { exploration });
const gateway = (id: string, type: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway' | 'eventBasedGateway', more: { default?: string } = {}): FlowElement => ({ id, type, ...more }) as FlowElement;
const sub = (id: string, elements: readonly FlowElement[], flows: readonly string[], more: object = {}): FlowElement => ({ id, type: 'subProcess', flowElements: [...elements], sequenceFlows: flows.map(flowOf), ...more });
const timer = (id: string, attachedToRef: string, cancelActivity = true): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity, event: { kind: 'timer', timeDuration: '"PT1H"' } });
const message = (id: string, attachedToRef: string, cancelActivity = true): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity, event: { kind: 'message', message: id, correlationKey: '"k"', mappings: [] } });
const codes = (findings: readonly CheckFinding[]): string[] => findings.map(({ code, elementId }) => `${code} ${elementId}`);

/** The script of the finding, played by the simulator, ends in the trouble. */
function expectPlayable(definition: ProcessDefinition, finding: CheckFinding | undefined): void {
  const parsed = parseScript(finding?.script);
  expect(parsed).toMatchObject({ ok: true });
  if (parsed.ok) expect(simulate(definition, parsed.script).expectationFailures).toEqual([]);
}

const troubles: readonly [string, string, ProcessParts][] = [
  ['a join that waits for a path not taken', 'DEADLOCK join', {
    variables: { urgent: 'boolean' }, required: ['urgent'],
    elements: [start, gateway('choice', 'exclusiveGateway', { default: 'choice_b' }), service('a'), service('b'), gateway('join', 'parallelGateway'), end],
    flows: ['start > choice', 'choice > a: urgent', 'choice > b', 'a > join', 'b > join', 'join > end'],
  }],
  ['a join whose other token is ended by a timer', 'DEADLOCK join', {
    elements: [start, gateway('fork', 'parallelGateway'), service('a'), userTask('b'), timer('late', 'b'), gateway('join', 'parallelGateway'), end, { id: 'gaveUp', type: 'endEvent' }],
    flows: ['start > fork', 'fork > a', 'fork > b', 'a > join', 'b > join', 'late > gaveUp', 'join > end'],
  }],
  ['a condition that nothing will ever change', 'DEADLOCK wait', {
    variables: { x: 'number' },
    elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'conditional', condition: 'x > 3' } }, end],
    flows: ['start > wait', 'wait > end'],
  }],
  ['parallel paths that are merged and not joined', 'IMPROPER_COMPLETION merge', {
    elements: [start, gateway('fork', 'parallelGateway'), service('a'), service('b'), gateway('merge', 'exclusiveGateway'), service('act'), end],
    flows: ['start > fork', 'fork > a', 'fork > b', 'a > merge', 'b > merge', 'merge > act', 'act > end'],
  }],
  ['a loop that leaves a token behind in every round', 'UNBOUNDED_TOKENS join', {
    elements: [start, gateway('again', 'exclusiveGateway'), service('act'), gateway('fork', 'parallelGateway'), gateway('join', 'parallelGateway'), service('never'), end, message('stopped', 'never')],
    flows: ['start > again', 'again > act', 'act > fork', 'fork > again', 'fork > join', 'never > join', 'join > end', 'stopped > end'],
  }],
  ['a loop that nothing leads out of', 'LIVELOCK act', {
    elements: [start, gateway('again', 'exclusiveGateway'), service('act'), end], flows: ['start > again', 'again > act', 'act > again'],
  }],
  ['a loop that never waits', 'ENDLESS_LOOP again', {
    variables: { x: 'number' }, required: ['x'],
    elements: [start, gateway('again', 'exclusiveGateway'), script('count', 'x + 1'), gateway('enough', 'exclusiveGateway', { default: 'enough_again' }), end],
    flows: ['start > again', 'again > count', 'count > enough', 'enough > end: x > 3', 'enough > again'],
  }],
  ['a join that waits when a called process gives what it needs not', 'DEADLOCK join', {
    variables: { level: 'string', n: 'number' },
    elements: [
      start, { id: 'first', type: 'callActivity', calledElement: 'other', outputs: [{ target: 'n', source: 'child.found.number' }] }, { id: 'second', type: 'callActivity', calledElement: 'another', outputs: [{ target: 'level', source: 'child.found.code' }] },
      gateway('choice', 'exclusiveGateway', { default: 'choice_end' }), gateway('join', 'parallelGateway'), userTask('never'), message('stopped', 'never'), end,
    ],
    flows: ['start > first', 'first > second', 'second > choice', 'choice > join: level = "HIGH" and n > 3', 'choice > end', 'never > join', 'stopped > never', 'join > end'],
  }],
  ['a join that waits when a called process escalates', 'DEADLOCK join', {
    elements: [start, { id: 'call', type: 'callActivity', calledElement: 'other' }, { id: 'told', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: true, event: { kind: 'escalation', escalationCode: 'TOLD' } }, gateway('join', 'parallelGateway'), end, userTask('never'), message('stopped', 'never')],
    flows: ['start > call', 'call > end', 'told > join', 'never > join', 'stopped > never', 'join > end'],
  }],
  ['a merge beside a called process that stays open', 'IMPROPER_COMPLETION merge', {
    elements: [start, gateway('fork', 'parallelGateway'), { id: 'call', type: 'callActivity', calledElement: 'other' }, service('a'), service('b'), gateway('merge', 'exclusiveGateway'), service('act'), end, { id: 'called', type: 'endEvent' }],
    flows: ['start > fork', 'fork > call', 'fork > a', 'fork > b', 'call > called', 'a > merge', 'b > merge', 'merge > act', 'act > end'],
  }],
  ['a join behind a timer that lets a reminder fire first', 'DEADLOCK join', {
    elements: [
      start, { id: 'part', type: 'subProcess', flowElements: [{ id: 's', type: 'startEvent' }, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } }, { id: 'soon', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'early', type: 'startEvent', isInterrupting: false, event: { kind: 'timer', timeCycle: '"R3/PT1M"' } }, service('remind')], sequenceFlows: [flowOf('early > remind')] }], sequenceFlows: [flowOf('s > wait')] },
      gateway('choice', 'exclusiveGateway'), service('never'), message('stopped', 'never'), gateway('join', 'parallelGateway'), end,
    ],
    flows: ['start > part', 'part > choice', 'choice > join: true', 'never > join', 'stopped > never', 'join > end'],
  }],
  ['a join behind activities that people begin', 'DEADLOCK join', {
    elements: [start, { id: 'anyOrder', type: 'adHocSubProcess', flowElements: [service('inner')], sequenceFlows: [], completionCondition: 'true' } as FlowElement, gateway('choice', 'eventBasedGateway'), { id: 'a', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } }, { id: 'b', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 's' } }, gateway('join', 'parallelGateway'), end],
    flows: ['start > anyOrder', 'anyOrder > choice', 'choice > a', 'choice > b', 'a > join', 'b > join', 'join > end'],
  }],
  ['an activity that needs more tokens than come', 'DEADLOCK both', {
    elements: [start, service('a'), service('both', { startQuantity: 2 }), end], flows: ['start > a', 'a > both', 'both > end'],
  }],
  ['an activity that sends more tokens than one', 'IMPROPER_COMPLETION b', {
    elements: [start, service('a', { completionQuantity: 2 }), service('b'), end], flows: ['start > a', 'a > b', 'b > end'],
  }],
  ['a gateway that has no way out after what was decided', 'NO_WAY_OUT second', {
    variables: { level: 'string' }, required: ['level'],
    elements: [start, gateway('first', 'exclusiveGateway', { default: 'first_other' }), gateway('second', 'exclusiveGateway'), service('a'), service('b'), service('other'), end],
    flows: ['start > first', 'first > second: level = "C"', 'first > other', 'second > a: level = "A"', 'second > b: level = "B"', 'a > end', 'b > end', 'other > end'],
  }],
];

describe('exploring every run', () => {
  it.each(troubles)('finds %s, with a script that shows it', (_what, expected, parts) => {
    const findings = explored(parts);

    const finding = findings.find(({ code, elementId }) => `${code} ${elementId}` === expected);
    expect(codes(findings)).toContain(expected);
    expect(finding?.trace?.[0]).toBe('start');
    expectPlayable(processOf(parts), finding);
  });

  const sound: readonly [string, ProcessParts][] = [
    ['decisions that agree over two gateways', {
      variables: { urgent: 'boolean' }, required: ['urgent'],
      elements: [start, gateway('fork', 'inclusiveGateway', { default: 'fork_b' }), service('a'), service('b'), gateway('choice', 'exclusiveGateway', { default: 'choice_end' }), service('again'), gateway('join', 'inclusiveGateway'), end],
      flows: ['start > fork', 'fork > a: urgent', 'fork > b', 'a > join', 'b > join', 'join > choice', 'choice > again: urgent', 'choice > end', 'again > end'],
    }],
    ['a parallel part that both gateways open and close on the same condition', {
      variables: { order: 'object' }, required: ['order'],
      elements: [start, gateway('first', 'exclusiveGateway', { default: 'first_normal' }), gateway('fork', 'parallelGateway'), service('rescue'), service('normal'), gateway('merge', 'exclusiveGateway'), service('act'), gateway('second', 'exclusiveGateway', { default: 'second_end' }), gateway('join', 'parallelGateway'), end],
      flows: ['start > first', 'first > fork: order.priority = "rescue"', 'first > normal', 'fork > rescue', 'fork > merge', 'normal > merge', 'merge > act', 'act > second', 'second > join: order.priority = "rescue"', 'second > end', 'rescue > join', 'join > end'],
    }],
    ['a terminate end event that ends what still runs', {
      elements: [start, gateway('fork', 'parallelGateway'), service('a'), userTask('b'), { id: 'stop', type: 'endEvent', event: { kind: 'terminate' } }, end],
      flows: ['start > fork', 'fork > a', 'fork > b', 'a > stop', 'b > end'],
    }],
    ['a reminder beside a task that is repeated', {
      variables: { ok: 'boolean' },
      elements: [start, userTask('ask', { outputs: [{ target: 'ok', source: 'data.ok' }] }), timer('late', 'ask', false), service('remind'), gateway('choice', 'exclusiveGateway', { default: 'choice_ask' }), end, { id: 'reminded', type: 'endEvent' }],
      flows: ['start > ask', 'ask > choice', 'choice > end: ok', 'choice > ask', 'late > remind', 'remind > reminded'],
    }],
    ['a condition that is always true, where others are false', {
      variables: { x: 'number' }, required: ['x'],
      elements: [start, gateway('some', 'inclusiveGateway'), service('a'), service('b'), gateway('first', 'inclusiveGateway'), gateway('more', 'inclusiveGateway'), service('c'), service('d'), gateway('second', 'inclusiveGateway'), end],
      flows: ['start > some', 'some > a: true', 'some > b: x > 3', 'a > first', 'b > first', 'first > more', 'more > c: true', 'more > d: x < 2', 'c > second', 'd > second', 'second > end'],
    }],
    ['a wait that is over when the time has come', {
      variables: { due: 'string' }, required: ['due'],
      elements: [start, gateway('again', 'exclusiveGateway'), { id: 'pause', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } }, gateway('over', 'exclusiveGateway', { default: 'over_again' }), end],
      flows: ['start > again', 'again > pause', 'pause > over', 'over > end: now() > date and time(due)', 'over > again'],
    }],
    ['an activity that needs as many tokens as another one sends', {
      elements: [start, service('a', { completionQuantity: 3 }), service('b', { startQuantity: 3 }), end], flows: ['start > a', 'a > b', 'b > end'],
    }],
    ['a counted loop in one step', {
      variables: { x: 'number' }, required: ['x'],
      elements: [start, gateway('again', 'exclusiveGateway'), script('count', 'x + 1', 'x'), gateway('enough', 'exclusiveGateway', { default: 'enough_again' }), end],
      flows: ['start > again', 'again > count', 'count > enough', 'enough > end: x > 3', 'enough > again'],
    }],
    ...([2, 100] as const).flatMap((maximum): [string, ProcessParts][] => [
      [`a script that is repeated ${maximum} times`, { elements: [start, { ...script('a', '1'), standardLoop: { kind: 'standardLoop', testBefore: true, condition: 'true', maximum } } as FlowElement, service('b'), end], flows: ['start > a', 'a > b', 'b > end'] }],
      [`a sub-process that is repeated ${maximum} times`, { elements: [start, sub('a', [{ id: 's', type: 'startEvent' }, service('inner'), { id: 'e', type: 'endEvent' }], ['s > inner', 'inner > e'], { standardLoop: { kind: 'standardLoop', testBefore: false, condition: 'true', maximum } }), service('b'), end], flows: ['start > a', 'a > b', 'b > end'] }],
    ]),
    ['events at the last step of a path, beside one that goes on', {
      elements: [
        start, gateway('fork', 'parallelGateway'), userTask('a'), timer('late', 'a'), service('handle'), end, service('c'),
        { id: 'refused', type: 'boundaryEvent', attachedToRef: 'c', cancelActivity: true, event: { kind: 'error', errorCode: 'NO' } },
        sub('part', [{ id: 's', type: 'startEvent' }, service('inner')], ['s > inner']), message('stopped', 'part'), service('b'), gateway('merge', 'parallelGateway'), service('more'), service('beside'),
      ],
      flows: ['start > fork', 'fork > a', 'fork > b', 'fork > c', 'fork > part', 'a > end', 'late > handle', 'handle > end', 'c > end', 'refused > end', 'part > end', 'stopped > end', 'b > merge', 'merge > more', 'merge > beside', 'more > end', 'beside > end'],
    }],
    ['items in parallel that end in one step with those of the next item', {
      variables: { x: 'number' }, required: ['x'],
      elements: [start, sub('each', [{ id: 'es', type: 'startEvent' }, sub('both', [
        { id: 'bs', type: 'startEvent' }, sub('asked', [
          { id: 'as', type: 'startEvent' }, userTask('ask', { outputs: [{ target: 'x', source: 'data.x' }] }), { id: 'high', type: 'boundaryEvent', attachedToRef: 'ask', cancelActivity: true, event: { kind: 'conditional', condition: 'x > 7' } }, gateway('merge', 'exclusiveGateway'), { id: 'ae', type: 'endEvent' },
        ], ['as > ask', 'ask > merge', 'high > merge', 'merge > ae']), { id: 'reminder', type: 'boundaryEvent', attachedToRef: 'asked', cancelActivity: false, event: { kind: 'timer', timeCycle: '"R2/PT10M"' } }, service('remind', { outputs: [{ target: 'x', source: 'result.x' }] }), { id: 'be', type: 'endEvent' },
      ], ['bs > asked', 'asked > be', 'reminder > remind'], { multiInstance: { kind: 'multiInstance', sequential: false, collection: '[1, 2]' } }), { id: 'ee', type: 'endEvent' }], ['es > both', 'both > ee'], { multiInstance: { kind: 'multiInstance', sequential: true, collection: '[1, 2]' } }), end],
      flows: ['start > each', 'each > end'],
    }],
    ['items in parallel, an error and a compensation', {
      variables: { list: 'list' }, required: ['list'],
      elements: [
        start,
        sub('each', [{ id: 's', type: 'startEvent' }, service('work'), { id: 'e', type: 'endEvent' }], ['s > work', 'work > e'], { multiInstance: { kind: 'multiInstance', sequential: false, collection: 'list', elementVariable: 'item' } }),
        { id: 'undoEach', type: 'boundaryEvent', attachedToRef: 'each', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } }, service('undo', { isForCompensation: true }),
        service('pay'), { id: 'refused', type: 'boundaryEvent', attachedToRef: 'pay', cancelActivity: true, event: { kind: 'error', errorCode: 'REFUSED' } },
        { id: 'takeBack', type: 'intermediateThrowEvent', event: { kind: 'compensation' } }, end,
      ],
      flows: ['start > each', 'each > pay', 'pay > end', 'refused > takeBack', 'takeBack > end'],
    }],
  ];
  it.each(sound)('has nothing to say about %s', (_what, parts) => {
    expect(explored(parts)).toEqual([]);
  });

  it('finds what no run reaches, and only the first of it', () => {
    const findings = explored({
      variables: { level: 'string' }, required: ['level'],
      elements: [start, gateway('first', 'exclusiveGateway', { default: 'first_other' }), gateway('second', 'exclusiveGateway', { default: 'second_b' }), service('a'), service('more'), service('b'), service('other'), end],
      flows: ['start > first', 'first > second: level = "B"', 'first > other', 'second > a: level = "A"', 'second > b', 'a > more', 'more > end', 'b > end', 'other > end'],
    });

    expect(codes(findings)).toEqual(['DEAD_ELEMENT a']);
  });

  it('says in which order things have to happen', () => {
    const [, , parts] = troubles[1] ?? ['', '', undefined];
    const finding = parts ? explored(parts).find(({ code }) => code === 'DEADLOCK') : undefined;

    expect(finding?.trace).toEqual(expect.arrayContaining(['start', 'fork', 'a', 'b', 'late', 'gaveUp', 'join']));
    expect(finding?.script?.steps).toContainEqual({ advance: 'PT3600S' });
  });

  it('says how far it got when the budget is spent', () => {
    const many = Array.from({ length: 12 }, (_item, index) => `t${index}`);
    const findings = check(processOf({ elements: [start, gateway('fork', 'parallelGateway'), ...many.flatMap((id) => [service(id), service(`${id}b`)]), gateway('join', 'parallelGateway'), end], flows: ['start > fork', ...many.flatMap((id) => [`fork > ${id}`, `${id} > ${id}b`, `${id}b > join`]), 'join > end'] }), { exploration: { maximumStates: 500 } });

    expect(findings).toMatchObject([{ code: 'EXPLORATION_LIMIT', severity: 'info' }]);
  });

  it('stops when it is asked to', () => {
    let asked = 0;
    const parts = { elements: [start, gateway('fork', 'parallelGateway'), ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => service(id)), gateway('join', 'parallelGateway'), end], flows: ['start > fork', ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((id) => [`fork > ${id}`, `${id} > join`]), 'join > end'] };
    const findings = check(processOf(parts), { exploration: { maximumStates: 10_000, shouldStop: () => (asked += 1) > 1 } });

    expect(codes(findings)).toEqual(['EXPLORATION_LIMIT test']);
  });

  it('explores a large process part by part and leads into the part', () => {
    const stuck = sub('part', [{ id: 'ps', type: 'startEvent' }, gateway('fork', 'parallelGateway'), service('a'), userTask('b'), timer('late', 'b'), gateway('join', 'parallelGateway'), { id: 'pe', type: 'endEvent' }, { id: 'gaveUp', type: 'endEvent' }], ['ps > fork', 'fork > a', 'fork > b', 'a > join', 'b > join', 'late > gaveUp', 'join > pe']);
    const chain = Array.from({ length: 110 }, (_item, index) => service(`s${index}`));
    const ids = ['start', ...chain.map(({ id }) => id), 'part', 'end'];
    const definition = processOf({ elements: [start, ...chain, stuck, end], flows: ids.slice(1).map((id, index) => `${ids[index] ?? ''} > ${id}`) });
    const findings = check(definition, { exploration });

    expect(codes(findings)).toEqual(['DEADLOCK join', 'EXPLORED_IN_PARTS test']);
    expect(findings[0]?.trace?.slice(-4)).toEqual(expect.arrayContaining(['join']));
    expectPlayable(definition, findings[0]);
  });

  it('explores sound regions once, however many run at a time, and leads through them', () => {
    const branches = Array.from({ length: 12 }, (_item, index) => index);
    const parts = {
      variables: { level: 'string' },
      elements: [
        start, gateway('fork', 'parallelGateway'), gateway('join', 'parallelGateway'),
        ...branches.flatMap((index) => [service(`a${index}`), userTask(`b${index}`, { outputs: [] }), timer(`late${index}`, `b${index}`), gateway(`merge${index}`, 'exclusiveGateway')]),
        service('judge', { outputs: [{ target: 'level', source: 'result.level' }] }), end,
      ],
      flows: ['start > fork', ...branches.flatMap((index) => [`fork > a${index}`, `a${index} > b${index}`, `b${index} > merge${index}`, `late${index} > merge${index}`, `merge${index} > join`]), 'join > judge'],
    } satisfies ProcessParts;
    const stuck = { ...parts, elements: [...parts.elements, gateway('choice', 'exclusiveGateway', { default: 'choice_end' }), gateway('never', 'parallelGateway'), userTask('other'), message('stopped', 'other')], flows: [...parts.flows, 'judge > choice', 'choice > never: level = "HIGH"', 'choice > end', 'other > never', 'stopped > other', 'never > end'] } satisfies ProcessParts;

    const few = { maximumStates: 400 };
    expect(check(processOf({ ...parts, flows: [...parts.flows, 'judge > end'] }), { exploration: few })).toEqual([]);
    const finding = check(processOf(stuck), { exploration: few }).find(({ code }) => code === 'DEADLOCK');
    expect(finding).toMatchObject({ elementId: 'never' });
    expect(finding?.trace).toEqual(expect.arrayContaining(['a11', 'b11', 'join', 'judge', 'choice', 'never']));
    expectPlayable(processOf(stuck), finding);
  });

  it('explores sound regions as one step each in the parts of a process that is cut, and leads through them', () => {
    const branches = Array.from({ length: 12 }, (_item, index) => index);
    const wide = (name: string): { elements: FlowElement[]; flows: string[] } => ({
      elements: [gateway(`fork${name}`, 'parallelGateway'), gateway(`join${name}`, 'parallelGateway'), ...branches.flatMap((index) => [service(`a${name}${index}`), userTask(`b${name}${index}`, { outputs: [] }), timer(`late${name}${index}`, `b${name}${index}`), gateway(`merge${name}${index}`, 'exclusiveGateway')])],
      flows: branches.flatMap((index) => [`fork${name} > a${name}${index}`, `a${name}${index} > b${name}${index}`, `b${name}${index} > merge${name}${index}`, `late${name}${index} > merge${name}${index}`, `merge${name}${index} > join${name}`]),
    });
    const [outside, inside] = [wide('Outside'), wide('Inside')];
    const part = sub('part', [{ id: 'ps', type: 'startEvent' }, ...inside.elements, gateway('fork', 'parallelGateway'), service('a'), userTask('b'), timer('late', 'b'), gateway('join', 'parallelGateway'), { id: 'pe', type: 'endEvent' }, { id: 'gaveUp', type: 'endEvent' }],
      [...inside.flows, 'ps > forkInside', 'joinInside > fork', 'fork > a', 'fork > b', 'a > join', 'b > join', 'late > gaveUp', 'join > pe']);
    const definition = processOf({ elements: [start, ...outside.elements, part, end], flows: [...outside.flows, 'start > forkOutside', 'joinOutside > part', 'part > end'] });

    const findings = check(definition, { exploration: { maximumStates: 400 } });

    expect(codes(findings)).toEqual(['DEADLOCK join', 'EXPLORED_IN_PARTS test']);
    expect(findings[0]?.trace).toEqual(expect.arrayContaining(['aOutside11', 'joinOutside', 'aInside11', 'joinInside', 'late', 'join']));
    expectPlayable(definition, findings[0]);
  });

  it('ends soon whatever it is given', () => {
    const chain = Array.from({ length: 6_000 }, (_item, index) => service(`s${index}`));
    const ids = ['start', ...chain.map(({ id }) => id), 'end'];
    const findings = check(processOf({ elements: [start, ...chain, end], flows: ids.slice(1).map((id, index) => `${ids[index] ?? ''} > ${id}`) }), { exploration });

    expect(codes(findings)).toEqual(['EXPLORATION_LIMIT test']);
  });

  it.each(['ten-node-example', 'inpatient-order-loop'])('has no error to tell of %s', (key) => {
    const definition = JSON.parse(readFileSync(new URL(`../../../processes/${key}/process.json`, import.meta.url), 'utf8')) as ProcessDefinition;
    const findings = check(definition, { exploration });

    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(codes(findings).filter((finding) => finding.startsWith('EXPLORATION_LIMIT'))).toEqual([]);
  }, 30_000);
});
