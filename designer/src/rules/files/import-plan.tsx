import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleSetDomain } from '../rule-set-domain.ts';
import { writableDomains } from '../rule-trial-roles.ts';
import { useCommand } from '../use-command.ts';
import { importDocument } from './documents.ts';
import { FileFindings } from './file-findings.tsx';
import { IdentityFields } from './identity-fields.tsx';
import type { CheckedFile, FileDecision, StandingRuleSet } from './model.ts';
import { keyProblem, suggestedKey } from './rule-set-key.ts';
import { useStanding } from './use-standing.ts';

export interface ImportPlanProps {
  readonly content: string;
  readonly checked: CheckedFile;
  readonly ruleSetKey: string | undefined;
  readonly onClose: () => void;
  readonly onImported: (key: string) => void;
}

/** What would be made of a file: which decision, under which key, in which domain, and what is wrong with it. */
export function ImportPlan({ content, checked, ruleSetKey, onClose, onImported }: ImportPlanProps): ReactNode {
  const text = useText();
  const { t } = text;
  const { decisions, findings, findingCount } = checked;
  const [decisionId, setDecisionId] = useState((decisions.find(({ canBeImported }) => canBeImported) ?? decisions[0])?.decisionId);
  const decision = decisions.find((each) => each.decisionId === decisionId);
  return (
    <>
      <FileFindings findings={findings} count={findingCount} />
      {decisions.length > 1 ? (
        <label className="field">
          <span>{t('ruleFiles.decision', { count: decisions.length })}</span>
          <Select
            aria-label={t('ruleFiles.decision', { count: decisions.length })}
            value={decisionId ?? null}
            onChange={(chosen: string | null) => setDecisionId(chosen ?? undefined)}
            options={decisions.map((each) => ({ value: each.decisionId, label: `${text.of(each.ruleSetName, each.name)}${each.canBeImported ? '' : ` · ${t('ruleFiles.cannot')}`}` }))}
          />
        </label>
      ) : null}
      {decision === undefined ? (
        <NotPossible />
      ) : (
        <>
          <Summary decision={decision} />
          <FileFindings findings={decision.findings} count={decision.findingCount} />
          {decision.canBeImported ? <Target key={decision.decisionId} content={content} decision={decision} ruleSetKey={ruleSetKey} onClose={onClose} onImported={onImported} /> : <NotPossible />}
        </>
      )}
    </>
  );
}

function NotPossible(): ReactNode {
  const { t } = useText();
  return <p className="muted">{t('ruleFiles.mend')}</p>;
}

function Summary({ decision }: { readonly decision: FileDecision }): ReactNode {
  const text = useText();
  const { t, lookup } = text;
  const { ruleSetName, name, hitPolicy, inputs, outputs, ruleCount, canBeImported } = decision;
  return (
    <p className="file-summary">
      <StateMark state={canBeImported ? 'done' : 'failed'} bare /> <strong>{text.of(ruleSetName, name)}</strong>{' '}
      {canBeImported ? t('ruleFiles.summary', { rules: ruleCount ?? 0, inputs: inputs.length, outputs: outputs.length }) : t('ruleFiles.cannot')}
      {hitPolicy === null ? null : <span className="muted small block">{lookup(`ruleTable.policy.${hitPolicy}`, hitPolicy)}</span>}
      {inputs.length === 0 ? null : <span className="muted small block">{t('ruleFiles.inputs', { names: inputs.join(', ') })}</span>}
    </p>
  );
}

interface TargetProps extends Omit<ImportPlanProps, 'checked'> {
  readonly decision: FileDecision;
}

/** Key and domain, what stands there now, and the button. */
function Target({ content, decision, ruleSetKey, onClose, onImported }: TargetProps): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const mine = writableDomains(viewer);
  const [key, setKey] = useState(ruleSetKey ?? (decision.isOwn ? (decision.key ?? '') : suggestedKey(decision.name) || (decision.key ?? '')));
  const [chosen, setChosen] = useState<RuleSetDomain | undefined>(decision.isOwn ? (decision.domain ?? undefined) : mine.length === 1 ? mine[0] : undefined);
  const { ruleSet, problem, again } = useStanding(key);
  const send = useCommand(importDocument);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<Exclude<CommandResult<unknown>, { kind: 'accepted' }> | undefined>();
  // One that is there stays in its domain.
  const domain = ruleSet?.domain ?? chosen;
  const domains = ruleSet ? [ruleSet.domain] : mine;
  const isMine = ruleSet ? ruleSet.viewerCan.edit : domain !== undefined && mine.includes(domain);
  const isPossible = keyProblem(key) === undefined && ruleSet !== undefined && domain !== undefined && isMine && ruleSet?.review == null;

  async function make(): Promise<void> {
    if (!isPossible) return;
    setBusy(true);
    const outcome = await send({ content, decisionId: decision.decisionId, key, domain, expectedRevision: ruleSet?.revision ?? 0 });
    setBusy(false);
    if (outcome.kind === 'accepted') return onImported(key);
    setResult(outcome);
    // What somebody else saved meanwhile is shown before it is replaced.
    if (outcome.kind === 'refused' && outcome.refusal.code === 'DRAFT_CHANGED') again();
  }

  return (
    <>
      <IdentityFields ruleSetKey={key} domain={domain} domains={domains} onKey={setKey} onDomain={setChosen} />
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={again} />}
      {decision.isOwn && decision.key !== key && keyProblem(key) === undefined ? (
        <p data-other-key={decision.key}>
          <StateMark state="attention" bare /> {t('ruleFiles.otherKey', { key: decision.key ?? '', target: key })}
        </p>
      ) : null}
      {ruleSet === undefined ? null : <Effect ruleSet={ruleSet} ruleSetKey={key} isMine={isMine || domain === undefined} />}
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} onRetry={() => void make()} /> : null}
      <div className="row-actions end">
        <Button onClick={onClose}>{t('common.keep')}</Button>
        <Button type="primary" loading={isBusy} disabled={!isPossible} onClick={() => void make()}>
          {ruleSet == null ? t('ruleFiles.makeNew') : ruleSet.draft === null ? t('ruleFiles.makeDraft') : t('ruleFiles.replaceDraft')}
        </Button>
      </div>
    </>
  );
}

/** What the button will do, or why it cannot. */
function Effect({ ruleSet, ruleSetKey, isMine }: { readonly ruleSet: StandingRuleSet | null; readonly ruleSetKey: string; readonly isMine: boolean }): ReactNode {
  const text = useText();
  const { t } = text;
  if (!isMine) return <p className="field-error">{t('ruleFiles.notYours')}</p>;
  if (ruleSet === null) return <p>{t('ruleFiles.effect.new')}</p>;
  const { draft, inEffect, review } = ruleSet;
  const effect = review !== null ? t('ruleFiles.effect.review', { version: review.version }) : draft !== null ? t('ruleFiles.effect.replace', { person: draft.savedBy.displayName, time: text.dateTime(draft.savedAt) }) : t('ruleFiles.effect.draft', { version: inEffect?.version ?? '—' });
  return (
    <div className="file-target">
      <p className={review === null ? '' : 'field-error'}>{effect}</p>
      <Link to={`/rules/${encodeURIComponent(ruleSetKey)}`}>{text.of(ruleSet.name, ruleSetKey)}</Link>
    </div>
  );
}
