import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import type { Rule } from '#rules';
import { codeWord } from '#rule-words';
import { explainedDocument } from '../../decisions/documents.ts';
import { LevelMark } from '../../facts/fact-list.tsx';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { CaseFromDecision } from '../test-bench/case-from-decision.tsx';
import { failureWords } from '../test-bench/difference-words.ts';
import { conditionWords, entriesOf, inputsOf, membersOf, type Members } from '../difference/condition-words.ts';
import { listWords, ruleNaming } from '../rule-name.ts';
import { unsignedRules } from '../unsigned-rules.ts';
import type { DecisionChange } from './model.ts';

export interface ChangedDecisionProps {
  readonly ruleSetKey: string;
  readonly change: DecisionChange;
  /** What was tried; undefined for a draft that is no more. */
  readonly document: unknown;
  readonly nameOf: (ruleId: string) => string;
}

/** One decision that changes: whose and what, from which level to which, by which rules; opened, why. */
export function ChangedDecision({ ruleSetKey, change, document, nameOf }: ChangedDecisionProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [isOpen, setOpen] = useState(false);
  const { decisionId, decidedAt, levelBefore, levelAfter, rulesBefore, rulesAfter, failure, drug, patient, decision } = change;
  const rules = (ids: readonly string[]): string => (ids.length === 0 ? t('trials.expected.noRule') : listWords(ids.map(nameOf), text));
  return (
    <li className="changed-decision" data-decision={decisionId}>
      <p className="rule-card-head">
        <LevelMark level={levelBefore} />
        <span aria-hidden="true">→</span>
        <span className="visually-hidden">{t('rules.becomes')}</span>
        <LevelMark level={levelAfter} />
        {drug === undefined ? null : <strong>{drug === null ? t('backtest.noDrug') : codeWord('orderedIngredient', drug, text)}</strong>}
        <span>{patient === null ? <span className="muted">{t('backtest.hiddenPatient')}</span> : `${patient.name} · ${patient.patientId}`}</span>
        <span className="muted">{text.dateTime(decidedAt)}</span>
      </p>
      <p>
        <span className="muted">{t('backtest.before')}</span> {rules(rulesBefore)}
        <br />
        <span className="muted">{t('backtest.after')}</span> {failure === null ? rules(rulesAfter) : <span className="field-error">{t('trials.difference.failure', { reason: failureWords(failure, document, text) })}</span>}
      </p>
      {decision === null ? null : (
        <>
          <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('timeline.why')}
          </button>
          {isOpen ? <Why ruleSetKey={ruleSetKey} change={change} document={document} /> : null}
        </>
      )}
    </li>
  );
}

/** Before: the recorded decision in words. After: the conditions of the rules that then fire or fire no more, or count otherwise. */
function Why({ ruleSetKey, change, document }: Pick<ChangedDecisionProps, 'ruleSetKey' | 'change' | 'document'>): ReactNode {
  const text = useText();
  const { t } = text;
  const [result, again] = useQuery({ query: explainedDocument, variables: { id: change.decisionId } });
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined) return <Loading rows={3} />;
  const explained = result.data.explainDecision;
  if (explained === null) return <ProblemNotice problem={{ kind: 'notFound', code: 'DECISION_NOT_FOUND' }} />;
  const moved = [...new Set([...change.rulesBefore, ...change.rulesAfter])].filter((id) => change.rulesBefore.includes(id) !== change.rulesAfter.includes(id));
  // Of another level by the same rules: they count otherwise, for example without their signature.
  const told = moved.length > 0 || change.levelBefore === change.levelAfter ? moved : change.rulesAfter;
  const nameOf = ruleNaming(document, text);
  const inputs = inputsOf(document);
  const rules = new Map(entriesOf(membersOf(document)['rules']).map((rule) => [String(rule['id']), rule]));
  return (
    <div className="before-after">
      <section>
        <h3>{t('backtest.beforeBy', { version: explained.decision.version })}</h3>
        <p>{text.of(explained.summary)}</p>
        <ul>
          {explained.rules
            .filter(({ ruleId, outcome }) => outcome === 'fired' || moved.includes(ruleId))
            .map(({ ruleId, sentence }) => (
              <li key={ruleId}>{text.of(sentence)}</li>
            ))}
        </ul>
        {explained.missing.length === 0 ? null : <p className="muted">{listWords(explained.missing.map((each) => text.of(each)), text)}</p>}
      </section>
      <section>
        <h3>{t('backtest.afterBy')}</h3>
        {document === undefined ? <p className="muted">{t('backtest.documentGone')}</p> : null}
        <ul>
          {told.map((id) => {
            const rule = rules.get(id);
            const fires = change.rulesAfter.includes(id) ? (change.rulesBefore.includes(id) ? 'backtest.firesStill' : 'backtest.fires') : 'backtest.firesNoMore';
            return (
              <li key={id}>
                {t(fires, { rule: nameOf(id) })}
                {rule === undefined ? (
                  document === undefined || id.startsWith('missing:') ? null : <span className="muted block">{t('backtest.ruleGone')}</span>
                ) : (
                  <>
                    {isUnsigned(rule) ? <span className="field-error block">{t('rules.unsigned')}</span> : rule['adviseOnly'] === true ? <span className="block">{t('rules.adviseOnly')}</span> : null}
                    <span className="muted block">{t('backtest.condition', { condition: conditionWords(rule['conditions'], inputs, text) })}</span>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      </section>
      <CaseFromDecision decision={{ decisionId: change.decisionId, ruleSet: ruleSetKey, level: change.levelBefore, decidedAt: change.decidedAt }} />
    </div>
  );
}

/** A document that was tried is complete, so that its rules have a source. */
function isUnsigned(rule: Members): boolean {
  return unsignedRules({ rules: [rule as unknown as Rule] }).length > 0;
}
