import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { FactList, FindingList, LevelMark } from '../facts/fact-list.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { CaseFromDecision } from '../rules/test-bench/case-from-decision.tsx';
import { explainedDocument, type RuleInWords } from './documents.ts';
import { recordedFindings } from './recorded-findings.ts';

function Rules({ title, rules }: { readonly title: string; readonly rules: readonly RuleInWords[] }): ReactNode {
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
            {text.of(rule.sentence)} <code className="muted">{rule.ruleId}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Why: rule set and version, what was found with its source, what each rule did in words, the facts as read. */
export function DecisionPanel({ decisionId }: { readonly decisionId: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const [result, again] = useQuery({ query: explainedDocument, variables: { id: decisionId } });
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined) return <Loading rows={3} />;
  const explained = result.data.explainDecision;
  if (explained === null) return <ProblemNotice problem={{ kind: 'notFound', code: 'DECISION_NOT_FOUND' }} />;
  const { decision } = explained;
  const findings = recordedFindings(decision.explanation);
  const having = (outcome: string): readonly RuleInWords[] => explained.rules.filter((rule) => rule.outcome === outcome);
  return (
    <section className="decision" aria-label={t('decision.region')}>
      <p className="decision-head">
        {decision.level === null ? null : <LevelMark level={decision.level} />}
        <span>
          {text.of(explained.ruleSetName, decision.ruleSet)} · {t('instance.version', { version: decision.version })}
        </span>
        <span className="muted">{text.dateTime(decision.decidedAt)}</span>
      </p>
      <h3>{t('decision.matched')}</h3>
      {findings.length === 0 ? <p className="muted">{t('decision.noMatch')}</p> : <FindingList findings={findings} />}
      <Rules title={t('decision.matchedBecause')} rules={having('fired')} />
      <Rules title={t('decision.undecided')} rules={having('unknown')} />
      <Rules title={t('decision.notMatched')} rules={having('notFired')} />
      <details className="rule-lines">
        <summary>{t('decision.facts')}</summary>
        <FactList data={decision.facts ?? {}} label={t('decision.facts')} />
      </details>
      <CaseFromDecision decision={decision} />
    </section>
  );
}
