import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { FileFinding } from './model.ts';

/** Findings that are listed; one mistake in a declaration may show at every row. */
const listed = 50;

/** What a file is refused for and what an owner should look at, by element, with the cell and its text. */
export function FileFindings({ findings, count = findings.length }: { readonly findings: readonly FileFinding[]; readonly count?: number }): ReactNode {
  const text = useText();
  const { t } = text;
  if (findings.length === 0) return null;
  return (
    <>
      <ul className="file-findings" aria-label={t('check.findings')}>
        {findings.slice(0, listed).map((finding, index) => {
          const { code, severity, text: cell } = finding;
          return (
            <li key={`${code}${index}`} data-code={code} data-severity={severity}>
              <strong>{t(`ruleFiles.severity.${severity === 'ERROR' ? 'ERROR' : 'WARNING'}`)}</strong> {text.of(finding.message)}
              {cell === null ? null : (
                <span className="muted small block">
                  {t('ruleFiles.cell')} <code>{cell}</code>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {count > Math.min(findings.length, listed) ? <p className="muted">{t('check.more', { shown: Math.min(findings.length, listed), count })}</p> : null}
    </>
  );
}
