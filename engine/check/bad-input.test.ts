import { describe, expect, it } from '@jest/globals';
import type { FlowElement, ProcessDefinition } from '../definition/index.ts';
import { end, processOf, service, start } from '../testing/process-builder.ts';
import { check } from './check.ts';

const exploration = { maximumStates: 5_000 };
const codesOf = (definition: unknown): string[] => check(definition as ProcessDefinition, { exploration, clinical: { effects: {} } }).map(({ code }) => code);
const plain = processOf({ elements: [start, service('act'), end], flows: ['start > act', 'act > end'] });

describe('check of what nobody should give it', () => {
  it.each<[string, unknown, string]>([
    ['no definition at all', 'text', 'SCHEMA'],
    ['nothing', null, 'SCHEMA'],
    ['a flow to nowhere', { ...plain, sequenceFlows: [{ id: 'f', sourceRef: 'start', targetRef: 'gone' }] }, 'TARGET_NOT_FOUND'],
    ['an id used twice', { ...plain, flowElements: [...plain.flowElements, end] }, 'DUPLICATE_ID'],
    ['an event attached to itself', { ...plain, flowElements: [...plain.flowElements, { id: 'b', type: 'boundaryEvent', attachedToRef: 'b', cancelActivity: true, event: { kind: 'error' } }] }, 'ATTACHED_TO_NO_ACTIVITY'],
    ['a compensation handler that undoes itself', { ...plain, flowElements: [...plain.flowElements, { id: 'b', type: 'boundaryEvent', attachedToRef: 'b', cancelActivity: true, event: { kind: 'compensation', handler: 'b' } }] }, 'COMPENSATION_HANDLER_MISSING'],
    ['an expression that is none', { ...plain, flowElements: [start, { ...service('act'), inputs: [{ target: 'x', source: '((' }] }, end] }, 'EXPRESSION_UNPARSABLE'],
  ])('says what is wrong with %s', (_what, definition, code) => {
    expect(codesOf(definition)).toContain(code);
  });

  it('finds a loop of gateways that never waits', () => {
    const gateways: FlowElement[] = ['a', 'b', 'c'].map((id) => ({ id, type: 'exclusiveGateway' }));
    const findings = check(processOf({ elements: [start, ...gateways], flows: ['start > a', 'a > b', 'b > c', 'c > a'] }), { exploration });

    expect(findings).toContainEqual(expect.objectContaining({ code: 'ENDLESS_LOOP', severity: 'error', message: 'Expected a loop that waits for something or ends, but a, b, c goes on for ever in one step' }));
  });

  it('does not follow a loop of links for ever', () => {
    const parts: FlowElement[] = [{ id: 'back', type: 'intermediateThrowEvent', event: { kind: 'link', link: 'l' } }, { id: 'again', type: 'intermediateCatchEvent', event: { kind: 'link', link: 'l' } }];

    expect(codesOf(processOf({ elements: [start, ...parts, service('act')], flows: ['start > act', 'act > back', 'again > act'] }))).toContain('LIVELOCK');
  });

  it('answers within seconds for 10,000 elements', () => {
    const chain = Array.from({ length: 9_998 }, (_item, index) => service(`s${index}`));
    const ids = ['start', ...chain.map(({ id }) => id), 'end'];
    const definition = processOf({ elements: [start, ...chain, end], flows: ids.slice(1).map((id, index) => `${ids[index] ?? ''} > ${id}`) });
    const begun = performance.now();

    expect(codesOf(definition)).toEqual(['EXPLORATION_LIMIT']);
    expect(performance.now() - begun).toBeLessThan(8_000);
  }, 20_000);
});
