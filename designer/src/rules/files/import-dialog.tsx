import { Modal } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { DropZone } from '../../app/drop-zone.tsx';
import { readUpload } from '../../app/read-upload.ts';
import { UploadFailureNotice, type UntakenFile } from '../../app/upload-failure-notice.tsx';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import { sendCommand, type Refusal } from '../../graphql/command.ts';
import type { Problem } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { checkFileDocument } from './documents.ts';
import { ImportPlan } from './import-plan.tsx';
import type { CheckedFile } from './model.ts';

type Stage =
  | { readonly stage: 'empty' }
  | { readonly stage: 'reading'; readonly file: File }
  | { readonly stage: 'refused'; readonly file: File; readonly refusal: Refusal }
  | { readonly stage: 'problem'; readonly file: File; readonly problem: Problem }
  | { readonly stage: 'read'; readonly file: File; readonly content: string; readonly checked: CheckedFile };

export interface ImportDialogProps {
  /** The rule set whose page asks for it; without one, the file's own key is suggested. */
  readonly ruleSetKey?: string;
  readonly onClose: () => void;
  readonly onImported: (key: string) => void;
}

/** Choose or drop a file, see what would become of it, and make a draft of it. */
export function ImportDialog({ ruleSetKey, onClose, onImported }: ImportDialogProps): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [stage, setStage] = useState<Stage>({ stage: 'empty' });
  const [untaken, setUntaken] = useState<UntakenFile>();
  const latest = useRef<File | undefined>(undefined);

  async function read(file: File): Promise<void> {
    latest.current = file;
    // The answer about a file that nobody waits for any more is dropped.
    const tell = (next: Stage): void => {
      if (latest.current === file) setStage(next);
    };
    const given = await readUpload(file, 'ruleSet');
    if (latest.current !== file) return;
    setUntaken(given.ok ? undefined : { name: file.name, failure: given.failure });
    if (!given.ok) return;
    tell({ stage: 'reading', file });
    const result = await sendCommand<CheckedFile, { input: { content: string } }>(client, checkFileDocument, { input: { content: given.text } });
    if (result.kind === 'accepted') tell({ stage: 'read', file, content: given.text, checked: result.payload });
    else tell(result.kind === 'refused' ? { stage: 'refused', file, refusal: result.refusal } : { stage: 'problem', file, problem: result.problem });
  }

  return (
    <Modal open title={t('ruleFiles.import')} onCancel={onClose} footer={null} width={720}>
      <DropZone accept=".dmn,.xml,.json" hint={stage.stage === 'empty' ? t('ruleFiles.drop') : stage.file.name} stage={stage.stage} isEmpty={stage.stage === 'empty'} isSmall={stage.stage === 'read'} onFile={(file) => void read(file)} />
      {stage.stage === 'reading' ? (
        <p role="status">
          <StateMark state="running">{t('check.reading', { name: stage.file.name })}</StateMark>
        </p>
      ) : null}
      {untaken === undefined ? null : <UploadFailureNotice {...untaken} />}
      {stage.stage === 'refused' ? <RefusalNotice refusal={stage.refusal} /> : null}
      {stage.stage === 'problem' ? <ProblemNotice problem={stage.problem} onRetry={() => void read(stage.file)} /> : null}
      {stage.stage === 'read' ? <ImportPlan key={stage.content} content={stage.content} checked={stage.checked} ruleSetKey={ruleSetKey} onClose={onClose} onImported={onImported} /> : null}
    </Modal>
  );
}
