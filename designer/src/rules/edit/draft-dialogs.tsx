import { Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Rule } from '#rules';
import { useNow } from '../../app/clock.ts';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { roleNames } from '../../session/role-names.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { discardDraftDocument, signRulesDocument, submitDocument } from '../commands.ts';
import { instantOf, timeProblem, type EffectiveTime } from '../effective-time.ts';
import { EffectiveTimeField } from '../effective-time-field.tsx';
import type { RuleSetDetail } from '../model.ts';
import { FailedCases, failedCasesOf } from '../test-bench/failed-cases.tsx';
import { ruleNames } from '../unsigned-rules.ts';
import { useCommand } from '../use-command.ts';

export interface DraftDialogProps {
  readonly ruleSet: RuleSetDetail;
  /** Of the draft as the person has seen it. */
  readonly revision: number;
  readonly onClose: (done: boolean) => void;
}

/** Puts the draft before a second person; says which rules would only advise, since a save may just have taken their signature out. */
export function SubmitDialog({ ruleSet, revision, unsigned, onClose }: DraftDialogProps & { readonly unsigned: readonly Rule[] }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const send = useCommand(submitDocument);
  const [time, setTime] = useState<EffectiveTime>({ isLater: false, entered: '' });
  const [failedCases, setFailedCases] = useState<readonly string[]>([]);
  const problem = timeProblem(time, now);
  const effectiveAt = time.isLater ? instantOf(time.entered) : undefined;
  const submit = async (comment: string): Promise<CommandResult<unknown>> => {
    const result = await send({ key: ruleSet.key, expectedRevision: revision, comment, ...(effectiveAt === undefined ? {} : { effectiveAt }) });
    setFailedCases(failedCasesOf(result));
    return result;
  };
  return (
    <ReasonDialog
      title={t('rules.submit')}
      effect={t('rules.submit.effect', { role: roleNames([ruleSet.ownerRole], text) })}
      action={t('rules.submit')}
      label={t('rules.submit.comment')}
      missing={problem === undefined ? undefined : t(`rules.effective.${problem}`)}
      onAct={submit}
      onClose={onClose}
    >
      <FailedCases ruleSetKey={ruleSet.key} against="draft" names={failedCases} onFollow={() => onClose(false)} />
      {unsigned.length === 0 ? null : (
        <p className="notice notice-attention">
          <StateMark state="attention" bare /> {t('rules.sign.needed', { count: unsigned.length, names: ruleNames(unsigned, text) })}
        </p>
      )}
      <EffectiveTimeField value={time} onChange={setTime} />
    </ReasonDialog>
  );
}

/** Takes the whole draft away. */
export function DiscardDialog({ ruleSet, revision, onClose }: DraftDialogProps): ReactNode {
  const { t } = useText();
  const send = useCommand(discardDraftDocument);
  return <ReasonDialog title={t('rules.discardDraft')} effect={t('rules.discardDraft.effect')} action={t('rules.discardDraft')} onAct={(reason) => send({ key: ruleSet.key, expectedRevision: revision, reason })} onClose={onClose} />;
}

/** Takes responsibility for rules of grade C or D, which only advise without it. */
export function SignDialog({ ruleSet, revision, rules, onClose }: DraftDialogProps & { readonly rules: readonly Rule[] }): ReactNode {
  const text = useText();
  const { t } = text;
  const send = useCommand(signRulesDocument);
  const [chosen, setChosen] = useState<readonly string[]>(rules.length === 1 ? rules.map(({ id }) => id) : []);
  return (
    <ReasonDialog title={t('rules.sign')} effect={t('rules.sign.effect')} action={t('rules.sign.action', { count: chosen.length })} missing={chosen.length === 0 ? t('rules.sign.none') : undefined} onAct={(reason) => send({ key: ruleSet.key, ruleIds: chosen, reason, expectedRevision: revision })} onClose={onClose}>
      <fieldset className="sign-list">
        <legend>{t('rules.sign.which')}</legend>
        {rules.map((rule) => (
          <Checkbox key={rule.id} checked={chosen.includes(rule.id)} onChange={(event) => setChosen(event.target.checked ? [...chosen, rule.id] : chosen.filter((id) => id !== rule.id))}>
            {text.of(rule.name, rule.id)} <span className="muted small">{`${t('rules.grade', { grade: rule.source.grade })} · ${rule.source.reference}`}</span>
          </Checkbox>
        ))}
      </fieldset>
    </ReasonDialog>
  );
}
