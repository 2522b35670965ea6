import type { Text } from '../i18n/use-text.ts';
import type { CheckedModel, ModelFinding } from './documents.ts';

/** Where a finding is, for whoever mends the file: the name with the id, else the place in the text. */
export function placeOf({ elementId, elementName, place }: Pick<ModelFinding, 'elementId' | 'elementName' | 'place'>): string {
  if (elementId === null) return place ?? '';
  return elementName === null || elementName === elementId ? elementId : `${elementName} (${elementId})`;
}

/** What the check says as lines of text, to be sent to whoever drew the file. */
export function findingsAsText(fileName: string, verdict: string, { findings, findingCount }: Pick<CheckedModel, 'findings' | 'findingCount'>, { t, of }: Pick<Text, 't' | 'of'>): string {
  const lines = findings.map((finding) => [`[${t(`check.severity.${finding.severity}`)}] ${of(finding.message)}`, [placeOf(finding), finding.code].filter((part) => part !== '').join(' · ')].join('\n    '));
  const more = findingCount > findings.length ? [t('check.more', { shown: findings.length, count: findingCount })] : [];
  return [`${fileName}: ${verdict}`, ...lines, ...more].join('\n');
}
