import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Rule } from '#rules';
import { useNow } from '../../app/clock.ts';
import { useText } from '../../i18n/use-text.ts';
import { roleNames } from '../../session/role-names.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleSetDetail } from '../model.ts';
import { ruleNames } from '../unsigned-rules.ts';
import type { KeptEdits } from './kept-edits.ts';
import type { DraftEditing } from './use-draft-editing.ts';

/** What the table shows and how far it is saved, in one line. */
export function DraftStatus({ ruleSet, editing, isEditable }: { readonly ruleSet: RuleSetDetail; readonly editing: DraftEditing; readonly isEditable: boolean }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { draft, review, inEffect, viewerCan } = ruleSet;
  const { saving, isDirty } = editing;
  const base = draft === null ? t('rules.edit.inEffect', { version: inEffect?.version ?? '—' }) : draft.basedOn === null ? t('rules.edit.firstDraft', { person: draft.savedBy.displayName, time: text.when(draft.savedAt, now) }) : t('rules.edit.draft', { person: draft.savedBy.displayName, time: text.when(draft.savedAt, now), version: draft.basedOn });
  const state = saving.kind === 'saving' ? 'running' : isDirty ? 'attention' : saving.kind === 'saved' ? 'done' : 'idle';
  const word = saving.kind === 'saving' ? t('rules.edit.saving') : isDirty ? t('rules.edit.unsaved') : saving.kind === 'saved' ? t('rules.edit.saved', { time: text.when(new Date(saving.atMs).toISOString(), now) }) : t(isEditable ? 'rules.edit.unchanged' : 'rules.edit.readOnly');
  const why = review !== null ? t('rules.edit.inReview') : viewerCan.edit ? '' : t('rules.edit.notYours', { role: roleNames([ruleSet.ownerRole], text) });
  return (
    <span className="edit-status" role="status" data-state={isDirty ? 'unsaved' : saving.kind}>
      <StateMark state={state}>{word}</StateMark>
      <span className="muted">
        {base}
        {why === '' ? '' : ` · ${why}`}
      </span>
    </span>
  );
}

/** Edits that were not saved, from an earlier visit or a session that ended. */
export function KeptNotice({ kept, onContinue, onDiscard }: { readonly kept: KeptEdits; readonly onContinue: () => void; readonly onDiscard: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <div className="notice notice-attention" role="status">
      <StateMark state="attention" bare />
      <div>
        <p>{t('rules.kept', { time: text.dateTime(new Date(kept.keptAtMs).toISOString()) })}</p>
        <p className="notice-actions">
          <Button type="primary" onClick={onContinue}>
            {t('rules.kept.continue')}
          </Button>
          <Button onClick={onDiscard}>{t('rules.kept.discard')}</Button>
        </p>
      </div>
    </div>
  );
}

export interface SignatureNoticeProps {
  /** Rules whose signature the last save took out. */
  readonly dropped: readonly string[];
  readonly unsigned: readonly Rule[];
  readonly maySign: boolean;
  readonly isDirty: boolean;
  readonly onSign: () => void;
}

/** Rules of grade C and D without a signature: they only advise, which is easily overlooked. */
export function SignatureNotice({ dropped, unsigned, maySign, isDirty, onSign }: SignatureNoticeProps): ReactNode {
  const text = useText();
  const { t } = text;
  if (unsigned.length === 0) return null;
  const names = (rules: readonly Rule[]): string => ruleNames(rules, text);
  const lost = unsigned.filter(({ id }) => dropped.includes(id));
  return (
    <div className="notice notice-attention" data-unsigned={unsigned.length}>
      <StateMark state="attention" bare />
      <div>
        {lost.length === 0 ? null : <p role="alert">{t('rules.sign.dropped', { names: names(lost) })}</p>}
        <p>{t('rules.sign.needed', { count: unsigned.length, names: names(unsigned) })}</p>
        <p className="notice-actions">
          {maySign ? <Button onClick={onSign}>{t('rules.sign')}</Button> : null}
          {isDirty ? <span className="muted">{t('rules.sign.saveFirst')}</span> : null}
        </p>
      </div>
    </div>
  );
}
