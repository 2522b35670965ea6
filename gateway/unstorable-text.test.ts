import { describe, expect, it } from '@jest/globals';
import { isDeeperThan, unstorable } from './unstorable-text.ts';

describe('text that PostgreSQL does not keep', () => {
  it('is found with its place, in values and in names', () => {
    expect(unstorable('a\u0000b', 'reason')).toBe('reason');
    expect(unstorable({ rules: [{ name: 'ok' }, { name: '\ud800' }] })).toBe('rules.1.name');
    expect(unstorable({ facts: { 'a\u0000': 1 } })).toBe('facts');
  });

  it('is nothing else: whole characters of any plane, control characters, other values', () => {
    expect(unstorable({ a: ['😀', '\u0001', '\\u0000', 1, null, true] })).toBeUndefined();
  });
});

describe('the depth of a value', () => {
  it('counts objects and lists, and is told without exhausting the stack', () => {
    expect(isDeeperThan({ a: [1] }, 2)).toBe(false);
    expect(isDeeperThan({ a: [{}] }, 2)).toBe(true);
    expect(isDeeperThan(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 64)).toBe(true);
  });
});
