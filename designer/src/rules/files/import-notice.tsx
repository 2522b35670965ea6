import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { FileFindings } from './file-findings.tsx';
import type { ImportedFile } from './model.ts';

/** Where a draft came from, what an owner has to look at in it, and how it is taken back. */
export function ImportNotice({ imported }: { readonly imported: ImportedFile }): ReactNode {
  const text = useText();
  const { t } = text;
  const { importedBy, importedAt, format, findings } = imported;
  return (
    <section className={`notice${findings.length === 0 ? '' : ' notice-attention'}`} data-imported={format} aria-label={t('ruleFiles.imported.title')}>
      <StateMark state={findings.length === 0 ? 'done' : 'attention'} bare />
      <div>
        <p>{t('ruleFiles.imported', { person: importedBy.displayName, time: text.dateTime(importedAt), format })}</p>
        {findings.length === 0 ? null : (
          <details open>
            <summary>{t('ruleFiles.imported.look', { count: findings.length })}</summary>
            <FileFindings findings={findings} />
          </details>
        )}
      </div>
    </section>
  );
}
