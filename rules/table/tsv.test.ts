import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readTsv, writeTsv } from './index.ts';

const runs = Math.min(5_000, Number(process.env.CARELOOP_PROPERTY_RUNS ?? 100));

describe('cells on the clipboard', () => {
  it('come back as they were, with tabs, line breaks, quotes and signs of formulas', () => {
    const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.stringMatching(/^[\t\r\n"'=+\-@＝ a肾]{0,6}$/));
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }).chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 4 })), (rows) => {
      expect(readTsv(writeTsv(rows))).toEqual(rows);
    }), { numRuns: runs * 5 });
  });

  it('are no formulas to a spreadsheet', () => {
    expect(writeTsv([['=1+1', '+1', '-a', '@x', '＝1', ' =1', '-', '-5', '> 5']])).toBe("'=1+1\t'+1\t'-a\t'@x\t'＝1\t' =1\t-\t-5\t> 5\n");
  });

  it('are read as spreadsheets write them', () => {
    expect(readTsv('a\t"b\nc"\r\n"say ""hi""\there"\t"x"\n')).toEqual([['a', 'b\nc'], ['say "hi"\there', '"x"']]);
    expect(readTsv('"iv", "po"\t"a" "b"')).toEqual([['"iv", "po"', '"a" "b"']]);
    expect(readTsv('')).toEqual([['']]);
  });
});
