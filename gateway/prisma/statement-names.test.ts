import { createStatementNames } from './statement-names.ts';

const unnamed = '';

it('names a statement that comes again and again, and from then on always alike', () => {
  const nameOf = createStatementNames();
  const names = Array.from({ length: 8 }, () => nameOf({ sql: 'select 1' }));

  expect(names.slice(0, 4)).toEqual([unnamed, unnamed, unnamed, unnamed]);
  expect(names[4]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(names.slice(4)).size).toBe(1);
});

it('names as many as a connection is to keep, and no more', () => {
  const nameOf = createStatementNames();
  const often = (sql: string) => Array.from({ length: 5 }, () => nameOf({ sql })).at(-1);
  const names = Array.from({ length: 300 }, (_, index) => often(`select ${index}`));

  expect(names.filter((name) => name !== unnamed)).toHaveLength(200);
  expect(nameOf({ sql: 'select 0' })).toBe(names[0]);
});
