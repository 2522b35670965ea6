import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { codeWord } from '../facts/code-word.ts';
import { FactList, FindingList, LevelMark } from '../facts/fact-list.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { CaseFromDecision } from '../rules/test-bench/case-from-decision.tsx';
import { decisionDocument } from './documents.ts';
import { readExplanation, type Comparison, type RuleLine } from './read-explanation.ts';

function valueWords(fact: string, value: unknown, text: Text): string {
  if (value === null || value === undefined) return text.t('common.noData');
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((item) => valueWords(fact, item, text)).join(text.locale === 'zh-CN' ? '、' : ', ');
  if (typeof value === 'boolean') return text.t(value ? 'common.yes' : 'common.no');
  return typeof value === 'string' || typeof value === 'number' ? codeWord(fact, value, text) : JSON.stringify(value);
}

/** `血钾 4.1，要求 小于 3.5`. */
function comparisonWords({ fact, operator, expected, actual }: Comparison, text: Text): string {
  return text.t('decision.because', { fact: text.lookup(`fact.${fact}`, fact), actual: valueWords(fact, actual, text), operator: text.lookup(`operator.${operator}`, operator), expected: valueWords(fact, expected, text) });
}

function Rules({ title, rules }: { readonly title: string; readonly rules: readonly RuleLine[] }): ReactNode {
  const text = useText();
  if (rules.length === 0) return null;
  return (
    <details className="rule-lines">
      <summary>
        {title} {rules.length}
      </summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.ruleId}>
            <code>{rule.ruleId}</code> {rule.because === undefined ? null : <span>{comparisonWords(rule.because, text)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Why: rule set and version, the rules that matched with their source, the nearest of the others, the facts as read. */
export function DecisionPanel({ decisionId }: { readonly decisionId: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const [result, again] = useQuery({ query: decisionDocument, variables: { id: decisionId } });
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined) return <Loading rows={3} />;
  const { decision } = result.data;
  if (decision === null) return <ProblemNotice problem={{ kind: 'notFound', code: 'DECISION_NOT_FOUND' }} />;
  const explanation = readExplanation(decision.explanation);
  return (
    <section className="decision" aria-label={t('decision.region')}>
      <p className="decision-head">
        {decision.level === null ? null : <LevelMark level={decision.level} />}
        <span>
          {text.lookup(`ruleSet.${decision.ruleSet}`, decision.ruleSet)} · {t('instance.version', { version: decision.version })}
        </span>
        <span className="muted">{text.dateTime(decision.decidedAt)}</span>
      </p>
      <h3>{t('decision.matched')}</h3>
      {explanation.findings.length === 0 ? <p className="muted">{t('decision.noMatch')}</p> : <FindingList findings={explanation.findings} />}
      <Rules title={t('decision.matchedBecause')} rules={explanation.fired} />
      <Rules title={t('decision.undecided')} rules={explanation.undecided} />
      <Rules title={t('decision.notMatched')} rules={explanation.notFired} />
      <details className="rule-lines">
        <summary>{t('decision.facts')}</summary>
        <FactList data={decision.facts ?? {}} label={t('decision.facts')} />
      </details>
      <CaseFromDecision decision={decision} />
    </section>
  );
}
