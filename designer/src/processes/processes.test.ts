import type { Drawing, DrawnElement } from '#bpmn';
import type { Layout } from '../instances/picture/read-layout.ts';
import type { ModelFinding } from './documents.ts';
import { joinLayouts, readDrawnGraph } from './drawn-graph.ts';
import { findingsAsText } from './findings-text.ts';
import { drawnPlaces, marksOf, withMarks } from './model-marks.ts';

const box = (x: number, y = 0) => ({ x, y, width: 100, height: 80 });
const node = (id: string, more: Partial<DrawnElement> = {}): DrawnElement => ({ id, processId: 'p', type: 'userTask', name: id.toUpperCase(), markers: [], ...more });
const flow = (flowId: string, source: string, target: string, processId = 'p') => ({ id: `flow:${flowId}`, flowId, processId, source, target, name: '', isDefault: false });
const finding = (code: string, elementId: string | null, severity: ModelFinding['severity'] = 'ERROR'): ModelFinding => ({ code, severity, elementId, elementName: null, message: { zhCN: `${code}。`, en: code } });
const words = { t: (key: string, values?: object) => `${key}${values === undefined ? '' : JSON.stringify(values)}`, of: (text: unknown) => (text as { en: string }).en, locale: 'en' as const };

/** `p` is placed by the file, with a closed sub-process; `q` is not. */
const picture: Drawing = {
  elements: [node('a', { bounds: box(50, 20) }), node('sub', { type: 'subProcess', bounds: box(300), isClosed: true }), node('inner', { parentId: 'sub', isHidden: true }), node('chat', { type: 'callChoreography', bounds: box(500) }), node('v', { processId: 'q' }), node('w', { processId: 'q' })],
  flows: [flow('f', 'a', 'sub'), flow('g', 'v', 'w', 'q')],
  placed: ['p'],
};
const drawn = readDrawnGraph(picture);
const made: Layout = { boxes: new Map([['v', box(0)], ['w', box(200)]]), flows: new Map([['flow:g', { points: [{ x: 100, y: 40 }, { x: 200, y: 40 }] }]]) };
const layout = joinLayouts(drawn.placed.layout, made);

describe('the picture of a file', () => {
  it('keeps the places of the file, closed sub-processes closed, and kinds that nothing executes', () => {
    expect(drawn.placed.graph.elements.map(({ id, type }) => [id, type])).toEqual([['a', 'userTask'], ['sub', 'subProcess'], ['chat', 'other']]);
    expect(drawn.placed.layout.boxes.get('a')).toEqual(box(50, 20));
    expect(drawn.placed.layout.flows.get('flow:f')?.points).toEqual([{ x: 150, y: 60 }, { x: 300, y: 40 }]);
    expect(drawn.whole.elements).toHaveLength(6);
  });

  it('puts what the file does not place below what it does', () => {
    expect(layout.boxes.get('v')).toEqual(box(50, 180));
    expect(layout.flows.get('flow:g')?.points[0]).toEqual({ x: 150, y: 220 });
    expect(joinLayouts({ boxes: new Map(), flows: new Map() }, made)).toBe(made);
  });

  it('marks the element, the closed sub-process around it, or the flow that a finding is about', () => {
    const marks = marksOf([finding('A', 'a'), finding('B', 'a', 'WARNING'), finding('C', 'inner'), finding('D', 'f'), finding('E', null), finding('F', 'v', 'INFO')], drawn.whole, layout);

    expect([...marks.elements]).toEqual([['a', { errors: 1, warnings: 1 }], ['sub', { errors: 1, warnings: 0 }]]);
    expect([...marks.flows]).toEqual(['flow:f']);
  });

  it('brings the element of a finding into sight, or both ends of a flow', () => {
    expect([drawnPlaces('inner', drawn.whole, layout), drawnPlaces('f', drawn.whole, layout), drawnPlaces('gone', drawn.whole, layout)]).toEqual([['sub'], ['a', 'sub'], []]);
  });

  it('says in words what a mark says in colour', () => {
    const bare = { id: 'a', position: { x: 0, y: 0 }, ariaLabel: 'Task A', data: {} } as never;
    const [marked] = withMarks([bare], new Map([['a', { errors: 2, warnings: 1 }]]), ['a'], words);

    expect(marked).toMatchObject({ ariaLabel: 'Task A, check.badge.error{"count":2}', data: { finding: 'error', isLookedAt: true } });
  });
});

describe('findings as text', () => {
  it('have the file, the verdict and one line with its place for each', () => {
    const text = findingsAsText('a.bpmn', 'Cannot be executed', { findings: [{ ...finding('FORM_MISSING', 't'), elementName: 'Review' }, finding('XML_MALFORMED', null)], findingCount: 3 }, words);

    expect(text.split('\n')).toEqual(['a.bpmn: Cannot be executed', '[check.severity.ERROR] FORM_MISSING', '    Review (t) · FORM_MISSING', '[check.severity.ERROR] XML_MALFORMED', '    XML_MALFORMED', 'check.more{"shown":2,"count":3}']);
  });
});
