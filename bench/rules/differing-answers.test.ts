import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, compileRuleSet, evaluateRuleSet, type RuleSetDocument } from '#rules';
import { at } from './agreement.ts';
import { differingAnswers, documentRow, type DifferingAnswer } from './differing-answers.ts';
import { createOracle } from './oracle.ts';

const text = { 'zh-CN': '规则', en: 'Rule' };

function documentOf({ input, condition }: DifferingAnswer): RuleSetDocument {
  return {
    format: 'careloop-rules/1', key: 'differing', version: '1', name: text, domain: 'pharmacy', inputs: [input], outputs: [],
    rules: [{ id: 'rule', name: text, level: 'WARN', conditions: { all: [condition] }, event: { type: 'rule' }, message: text, source: { grade: 'A', reference: 'test', mark: 'G' } }],
  };
}

async function byJsonRulesEngine(answer: DifferingAnswer): Promise<string> {
  try {
    const { events } = await createOracle(documentOf(answer)).run({ ...answer.facts });
    return String(events.length > 0);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function byCareloop(answer: DifferingAnswer): string {
  const document = documentOf(answer);
  const [refusal] = checkRuleSet(document);
  if (refusal) return `refused: ${refusal.code}`;
  const { failure, level, missing, findings } = evaluateRuleSet(compileRuleSet(document), answer.facts, { at });
  if (failure) return `failure ${failure.code}`;
  const [first] = missing;
  return first ? `${level} (${first.reason} → ${first.policy})` : String(findings.length > 0);
}

describe('answers that differ from json-rules-engine', () => {
  it.each(differingAnswers)('$title: json-rules-engine says $jsonRulesEngine, Careloop $careloop', async (answer) => {
    expect({ jsonRulesEngine: await byJsonRulesEngine(answer), careloop: byCareloop(answer) }).toEqual({ jsonRulesEngine: answer.jsonRulesEngine, careloop: answer.careloop });
    expect(answer.jsonRulesEngine).not.toBe(answer.careloop);
  });

  it('are all listed in the documentation', () => {
    const documentation = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

    expect(documentation).toContain(differingAnswers.map(documentRow).join('\n'));
  });
});
