import { Button, Input, Modal, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { HitPolicyName, InputType } from '#rules';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { saveDraftDocument } from '../commands.ts';
import { writableDomains } from '../rule-trial-roles.ts';
import { useCommand } from '../use-command.ts';
import { IdentityFields } from './identity-fields.tsx';
import { firstPolicies, newRuleSetDocument, newRuleSetProblem, type NewRuleSet } from './new-rule-set.ts';
import { keyProblem, suggestedKey } from './rule-set-key.ts';
import { useStanding } from './use-standing.ts';

const types = ['number', 'string', 'boolean', 'date', 'dateTime', 'list', 'object'] as const satisfies readonly InputType[];

/** Begins a rule set without a file: its names, key, domain, hit policy and the first thing that it reads. */
export function NewRuleSetDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (key: string) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const domains = writableDomains(viewer);
  const id = useId();
  const [draft, setDraft] = useState<NewRuleSet>({ key: '', zh: '', en: '', domain: domains.length === 1 ? domains[0] : undefined, hitPolicy: 'collect', input: '', inputType: 'number' });
  const [isKeyWritten, setKeyWritten] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<Exclude<CommandResult<unknown>, { kind: 'accepted' }> | undefined>();
  const { ruleSet, problem, again } = useStanding(draft.key);
  const send = useCommand(saveDraftDocument);
  const missing = newRuleSetProblem(draft);
  // Whether the key is free is known in a moment.
  const isAsking = keyProblem(draft.key) === undefined && ruleSet === undefined && problem === undefined;
  const change = (more: Partial<NewRuleSet>): void => setDraft({ ...draft, ...more });
  const field = (name: 'zh' | 'en' | 'input', label: string, write: (value: string) => void): ReactNode => (
    <label className="field" htmlFor={`${id}-${name}`}>
      <span>{label}</span>
      <Input id={`${id}-${name}`} value={draft[name]} maxLength={name === 'input' ? 64 : 200} onChange={(event) => write(event.target.value)} />
    </label>
  );

  async function make(): Promise<void> {
    setTried(true);
    if (missing !== undefined || ruleSet !== null) return;
    setBusy(true);
    const outcome = await send({ key: draft.key, document: newRuleSetDocument(draft), expectedRevision: 0 });
    setBusy(false);
    if (outcome.kind === 'accepted') onMade(draft.key);
    else setResult(outcome);
  }

  return (
    <Modal
      open
      title={t('ruleFiles.new')}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button type="primary" loading={isBusy} disabled={isAsking} onClick={() => void make()}>
            {t('ruleFiles.new.action')}
          </Button>
        </div>
      }
    >
      <p className="muted">{t('ruleFiles.new.effect')}</p>
      {field('zh', t('ruleFiles.name.zh'), (zh) => change({ zh }))}
      {field('en', t('ruleFiles.name.en'), (en) => change({ en, ...(isKeyWritten ? {} : { key: suggestedKey(en) }) }))}
      <IdentityFields
        ruleSetKey={draft.key}
        domain={draft.domain}
        domains={domains}
        onKey={(key) => {
          setKeyWritten(true);
          change({ key });
        }}
        onDomain={(domain) => change({ domain })}
      />
      {ruleSet == null ? null : (
        <div className="file-target">
          <p className="field-error">{t('ruleFiles.keyTaken')}</p>
          <Link to={`/rules/${encodeURIComponent(ruleSet.key)}`}>{text.of(ruleSet.name, ruleSet.key)}</Link>
        </div>
      )}
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={again} />}
      <label className="field">
        <span>{t('ruleFiles.hitPolicy')}</span>
        <Select aria-label={t('ruleFiles.hitPolicy')} value={draft.hitPolicy} onChange={(hitPolicy: HitPolicyName) => change({ hitPolicy })} options={firstPolicies.map((value) => ({ value, label: t(`ruleTable.policy.${value}`) }))} />
      </label>
      <div className="compare-picks">
        {field('input', t('ruleFiles.input'), (input) => change({ input: input.trim() }))}
        <label className="field">
          <span>{t('ruleFiles.inputType')}</span>
          <Select aria-label={t('ruleFiles.inputType')} value={draft.inputType} onChange={(inputType: InputType) => change({ inputType })} options={types.map((value) => ({ value, label: t(`ruleTable.type.${value}`) }))} />
        </label>
      </div>
      {isTried && missing !== undefined ? (
        <p className="field-error" role="alert">
          {t(`ruleFiles.missing.${missing}`)}
        </p>
      ) : null}
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} onRetry={() => void make()} /> : null}
    </Modal>
  );
}
