import { Button, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { saveFile } from '../../app/save-file.ts';
import { Segments } from '../../app/segments.tsx';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleSetDetail } from '../model.ts';
import { compareOptions, sideOf } from '../versions/compare-sides.ts';
import { ruleSetFileDocument } from './documents.ts';
import { FileFindings } from './file-findings.tsx';
import type { ExportedFile, FileFormat } from './model.ts';

type Outcome = { readonly kind: 'saved'; readonly file: ExportedFile } | { readonly kind: 'incomplete' } | { readonly kind: 'problem'; readonly problem: Problem };

/** Saves the draft, a review or a version of a rule set as a file. */
export function ExportDialog({ ruleSet, onClose }: { readonly ruleSet: RuleSetDetail; readonly onClose: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const options = compareOptions(ruleSet, text);
  const [side, setSide] = useState(ruleSet.inEffect === null ? (options[0]?.value ?? '') : `v:${ruleSet.inEffect.version}`);
  const [format, setFormat] = useState<FileFormat>('DMN');
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const of = sideOf(side, ruleSet);

  async function download(): Promise<void> {
    if (of === undefined) return;
    setBusy(true);
    setOutcome(undefined);
    const { data, error } = await client.query(ruleSetFileDocument, { key: ruleSet.key, of, format }, { requestPolicy: 'network-only' }).toPromise();
    setBusy(false);
    if (data !== undefined) {
      saveFile(data.ruleSetFile);
      return setOutcome({ kind: 'saved', file: data.ruleSetFile });
    }
    const problem: Problem = error === undefined ? { kind: 'unexpected', code: 'EMPTY_RESULT' } : problemOf(error);
    setOutcome(problem.code === 'RULE_SET_INVALID' ? { kind: 'incomplete' } : { kind: 'problem', problem });
  }

  return (
    <Modal
      open
      title={t('ruleFiles.export')}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('ruleFiles.close')}</Button>
          <Button type="primary" loading={isBusy} disabled={of === undefined} onClick={() => void download()}>
            {t('ruleFiles.download')}
          </Button>
        </div>
      }
    >
      <label className="field">
        <span>{t('ruleFiles.which')}</span>
        <Select aria-label={t('ruleFiles.which')} value={side} onChange={setSide} options={[...options]} />
      </label>
      <div className="field">
        <span>{t('ruleFiles.format')}</span>
        <Segments label={t('ruleFiles.format')} value={format} onChange={setFormat} options={(['DMN', 'JSON'] as const).map((value) => ({ value, label: value === 'DMN' ? 'DMN 1.5' : 'JSON' }))} />
        <span className="muted small">{t(`ruleFiles.format.${format}`)}</span>
      </div>
      {outcome?.kind === 'saved' ? (
        <section role="status" data-exported={outcome.file.fileName}>
          <StateMark state="done">{t('ruleFiles.saved', { name: outcome.file.fileName })}</StateMark>
          {outcome.file.findings.length === 0 ? null : <p>{t('ruleFiles.elsewhere')}</p>}
          <FileFindings findings={outcome.file.findings} />
        </section>
      ) : null}
      {outcome?.kind === 'incomplete' ? (
        <p className="notice notice-attention" role="alert">
          <StateMark state="attention" bare /> {t('ruleFiles.incomplete')}
        </p>
      ) : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} onRetry={() => void download()} /> : null}
    </Modal>
  );
}
