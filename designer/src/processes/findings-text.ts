import type { Text } from '../i18n/use-text.ts';
import type { CheckedModel, ModelFinding } from './documents.ts';

/** The element of a finding for whoever mends the file: its name with the id. A place in the text is in the message. */
export function placeOf({ elementId, elementName }: Pick<ModelFinding, 'elementId' | 'elementName'>): string {
  if (elementId === null) return '';
  return elementName === null || elementName === elementId ? elementId : `${elementName} (${elementId})`;
}

/** What the check says as lines of text, to be sent to whoever drew the file. */
export function findingsAsText(fileName: string, verdict: string, { findings, findingCount }: Pick<CheckedModel, 'findings' | 'findingCount'>, { t, of }: Pick<Text, 't' | 'of'>): string {
  const lines = findings.map((finding) => [`[${t(`check.severity.${finding.severity}`)}] ${of(finding.message)}`, [placeOf(finding), finding.code].filter((part) => part !== '').join(' · ')].join('\n    '));
  const more = findingCount > findings.length ? [t('check.more', { shown: findings.length, count: findingCount })] : [];
  return [`${fileName}: ${verdict}`, ...lines, ...more].join('\n');
}
