import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { recallDocument, rollBackDocument, suspendRuleDocument } from '../commands.ts';
import { casesCountDocument } from '../documents.ts';
import type { RuleSetDetail, RuleSetVersion, RuleState } from '../model.ts';
import { judgesInstead } from '../rules-list.ts';
import { useCommand } from '../use-command.ts';

/** Who may ask for cases; the gateway decides again. */
const caseReaders = ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'auditor', 'operator'];

/** How many open cases it concerns, as far as the viewer may know. */
function ConcernedCases({ ruleSet, version, ruleId }: { readonly ruleSet: string; readonly version: string; readonly ruleId?: string }): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const mayAsk = caseReaders.some((role) => viewer.roles.includes(role));
  const [result] = useQuery({ query: casesCountDocument, variables: { key: ruleSet, version, ruleId: ruleId ?? null }, pause: !mayAsk, requestPolicy: 'network-only' });
  if (!mayAsk || result.error !== undefined) return null;
  const count = result.data?.casesLastJudgedBy.totalCount;
  return <p role="status">{count === undefined ? t('common.loading') : t(ruleId === undefined ? 'rules.cases.version' : 'rules.cases.rule', { count })}</p>;
}

interface DialogProps {
  readonly ruleSet: RuleSetDetail;
  readonly onClose: (done: boolean) => void;
}

/** Lets a rule only advise, at once. */
export function SuspendDialog({ ruleSet, rule, onClose }: DialogProps & { readonly rule: Pick<RuleState, 'id' | 'name'> }): ReactNode {
  const text = useText();
  const { t } = text;
  const send = useCommand(suspendRuleDocument);
  return (
    <ReasonDialog title={t('rules.suspend.title', { name: text.of(rule.name, rule.id) })} effect={t('rules.suspend.effect')} action={t('rules.suspend')} onAct={(reason) => send({ key: ruleSet.key, ruleId: rule.id, reason })} onClose={onClose}>
      {ruleSet.inEffect === null ? null : <ConcernedCases ruleSet={ruleSet.key} version={ruleSet.inEffect.version} ruleId={rule.id} />}
    </ReasonDialog>
  );
}

/** Takes a version out of effect for good. */
export function RecallDialog({ ruleSet, version: { version, status }, onClose }: DialogProps & { readonly version: Pick<RuleSetVersion, 'version' | 'status'> }): ReactNode {
  const { t } = useText();
  const send = useCommand(recallDocument);
  const effect = status === 'IN_EFFECT' ? 'rules.recall.effect' : status === 'SCHEDULED' ? 'rules.recall.effectScheduled' : 'rules.recall.effectSuperseded';
  return (
    <ReasonDialog title={t('rules.recall.title', { version })} effect={t(effect, { instead: judgesInstead(ruleSet.versions, version)?.version ?? '' })} action={t('rules.recall')} onAct={(reason) => send({ key: ruleSet.key, version, reason })} onClose={onClose}>
      <ConcernedCases ruleSet={ruleSet.key} version={version} />
    </ReasonDialog>
  );
}

/** Puts an earlier document before a second person as a new version. */
export function RollBackDialog({ ruleSet, version, onClose }: DialogProps & { readonly version: string }): ReactNode {
  const { t } = useText();
  const send = useCommand(rollBackDocument);
  return <ReasonDialog title={t('rules.rollBack.title', { version })} effect={t('rules.rollBack.effect')} action={t('rules.rollBack.action')} missing={ruleSet.draft === null ? undefined : t('rules.rollBack.draftOpen')} onAct={(reason) => send({ key: ruleSet.key, toVersion: version, reason, expectedRevision: ruleSet.revision })} onClose={onClose} />;
}
