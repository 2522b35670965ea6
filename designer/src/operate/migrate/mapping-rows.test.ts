import { readProcessGraph } from '../../instances/picture/process-graph.ts';
import { generalFindings, mappingRows, searchRows, targetsFor, toMapping } from './mapping-rows.ts';

const entry = (elementId: string, targetElementId: string | null, isActive = false) => ({ elementId, targetElementId, isActive, isGenerated: true });
const finding = (elementId: string | null) => ({ elementId, message: { zhCN: '去处不明', en: 'goes nowhere' } });
const proposed = [entry('start', 'start'), entry('old', 'new'), entry('gone', null), entry('review', 'review', true), entry('end', 'end')];

describe('the mapping of a migration', () => {
  it('shows where the case stands first, then trouble, then what changes, then the rest in order', () => {
    const rows = mappingRows(proposed, new Map(), [finding('gone'), finding(null)]);

    expect(rows.map(({ elementId }) => elementId)).toEqual(['review', 'gone', 'old', 'start', 'end']);
    expect(rows.map(({ isChanged }) => isChanged)).toEqual([false, true, true, false, false]);
    expect(rows[1]?.findings).toEqual([finding('gone')]);
  });

  it('takes what a person chose, marks it, and forgets a choice that is what was proposed', () => {
    const rows = mappingRows(proposed, new Map([['gone', 'end'], ['old', 'new'], ['start', null]]), []);

    expect(rows.filter(({ isEdited }) => isEdited).map(({ elementId, targetElementId }) => [elementId, targetElementId])).toEqual([['start', null], ['gone', 'end']]);
    expect(toMapping(rows)).toEqual([{ elementId: 'end', targetElementId: 'end' }, { elementId: 'gone', targetElementId: 'end' }, { elementId: 'old', targetElementId: 'new' }, { elementId: 'review', targetElementId: 'review' }]);
  });

  it('is found by name and by id, here and there', () => {
    const rows = mappingRows(proposed, new Map(), []);
    const found = (words: string) => searchRows(rows, words, ({ elementId }) => (elementId === 'review' ? '药师审方' : '')).map(({ elementId }) => elementId);

    expect([found('审方'), found('NEW'), found(' '), found('nothing')]).toEqual([['review'], ['old'], rows.map(({ elementId }) => elementId), []]);
  });

  it('tells what is about no line apart', () => {
    expect(generalFindings([finding(null), finding('gone'), finding('elsewhere')], mappingRows(proposed, new Map(), []))).toEqual([finding(null), finding('elsewhere')]);
  });

  it('offers steps of the same kind first', () => {
    const graph = (...types: string[]) => readProcessGraph({ flowElements: types.map((type) => ({ id: `${type}1`, type })), sequenceFlows: [] }, 'en');

    expect(targetsFor('task1', graph('task'), graph('startEvent', 'task', 'endEvent'))).toEqual({ alike: ['task1'], others: ['startEvent1', 'endEvent1'] });
  });
});
