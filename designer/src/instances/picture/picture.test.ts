import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { ProcessDefinition } from '#engine';
import { toElkGraph } from './elk-graph.ts';
import { elementStates, reachedSubProcesses, takenFlows } from './element-states.ts';
import { beginningOnPhone, placesOnPhone } from './places-on-phone.ts';
import { readProcessGraph, withCollapsed } from './process-graph.ts';
import { boundsToShow, pathThrough, readingOrder, readLayout, type Box } from './read-layout.ts';

const text = (name: string) => ({ 'zh-CN': name, en: name });

/** Start → review (with a timer on its border) → dose sub-process → end. */
const document = {
  format: 'careloop-process/1',
  key: 'example',
  version: '1',
  name: text('Example'),
  variables: [],
  flowElements: [
    { id: 'start', type: 'startEvent', name: text('Start') },
    { id: 'review', type: 'userTask', name: text('Review'), candidateRoles: ['pharmacist'], form: 'review' },
    { id: 'late', type: 'boundaryEvent', name: text('Late'), attachedToRef: 'review', cancelActivity: false, event: { kind: 'timer', timeDuration: 'duration("PT30M")' } },
    { id: 'remind', type: 'serviceTask', name: text('Remind'), activity: 'clinical.raiseAlert' },
    { id: 'dose', type: 'subProcess', name: text('Dose'), flowElements: [{ id: 'due', type: 'startEvent' }, { id: 'give', type: 'userTask', name: text('Give'), candidateRoles: ['nurse'], form: 'give' }, { id: 'given', type: 'endEvent' }], sequenceFlows: [{ id: 'f1', sourceRef: 'due', targetRef: 'give' }, { id: 'f2', sourceRef: 'give', targetRef: 'given' }] },
    { id: 'end', type: 'endEvent', name: text('End') },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'review' },
    { id: 'f2', sourceRef: 'review', targetRef: 'dose', name: text('Accepted') },
    { id: 'f3', sourceRef: 'dose', targetRef: 'end' },
    { id: 'f4', sourceRef: 'late', targetRef: 'remind' },
  ],
} satisfies ProcessDefinition;

// The package is typed as CommonJS with a default export.
const ElkClass = ELK as unknown as new () => { layout(graph: ElkNode): Promise<ElkNode> };
const layOut = async (graph: ReturnType<typeof readProcessGraph>) => readLayout(graph, await new ElkClass().layout(toElkGraph(graph)));
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the graph of a process', () => {
  const graph = readProcessGraph(document, 'en');

  it('has every element with its scope, and flows that are unique in the whole picture', () => {
    expect(graph.elements.map(({ id, parentId, attachedTo }) => [id, parentId, attachedTo])).toEqual([
      ['start', undefined, undefined], ['review', undefined, undefined], ['late', undefined, 'review'], ['remind', undefined, undefined], ['dose', undefined, undefined], ['due', 'dose', undefined], ['give', 'dose', undefined], ['given', 'dose', undefined], ['end', undefined, undefined],
    ]);
    expect(new Set(graph.flows.map(({ id }) => id)).size).toBe(6);
  });

  it('is empty for a document that is no process', () => {
    expect(readProcessGraph(null, 'en').elements).toEqual([]);
    expect(readProcessGraph({ flowElements: 'x' }, 'en').elements).toEqual([]);
  });

  it('leaves out the content of a collapsed sub-process', () => {
    const collapsed = withCollapsed(graph, new Set());

    expect(collapsed.elements.map(({ id }) => id)).toEqual(['start', 'review', 'late', 'remind', 'dose', 'end']);
    expect(collapsed.flows).toHaveLength(4);
  });
});

describe('the states of a picture', () => {
  const graph = readProcessGraph(document, 'en');
  const at = '2026-11-22T06:00:00Z';

  it('show what is done, where it stands and since when', () => {
    const states = elementStates(graph, { status: 'running', completedElements: ['start', 'review', 'due'].map((elementId) => ({ elementId, times: 1 })), activeElements: [{ elementId: 'dose', elementInstanceId: 'e2', since: at }, { elementId: 'give', elementInstanceId: 'e3', since: at }], incidents: [] });

    expect(['start', 'review', 'dose', 'give', 'end'].map((id) => states.get(id)?.state)).toEqual(['done', 'done', 'running', 'running', 'idle']);
    expect(states.get('give')).toEqual({ state: 'running', completed: 0, active: 1, since: at });
    expect([...takenFlows(graph, states)]).toEqual(['dose/f1', '/f1', '/f2']);
    expect([...reachedSubProcesses(graph, states)]).toEqual(['dose']);
  });

  it('put trouble before progress, failure before an unknown outcome, and forget what was resolved', () => {
    const active = { status: 'running', completedElements: [], activeElements: [{ elementId: 'remind', elementInstanceId: 'e1', since: at }] } as const;
    const stateWith = (...incidents: { kind: 'failed' | 'outcomeUnknown'; resolvedAt: string | null }[]) => elementStates(graph, { ...active, incidents: incidents.map((incident) => ({ ...incident, elementId: 'remind' })) }).get('remind')?.state;

    expect(stateWith({ kind: 'outcomeUnknown', resolvedAt: null })).toBe('unknown');
    expect(stateWith({ kind: 'outcomeUnknown', resolvedAt: null }, { kind: 'failed', resolvedAt: null })).toBe('failed');
    expect(stateWith({ kind: 'failed', resolvedAt: at })).toBe('running');
  });
});

describe('the layout', () => {
  it('puts nothing over anything else, sub-processes around their content, boundary events on the border', async () => {
    const graph = readProcessGraph(document, 'en');
    const { boxes, flows } = await layOut(graph);
    const box = (id: string): Box => boxes.get(id) ?? { x: Number.NaN, y: Number.NaN, width: 0, height: 0 };
    const siblings = graph.elements.filter(({ attachedTo }) => attachedTo === undefined);

    for (const a of siblings) for (const b of siblings) if (a.id < b.id && a.parentId === b.parentId) expect([a.id, b.id, overlap(box(a.id), box(b.id))]).toEqual([a.id, b.id, false]);
    expect(box('give').x).toBeGreaterThan(box('dose').x);
    expect(box('give').x + box('give').width).toBeLessThan(box('dose').x + box('dose').width);
    expect(box('late').y + box('late').height / 2).toBeCloseTo(box('review').y + box('review').height, 0);
    expect([...flows.values()].every(({ points }) => points.length >= 2)).toBe(true);
    expect(readingOrder(graph, { boxes, flows })[0]).toBe('start');
  });

  it('finds a place for every element of the order loop', async () => {
    const graph = readProcessGraph(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../processes/inpatient-order-loop/process.json'), 'utf8')), 'zh-CN');
    const { boxes } = await layOut(graph);

    expect(graph.elements.length).toBeGreaterThan(2);
    expect(boxes.size).toBe(graph.elements.length);
    // It begins at the left, and what gathers facts stands before what judges them, although the loop leads back there.
    const [start, gather, fork] = ['orderSigned', 'gatherFacts', 'checkFork'].map((id) => boxes.get(id)?.x ?? NaN);
    expect(start).toBeLessThan(gather ?? NaN);
    expect(gather).toBeLessThan(fork ?? NaN);
  });

  it('shows the region around the active steps without leaving the picture, and everything when there is none', () => {
    const layout = { boxes: new Map([['a', { x: 0, y: 0, width: 100, height: 50 }], ['b', { x: 2_000, y: 900, width: 100, height: 50 }]]), flows: new Map() };

    expect(boundsToShow(layout, ['b'], { width: 860, height: 520 })).toEqual({ x: 1_240, y: 430, width: 860, height: 520 });
    expect(boundsToShow(layout, [], { width: 860, height: 520 })).toEqual({ x: 0, y: 0, width: 2_100, height: 950 });
  });

  it('opens on a phone where the case stands, at one place when they are far apart, and where an ended case came to its end', () => {
    const graph = readProcessGraph(document, 'en');
    const layout = { boxes: new Map(graph.elements.map(({ id }, index) => [id, { x: id === 'end' ? -300 : 300 * index, y: 0, width: 100, height: 50 }])), flows: new Map() };
    const shownAt = (completed: readonly string[], active: readonly string[], status: 'running' | 'completed' = 'running'): readonly string[] => {
      const facts = { status, completedElements: completed.map((elementId) => ({ elementId, times: 1 })), activeElements: active.map((elementId) => ({ elementId, elementInstanceId: elementId, since: '2026-11-22T06:00:00Z' })), incidents: [{ elementId: 'remind', kind: 'failed' as const, resolvedAt: null }].filter(({ elementId }) => active.includes(elementId)) };
      return placesOnPhone(graph, elementStates(graph, facts), layout, active);
    };

    expect(shownAt(['start'], ['review', 'late'])).toEqual(['review', 'late']);
    expect(shownAt(['start'], ['review', 'remind'])).toEqual(['remind']);
    expect(shownAt(['start', 'review', 'remind', 'dose', 'due', 'give', 'given', 'end'], [], 'completed')).toEqual(['end']);
    expect(shownAt(['start', 'review'], [], 'completed')).toEqual(['review']);
    expect(shownAt([], [])).toEqual([]);
    expect(beginningOnPhone(graph, layout)).toEqual(['start']);
    expect(beginningOnPhone(readProcessGraph(undefined, 'en'), layout)).toEqual([]);
  });

  it('draws corners round, and nothing without points', () => {
    expect(pathThrough([{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 30 }])).toBe('M0 0 L14 0 Q20 0 20 6 L20 30');
    expect(pathThrough([])).toBe('');
  });
});
