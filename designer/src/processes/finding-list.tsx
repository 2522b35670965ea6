import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { ModelFinding, Severity } from './documents.ts';
import { placeOf } from './findings-text.ts';

const states: Readonly<Record<Severity, State>> = { ERROR: 'failed', WARNING: 'attention', INFO: 'idle' };

export interface FindingListProps {
  readonly findings: readonly ModelFinding[];
  /** The element picked in the picture: its findings are marked. */
  readonly selectedId: string | undefined;
  /** Whether an element or flow is drawn. */
  readonly isDrawn: (elementId: string) => boolean;
  /** Brings the element of a finding into sight. */
  readonly onShow: (elementId: string) => void;
}

/** What was found, in words, the worst first. */
export function FindingList({ findings, selectedId, isDrawn, onShow }: FindingListProps): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <ol className="finding-list" aria-label={t('check.findings')}>
      {findings.map((finding, index) => {
        const { elementId } = finding;
        return (
          <li key={index} data-severity={finding.severity} data-code={finding.code} aria-current={elementId !== null && elementId === selectedId}>
            <StateMark state={states[finding.severity]}>{t(`check.severity.${finding.severity}`)}</StateMark>
            <p>{text.of(finding.message)}</p>
            <p className="muted small">
              {placeOf(finding)} <code>{finding.code}</code>{' '}
              {elementId === null || !isDrawn(elementId) ? null : (
                <button type="button" className="text-button" onClick={() => onShow(elementId)}>
                  {t('check.show')}
                </button>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
