import { Button, Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { LevelMark } from '../../facts/fact-list.tsx';
import { SourceText } from '../../facts/source-text.tsx';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { conditionWords, entriesOf, inputsOf, membersOf, type Members } from '../difference/condition-words.ts';
import { versionDocument } from '../documents.ts';
import type { RuleSetDetail, RuleState } from '../model.ts';
import { SuspensionMark } from '../rule-set-marks.tsx';
import { SuspendDialog } from './act-dialogs.tsx';

/** Rows that are drawn at first; a rule set may hold 10,000. */
const shownAtFirst = 50;

export interface VersionRulesProps {
  readonly ruleSet: RuleSetDetail;
  readonly version: string;
  readonly onChanged: () => void;
}

/** The rules of a version as they judge now: condition in words, level, source, signature, suspension. */
export function VersionRules({ ruleSet, version, onChanged }: VersionRulesProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [result, again] = useQuery({ query: versionDocument, variables: { key: ruleSet.key, version }, requestPolicy: 'cache-and-network' });
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(shownAtFirst);
  const [suspending, setSuspending] = useState<RuleState | undefined>();
  const found = result.data?.ruleSetVersion;
  const rows = useMemo(() => {
    const inputs = inputsOf(found?.document);
    const rules = new Map(entriesOf(membersOf(found?.document)['rules']).map((rule) => [String(rule['id']), rule]));
    return (found?.rules ?? []).map((state) => {
      const rule = rules.get(state.id) ?? {};
      return { state, rule, condition: conditionWords(rule['conditions'], inputs, text) };
    });
  }, [found, text]);
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (found === undefined) return <Loading rows={5} />;
  const words = search.trim().toLowerCase();
  const matching = rows.filter(({ state, condition }) => `${state.id} ${text.of(state.name)} ${condition}`.toLowerCase().includes(words));
  // What is in effect now can be suspended; another version's rule of the same id is the same rule.
  const maySuspend = ruleSet.viewerCan.suspend && ruleSet.inEffect?.version === version;
  const close = (done: boolean): void => {
    setSuspending(undefined);
    if (!done) return;
    onChanged();
    again({ requestPolicy: 'network-only' });
  };
  return (
    <>
      {rows.length > 8 ? <Input className="rule-search" allowClear aria-label={t('rules.searchRules')} placeholder={t('rules.searchRules')} value={search} onChange={(event) => setSearch(event.target.value)} /> : null}
      <ol className="rule-list" aria-label={t('rules.rulesOf', { version })}>
        {matching.slice(0, shown).map(({ state, rule, condition }) => (
          <li key={state.id} className="rule-item" data-rule={state.id}>
            <p className="rule-card-head">
              <strong>{text.of(state.name, state.id)}</strong> <code>{state.id}</code>
              <LevelMark level={state.effectiveLevel} />
              {state.effectiveLevel === state.level ? null : <span className="muted">{t('rules.insteadOf', { level: text.lookup(`decision.level.${state.level}`, state.level) })}</span>}
              {state.suspension === null ? null : <SuspensionMark suspension={state.suspension} />}
            </p>
            <p>{condition}</p>
            <p className="muted small">
              {t('rules.grade', { grade: state.grade })} · <SourceText>{sourceOf(rule)}</SourceText> {state.needsSignature ? <span className="field-error">· {t('rules.unsigned')}</span> : state.isSigned ? `· ${signatureOf(rule, text)}` : ''}
              {state.adviseOnly ? ` · ${t('rules.adviseOnly')}` : ''}
            </p>
            {maySuspend && state.suspension === null ? (
              <Button size="small" aria-label={t('rules.suspend.title', { name: text.of(state.name, state.id) })} onClick={() => setSuspending(state)}>
                {t('rules.suspend')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {matching.length === 0 ? <p className="muted">{t(rows.length === 0 ? 'rules.noRules' : 'rules.noRuleMatches')}</p> : null}
      {matching.length > shown ? (
        <p className="row-actions centre">
          <span className="muted">{t('rules.shownOf', { shown, count: matching.length })}</span>
          <Button onClick={() => setShown(shown + 200)}>{t('common.more')}</Button>
        </p>
      ) : null}
      {suspending === undefined ? null : <SuspendDialog ruleSet={ruleSet} rule={suspending} onClose={close} />}
    </>
  );
}

function sourceOf(rule: Members): string {
  return String(membersOf(rule['source'])['reference'] ?? '');
}

function signatureOf(rule: Members, { t, lookup, dateTime }: Pick<ReturnType<typeof useText>, 't' | 'lookup' | 'dateTime'>): string {
  const { name, role, at } = membersOf(rule['signed']);
  return t('rules.signedBy', { role: lookup(`role.${String(role)}`, String(role)), name: String(name), time: typeof at === 'string' ? dateTime(at) : '' });
}
