import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { evaluateRuleSet, runRuleCases, type CompiledRuleSet, type RuleCase, type RuleExplanation } from '#rules';
import { FindingList, LevelMark } from '../../facts/fact-list.tsx';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import { ruleNaming } from '../rule-name.ts';
import { comparisonWords, differenceWords, failureWords } from './difference-words.ts';

const outcomeStates: Readonly<Record<RuleExplanation['outcome'], State>> = { fired: 'done', overruled: 'cancelled', unknown: 'unknown', notFired: 'idle' };
const outcomeOrder: readonly RuleExplanation['outcome'][] = ['fired', 'overruled', 'unknown', 'notFired'];

export interface CaseResultProps {
  readonly compiled: CompiledRuleSet;
  /** Undefined while a field cannot be read. */
  readonly ruleCase: RuleCase | undefined;
  readonly onExpect: (expected: Pick<RuleCase['expected'], 'level' | 'ruleIds'> & { readonly outputs?: unknown }) => void;
  readonly isReadOnly: boolean;
}

/** What the document decides about the case as it is written: level, findings, what differs, and every rule with the comparison that settled it. */
export function CaseResult({ compiled, ruleCase, onExpect, isReadOnly }: CaseResultProps): ReactNode {
  const text = useText();
  const { t } = text;
  const judged = useMemo(() => {
    if (ruleCase === undefined) return undefined;
    const result = evaluateRuleSet(compiled, ruleCase.facts, { at: ruleCase.at, observedAt: ruleCase.observedAt, explain: true });
    const differences = runRuleCases(compiled, [ruleCase]).results[0]?.differences ?? [];
    return { result, differences };
  }, [compiled, ruleCase]);
  if (judged === undefined) return <p className="muted">{t('trials.result.waits')}</p>;
  const { result, differences } = judged;
  const { document } = compiled;
  const nameOf = ruleNaming(document, text);
  const explained = [...(result.explanation ?? [])].sort((a, b) => outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome));
  const ruleIds = result.findings.map(({ ruleId }) => ruleId);
  return (
    <div className="case-result" data-level={result.level} data-passed={differences.length === 0}>
      <p className="rule-card-head" role="status">
        <LevelMark level={result.level} />
        {differences.length === 0 ? <StateMark state="done">{t('trials.result.same')}</StateMark> : <StateMark state="failed">{t('trials.result.differs')}</StateMark>}
      </p>
      {result.failure === undefined ? null : <p className="field-error">{failureWords(`${result.failure.code} ${result.failure.fact}`, document, text)}</p>}
      {differences.length === 0 ? null : (
        <>
          <ul className="difference-lines">
            {differenceWords(differences, document, text).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {isReadOnly || result.failure !== undefined ? null : <Button onClick={() => onExpect({ level: result.level, ruleIds, ...(result.outputs === undefined ? {} : { outputs: result.outputs }) })}>{t('trials.result.expect')}</Button>}
        </>
      )}
      <h3>{t('decision.matched')}</h3>
      {result.findings.length === 0 ? <p className="muted">{t('decision.noMatch')}</p> : <FindingList findings={result.findings.map(({ ruleId, level, message }) => ({ ruleId, level, message }))} />}
      {result.outputs === undefined ? null : (
        <>
          <h3>{t('rules.changes.outputs')}</h3>
          <code className="hash">{JSON.stringify(result.outputs)}</code>
        </>
      )}
      {explained.length === 0 ? null : (
        <details className="rule-lines">
          <summary>{t('trials.result.rules', { count: explained.length })}</summary>
          <ul className="plain-list">
            {explained.slice(0, 200).map(({ ruleId, outcome, because }) => (
              <li key={ruleId} data-rule={ruleId} data-outcome={outcome}>
                <StateMark state={outcomeStates[outcome]}>{t(`trials.outcome.${outcome}`)}</StateMark> {nameOf(ruleId)}
                {because === undefined ? null : <span className="muted small block">{comparisonWords(because, document, text)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
