import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { saveFile } from '../app/save-file.ts';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { bpmnOf } from './export-bpmn.ts';

interface ExportButtonProps {
  readonly document: unknown;
  /** `<key>-<version>`. */
  readonly name: string;
}

type Saving = { readonly kind: 'idle' | 'busy' | 'failed' } | { readonly kind: 'saved'; readonly fileName: string };

/** Saves the version that is shown as a BPMN file, which other tools read and which can be checked here again. */
export function ExportButton({ document, name }: ExportButtonProps): ReactNode {
  const { t } = useText();
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });

  async function save(): Promise<void> {
    setSaving({ kind: 'busy' });
    try {
      const fileName = `${name}.bpmn`;
      saveFile({ fileName, mediaType: 'application/xml', content: await bpmnOf(document) });
      setSaving({ kind: 'saved', fileName });
    } catch {
      // The part that writes it could not be fetched: as when a new version of the app was put there.
      setSaving({ kind: 'failed' });
    }
  }

  return (
    <>
      <Button loading={saving.kind === 'busy'} onClick={() => void save()}>
        {t('processes.export')}
      </Button>
      {saving.kind === 'saved' ? (
        <span role="status">
          <StateMark state="done">{t('processes.exported', { name: saving.fileName })}</StateMark>
        </span>
      ) : null}
      {saving.kind === 'failed' ? <ProblemNotice problem={{ kind: 'unexpected', code: 'EXPORT_FAILED' }} onRetry={() => void save()} /> : null}
    </>
  );
}
