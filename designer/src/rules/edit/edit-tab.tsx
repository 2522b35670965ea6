import { Button } from 'antd';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { checkForReview, checkRuleSet, type RuleSetDocument, type RuleSetFinding } from '#rules';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { Message } from '../../i18n/message.ts';
import { rulesMessages } from '../../i18n/messages/rules.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { ImportNotice } from '../files/import-notice.tsx';
import type { RuleSetDetail } from '../model.ts';
import { RuleTableEditor } from '../table/RuleTableEditor.tsx';
import { unsignedRules } from '../unsigned-rules.ts';
import { DiscardDialog, SignDialog, SubmitDialog } from './draft-dialogs.tsx';
import { DraftStatus, KeptNotice, SignatureNotice } from './draft-notices.tsx';
import { FindingSummary } from './finding-summary.tsx';
import type { DraftEditing } from './use-draft-editing.ts';

export interface EditTabProps {
  readonly ruleSet: RuleSetDetail;
  readonly editing: DraftEditing;
  readonly onChanged: () => void;
  readonly onSubmitted: () => void;
}

/** 编辑: the draft as a table, or the version in effect to read and to start a draft from. */
export function EditTab({ ruleSet, editing, onChanged, onSubmitted }: EditTabProps): ReactNode {
  const { t } = useText();
  const [isStarted, setStarted] = useState(false);
  const [open, setOpen] = useState<'submit' | 'discard' | 'sign' | undefined>();
  const { document, saving, isDirty } = editing;
  const { viewerCan, draft, review } = ruleSet;
  const mayChange = viewerCan.edit && review === null;
  const isEditable = mayChange && (draft !== null || isStarted || editing.edits !== undefined);
  const findings = useFindings(document);
  const unsigned = document === undefined ? [] : unsignedRules(document);

  const saveNow = useEffectEvent(() => {
    if (isEditable && saving.kind !== 'saving') void editing.save();
  });
  const saveFromKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.code !== 'KeyS' || event.isComposing) return;
    event.preventDefault();
    // A cell that is being written gives its text when the focus leaves it; it is saved once that is drawn.
    const { activeElement } = window.document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
    setTimeout(() => {
      saveNow();
      if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    });
  });
  useEffect(() => {
    window.addEventListener('keydown', saveFromKey);
    return () => window.removeEventListener('keydown', saveFromKey);
  }, []);

  const submit = async (): Promise<void> => {
    if (await editing.save()) setOpen('submit');
  };
  const close = (done: boolean): void => {
    const was = open;
    setOpen(undefined);
    if (!done) return;
    if (was === 'discard') {
      setStarted(false);
      editing.discard();
    } else editing.reload();
    onChanged();
    if (was === 'submit') onSubmitted();
  };

  if (editing.problem !== undefined && document === undefined) return <ProblemNotice problem={editing.problem} onRetry={editing.reload} />;
  if (editing.loaded === undefined && document === undefined) return <Loading rows={6} />;
  if (document === undefined) return <NotATable loaded={editing.loaded} mayDiscard={mayChange && draft !== null} onDiscard={() => setOpen('discard')} dialog={open === 'discard' ? <DiscardDialog ruleSet={ruleSet} revision={editing.revision} onClose={close} /> : null} />;
  const dialog = { ruleSet, revision: editing.revision, onClose: close };
  return (
    <>
      <div className="edit-bar" role="group" aria-label={t('rules.edit.bar')}>
        <DraftStatus ruleSet={ruleSet} editing={editing} isEditable={isEditable} />
        <span className="row-actions">
          {isEditable && findings.length > 0 ? <StateMark state="failed">{t('rules.findings.count', { count: findings.length })}</StateMark> : null}
          {mayChange && !isEditable ? (
            <Button type="primary" onClick={() => setStarted(true)}>
              {t('rules.edit.start')}
            </Button>
          ) : null}
          {isDirty ? <Button onClick={editing.discard}>{t('rules.edit.undoAll')}</Button> : null}
          {mayChange && draft !== null && !isDirty ? <Button onClick={() => setOpen('discard')}>{t('rules.discardDraft')}</Button> : null}
          {isEditable ? (
            <Button type={isDirty ? 'primary' : 'default'} loading={saving.kind === 'saving'} onClick={() => void editing.save()}>
              {t('rules.edit.save')}
            </Button>
          ) : null}
          {isEditable && (draft !== null || isDirty) ? (
            <Button type={isDirty ? 'default' : 'primary'} disabled={findings.length > 0 || saving.kind === 'saving'} onClick={() => void submit()}>
              {t('rules.submit')}
            </Button>
          ) : null}
        </span>
      </div>
      {editing.kept === undefined || !mayChange ? null : <KeptNotice kept={editing.kept} onContinue={editing.continueKept} onDiscard={editing.discard} />}
      {draft?.imported == null ? null : <ImportNotice imported={draft.imported} />}
      {saving.kind === 'failed' && saving.result.kind === 'refused' ? <RefusalNotice refusal={saving.result.refusal} /> : null}
      {saving.kind === 'failed' && saving.result.kind === 'problem' ? <ProblemNotice problem={saving.result.problem} onRetry={() => void editing.save()} /> : null}
      {saving.kind === 'failed' ? <FindingSummary findings={saving.findings} document={document} /> : null}
      <SignatureNotice dropped={saving.kind === 'saved' ? saving.droppedSignatures : []} unsigned={unsigned} maySign={viewerCan.suspend && review === null && !isDirty} isDirty={isDirty} onSign={() => setOpen('sign')} />
      {document.rules.length === 0 && !isEditable ? <Empty>{t('rules.noRules')}</Empty> : <RuleTableEditor document={document} readOnly={!isEditable || saving.kind === 'saving'} onChange={editing.change} findings={isDirty || !isEditable ? noFindings : findings} />}
      {open === 'submit' ? <SubmitDialog {...dialog} unsigned={unsigned} /> : null}
      {open === 'discard' ? <DiscardDialog {...dialog} /> : null}
      {open === 'sign' ? <SignDialog {...dialog} rules={unsigned} /> : null}
    </>
  );
}

/** The table lists what is wrong with the saved draft; of an edit it says itself what is wrong with the cell. */
const noFindings: readonly TitledFinding[] = [];

/** Typing goes on while the whole document is checked. */
const checkAfterMs = 300;

/** What keeps the document on the screen from being reviewed, with the code in words. */
function useFindings(document: RuleSetDocument | undefined): readonly TitledFinding[] {
  const [findings, setFindings] = useState<readonly TitledFinding[]>([]);
  useEffect(() => {
    if (document === undefined) return undefined;
    const timer = setTimeout(() => setFindings(checkForReview(document).map((finding) => ({ ...finding, title: rulesMessages[`rules.finding.${finding.code}`] }))), checkAfterMs);
    return () => clearTimeout(timer);
  }, [document]);
  return findings;
}

interface TitledFinding extends RuleSetFinding {
  readonly title: Message;
}

/** A draft that has not the form of a table: what it holds is shown as it is. */
function NotATable({ loaded, mayDiscard, onDiscard, dialog }: { readonly loaded: unknown; readonly mayDiscard: boolean; readonly onDiscard: () => void; readonly dialog: ReactNode }): ReactNode {
  const { t } = useText();
  return (
    <>
      <div className="notice notice-attention">
        <div>
          <p>{t('rules.notATable')}</p>
          {mayDiscard ? <Button onClick={onDiscard}>{t('rules.discardDraft')}</Button> : null}
        </div>
      </div>
      <FindingSummary findings={checkRuleSet(loaded)} document={undefined} />
      <details className="rule-lines">
        <summary>JSON</summary>
        <pre className="raw-document">{JSON.stringify(loaded, null, 2)}</pre>
      </details>
      {dialog}
    </>
  );
}
