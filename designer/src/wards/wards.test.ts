import { mergedNames } from './merged-names.ts';
import { doesMatch, obstaclesOf } from './obstacles.ts';

const quiet = { id: 'W/1', patients: 0, openTasks: 0, openCases: 0, roleAssignments: 0 };

describe('what keeps a ward open', () => {
  it('is nothing where nothing goes on', () => {
    expect(obstaclesOf(quiet)).toEqual([]);
  });

  it('is counted in the order in which it is settled, with the page on which administrators see it', () => {
    expect(obstaclesOf({ ...quiet, roleAssignments: 3, openCases: 1, patients: 2, openTasks: 4 })).toEqual([
      { key: 'wards.obstacle.patients', count: 2 },
      { key: 'wards.obstacle.openTasks', count: 4 },
      { key: 'wards.obstacle.openCases', count: 1 },
      { key: 'wards.obstacle.roleAssignments', count: 3, path: '/admin/people?ward=W%2F1' },
    ]);
  });
});

describe('the search for wards', () => {
  const ward = { id: 'ICU-1', ward: { id: 'ICU-1', name: { zhCN: '重症医学科', en: 'Intensive care' }, closedAt: null } };

  it.each([['', true], ['icu', true], ['重症', true], ['care 重症', true], ['care ward', false]])('for “%s”', (search, isFound) => {
    expect(doesMatch(ward, search)).toBe(isFound);
  });
});

describe('names after somebody else saved', () => {
  it('are the own where they were changed, else those of the other', () => {
    expect(mergedNames({ zhCN: '甲', en: 'Mine' }, { zhCN: '甲', en: 'Old' }, { zhCN: '乙', en: 'Theirs' })).toEqual({ zhCN: '乙', en: 'Mine' });
  });
});
