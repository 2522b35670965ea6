import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { Segments } from '../../app/segments.tsx';
import { useText } from '../../i18n/use-text.ts';
import { ruleSentence } from '../difference/change-lines.ts';
import { DifferenceList } from '../difference/difference-list.tsx';
import type { Edits } from './kept-edits.ts';
import { mergeRuleSets, ownChanges, type OwnChange } from './merge-rule-sets.ts';
import type { OpenConflict } from './use-draft-editing.ts';

export interface ConflictDialogProps {
  readonly conflict: OpenConflict;
  readonly edits: Edits;
  readonly onTakeTheirs: () => void;
  readonly onPutMineOnTop: () => void;
  readonly onClose: () => void;
}

/** Somebody saved first: who and when, what they changed and what I changed, and what can be done. Nothing is lost before a choice is made. */
export function ConflictDialog({ conflict, edits, onTakeTheirs, onPutMineOnTop, onClose }: ConflictDialogProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [shown, setShown] = useState<'theirs' | 'mine' | undefined>();
  const mine = ownChanges(edits.base.document, edits.document);
  const { overlaps } = mergeRuleSets(edits.base.document, edits.document, conflict.theirs);
  const { draft } = conflict;
  return (
    <Modal
      open
      width={720}
      title={t('rules.conflict.title')}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onTakeTheirs}>{t('rules.conflict.takeTheirs')}</Button>
          <Button onClick={onClose}>{t('rules.conflict.later')}</Button>
          <Button type="primary" onClick={onPutMineOnTop}>
            {t('rules.conflict.mineOnTop')}
          </Button>
        </div>
      }
    >
      <p role="alert">{draft === null ? t('rules.conflict.gone') : t('rules.conflict.who', { person: draft.savedBy.displayName, time: text.dateTime(draft.savedAt) })}</p>
      <p>{t('rules.conflict.kept')}</p>
      <ul>
        <li>{t('rules.conflict.mineOnTopEffect')}</li>
        <li>{t('rules.conflict.takeTheirsEffect')}</li>
      </ul>
      {overlaps.length === 0 ? <p className="muted">{t('rules.conflict.noOverlap')}</p> : (
        <>
          <p className="field-error">{t('rules.conflict.overlaps', { count: overlaps.length })}</p>
          <ul>
            {overlaps.map((change) => (
              <li key={`${change.list}${change.id}`}>{nameOf(change, edits, text.of)}</li>
            ))}
          </ul>
        </>
      )}
      <Segments
        label={t('rules.conflict.compare')}
        value={shown}
        onChange={setShown}
        options={[
          ...(conflict.difference === null ? [] : [{ value: 'theirs' as const, label: t('rules.conflict.theirs') }]),
          { value: 'mine' as const, label: t('rules.conflict.mine', { count: mine.length }) },
        ]}
      />
      {shown === 'theirs' && conflict.difference !== null ? <DifferenceList difference={conflict.difference} documents={{ before: edits.base.document, after: conflict.theirs }} /> : null}
      {shown === 'mine' ? <OwnChanges changes={mine} edits={edits} /> : null}
    </Modal>
  );
}

function nameOf({ list, id }: OwnChange, { base, document }: Edits, of: ReturnType<typeof useText>['of']): string {
  const rule = list === 'rules' ? (document.rules.find((each) => each.id === id) ?? base.document.rules.find((each) => each.id === id)) : undefined;
  return rule === undefined ? id : of(rule.name, id);
}

function OwnChanges({ changes, edits }: { readonly changes: readonly OwnChange[]; readonly edits: Edits }): ReactNode {
  const text = useText();
  const { t } = text;
  const sentence = (document: Edits['document'], { list, id }: OwnChange): string | undefined => {
    const rule = list === 'rules' ? document.rules.find((each) => each.id === id) : undefined;
    return rule === undefined ? undefined : ruleSentence(rule, document, text);
  };
  if (changes.length === 0) return <p className="muted">{t('rules.conflict.onlyFrame')}</p>;
  return (
    <ul className="changes">
      {changes.map((change) => {
        const [before, after] = [sentence(edits.base.document, change), sentence(edits.document, change)];
        return (
          <li key={`${change.list}${change.id}`} className="change" data-kind={change.kind.toUpperCase()}>
            <p className="change-head">
              <strong>{t(`rules.own.${change.kind}`)}</strong> {nameOf(change, edits, text.of)} <code>{change.id}</code>
            </p>
            {before === undefined ? null : <del className="change-before block">{before}</del>}
            {after === undefined ? null : <ins className="change-after block">{after}</ins>}
          </li>
        );
      })}
    </ul>
  );
}
