import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { comparisonsOf, ruleSetDocumentSchema, type RuleSetDocument } from '../index.ts';
import { documentArbitrary } from '../testing/random-rule-set.ts';
import { checkTable, fromDecisionTable, toDecisionTable, type RuleTable } from './index.ts';

const runs = Math.min(5_000, Number(process.env.CARELOOP_PROPERTY_RUNS ?? 100));
const documentOf = (table: RuleTable): RuleSetDocument => {
  const from = fromDecisionTable(table);
  if ('errors' in from) throw new Error(JSON.stringify(from.errors));
  return from.document;
};

describe('a rule set as a table', () => {
  it('gives back every document', () => {
    let inCells = 0;
    let comparisons = 0;
    fc.assert(fc.property(documentArbitrary, (given) => {
      fc.pre(ruleSetDocumentSchema.safeParse(given).success);
      const table = JSON.parse(JSON.stringify(toDecisionTable(given))) as RuleTable;

      expect(checkTable(table)).toEqual([]);
      expect(documentOf(table)).toEqual(given);
      for (const each of given.rules) comparisons += [...comparisonsOf(each.conditions)].length;
      inCells += table.rows.flatMap(({ cells }) => cells.filter((cell, place) => table.columns[place]?.kind === 'input' && cell.text !== '-')).length;
    }), { numRuns: runs });
    expect(inCells).toBeGreaterThan(comparisons / 4);
  });

  it('gives back every table that it makes', () => {
    fc.assert(fc.property(documentArbitrary, (given) => {
      fc.pre(ruleSetDocumentSchema.safeParse(given).success);
      const table = toDecisionTable(given);

      expect(toDecisionTable(documentOf(table))).toEqual(table);
    }), { numRuns: runs });
  });
});
