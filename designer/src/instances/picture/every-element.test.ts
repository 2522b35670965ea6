import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { isMessageKey, messages, type MessageKey } from '../../i18n/messages.ts';
import { toElkGraph } from './elk-graph.ts';
import { elementStates, takenFlows } from './element-states.ts';
import { elementTitle, kindWord, outerLabel } from './element-words.ts';
import type { GraphElement } from './graph-element.ts';
import { isInside, readProcessGraph, successorsOf } from './process-graph.ts';
import { readLayout } from './read-layout.ts';
import { everyElement } from './test-every-element.ts';

// The package is typed as CommonJS with a default export.
const ElkClass = ELK as unknown as new () => { layout(graph: ElkNode): Promise<ElkNode> };
const words = { t: (key: MessageKey) => messages[key].en, lookup: (key: string, fallback: string) => (isMessageKey(key) ? messages[key].en : fallback) };
const graph = readProcessGraph(everyElement, 'en');

function element(id: string): GraphElement {
  const found = graph.byId.get(id);
  if (found === undefined) throw new Error(`Expected an element ${id}, but there is none`);
  return found;
}

describe('the picture of a process with every element', () => {
  it('knows every kind of element', () => {
    expect(graph.elements.filter(({ type }) => type === 'other')).toEqual([]);
  });

  it('has the content of all three kinds of sub-process, at any depth', () => {
    expect(['subDo', 'transactionDo', 'one', 'nestedDo'].map((id) => element(id).parentId)).toEqual(['sub', 'transaction', 'adHoc', 'nested']);
    expect(isInside(graph, 'nestedDo', 'adHoc')).toBe(true);
  });

  it('reads markers, what starts an event sub-process, and what goes on', () => {
    expect(['manual', 'user', 'service', 'undo', 'adHoc'].map((id) => element(id).markers)).toEqual([['loop'], ['sequential'], ['parallel'], ['compensation'], ['adHoc']]);
    expect(element('on1')).toMatchObject({ isEventSubProcess: true, eventKind: 'message', interrupts: false });
    expect(element('user').isVerified).toBe(true);
    expect([element('catch6').eventKind, element('throw5').eventKind]).toEqual(['parallelMultiple', 'multiple']);
    expect([element('eventBased').instantiates, element('receive').instantiates]).toEqual(['parallel', 'exclusive']);
    expect(element('undoing').interrupts).toBeUndefined();
  });

  it('draws links as jumps and leads compensation to what undoes', () => {
    expect(graph.flows.filter(({ kind }) => kind !== 'sequence').map(({ kind, source, target }) => [kind, source, target])).toEqual([['link', 'throw4', 'catch4'], ['compensation', 'undoing', 'undo']]);
    expect(successorsOf(graph, 'throw4').map(({ id }) => id)).toEqual(['catch4']);
    expect(successorsOf(graph, 'undoing')).toEqual([]);
  });

  it('has a word of its own for every event, and one beside every sign that not everybody knows', () => {
    const events = graph.elements.filter(({ type, eventKind }) => type.endsWith('Event') && eventKind !== undefined);
    const plain = new Set<string>(['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'].map((type) => words.t(`element.${type}` as MessageKey)));

    expect(events.filter((each) => plain.has(kindWord(each, words))).map(({ id }) => id)).toEqual([]);
    expect(['inclusive', 'complex', 'eventBased', 'exclusive', 'parallel'].map((id) => outerLabel(element(id), words) !== '')).toEqual([true, true, true, false, false]);
    expect(elementTitle(element('boundary0'), words)).toBe('When time is up, the rest goes on · boundary event (timer, non-interrupting)');
  });

  it('finds a place for every element', async () => {
    const { boxes, flows } = readLayout(graph, await new ElkClass().layout(toElkGraph(graph, (each) => outerLabel(each, words))));

    expect(boxes.size).toBe(graph.elements.length);
    expect(flows.size).toBe(graph.flows.length);
  });

  it('shows where a failed case ended, and that what undoes was called', () => {
    const process = readProcessGraph({ flowElements: [{ id: 'do', type: 'task' }, { id: 'out', type: 'endEvent', event: { kind: 'error', errorCode: 'E' } }, { id: 'other', type: 'endEvent', event: { kind: 'error', errorCode: 'F' } }, { id: 'on', type: 'boundaryEvent', attachedToRef: 'do', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } }, { id: 'undo', type: 'task', isForCompensation: true }], sequenceFlows: [{ id: 'a', sourceRef: 'do', targetRef: 'out' }, { id: 'b', sourceRef: 'do', targetRef: 'other' }] }, 'en');
    const states = elementStates(process, { status: 'failed', errorCode: 'E', activeElements: [], completedElements: [{ elementId: 'do', times: 1 }, { elementId: 'undo', times: 1 }], incidents: [] });

    expect(['do', 'out', 'other', 'undo'].map((id) => states.get(id)?.state)).toEqual(['done', 'failed', 'idle', 'done']);
    expect([...takenFlows(process, states)]).toEqual(['/a', '/compensation:on:undo']);
  });
});
