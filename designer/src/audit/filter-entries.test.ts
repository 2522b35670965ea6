import { actionsOf, auditFilters, belongsTo, mergeNewestFirst } from './filter-entries.ts';
import { isRefusal } from '../timeline/action-state.ts';

const entry = (sequence: string) => ({ id: `A:${sequence}`, sequence });

describe('the auditor’s views', () => {
  it('ask the server for their actions, and for everything where it cannot filter', () => {
    expect(auditFilters.map((filter) => actionsOf(filter).length)).toEqual([1, 1, 4, 1]);
    expect(actionsOf('refusals').every((action) => action !== undefined && isRefusal(action))).toBe(true);
    expect(belongsTo({ actor: { id: 'careloop', kind: 'engine', displayName: null, roles: [] } }, 'people')).toBe(false);
    expect(belongsTo({ actor: { id: 'li', kind: 'person', displayName: '李敏', roles: ['nurse'] } }, 'people')).toBe(true);
  });

  it('put pages together newest first, by number and not by letter, each entry once', () => {
    expect(mergeNewestFirst([entry('100'), entry('9')], [entry('99'), entry('9'), entry('1000')]).map(({ sequence }) => sequence)).toEqual(['1000', '100', '99', '9']);
  });
});
