import type { ReactNode } from 'react';
import { codeWord, factWords, unitWords } from '#rule-words';
import { useText, type Text } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import { factRows, findingsFirst, type FactRow, type FindingFact } from './fact-rows.ts';
import { SourceText } from './source-text.tsx';

const levels: Readonly<Record<string, State>> = { HARD: 'failed', UNKNOWN: 'unknown', PHARMACIST: 'attention', WARN: 'attention', PASS: 'done' };

/** The level of a rule's outcome as shape, colour and word. */
export function LevelMark({ level }: { readonly level: string }): ReactNode {
  const { lookup } = useText();
  return <StateMark state={levels[level] ?? 'waiting'}>{lookup(`decision.level.${level}`, level)}</StateMark>;
}

/** Where a rule comes from, with the grade of the evidence. */
function sourceOf({ source }: FindingFact): string {
  if (source === undefined || typeof source === 'string') return source ?? '';
  return [source.reference, source.grade].filter((part) => part !== undefined).join(' · ');
}

/** Findings of rules, each with its level, its words and its source. */
export function FindingList({ findings }: { readonly findings: readonly FindingFact[] }): ReactNode {
  const text = useText();
  return (
    <ul className="findings">
      {findings.map((finding, index) => (
        <li key={`${finding.ruleSet ?? ''}-${finding.ruleId ?? ''}-${index}`} className={`finding finding-${levels[finding.level] ?? 'waiting'}`}>
          <p>
            <LevelMark level={finding.level} /> <span>{text.of(finding.message)}</span>
          </p>
          <p className="muted small">
            {[finding.ruleSet === undefined ? undefined : text.lookup(`ruleSet.${finding.ruleSet}`, finding.ruleSet), finding.version === undefined ? undefined : text.t('instance.version', { version: finding.version }), finding.ruleId].filter((part) => part !== undefined).join(' · ')}
            {sourceOf(finding) === '' ? '' : <SourceText>{` · ${text.t('decision.source', { source: sourceOf(finding) })}`}</SourceText>}
          </p>
        </li>
      ))}
    </ul>
  );
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function shown(row: Extract<FactRow, { kind: 'value' | 'list' }>, text: Text): ReactNode {
  if (row.kind === 'list') return row.values.map((value) => codeWord(row.name, value, text)).join(' · ');
  const { value, unit } = row;
  if (value === undefined) return <span className="muted">{text.t('common.noData')}</span>;
  if (typeof value === 'boolean') return text.t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'object') return text.of(value);
  if (typeof value === 'string' && instant.test(value)) return text.dateTime(value);
  return <span className={unit === undefined ? undefined : 'nowrap'}>{unit === undefined ? codeWord(row.name, value, text) : `${value}${unitWords(unit, text)}`}</span>;
}

const nothing: ReadonlySet<string> = new Set();
const ranks = new Map(Object.keys(factWords).map((key, index) => [key, index]));
/** Names in the order of the messages; those without a text last. */
const rank = (name: string): number => ranks.get(`fact.${name}`) ?? ranks.size;

/** Free JSON as names and values, in the reader's words where the name is known; what rules found comes first. */
export function FactList({ data, label, omit = nothing }: { readonly data: unknown; readonly label: string; readonly omit?: ReadonlySet<string> }): ReactNode {
  const text = useText();
  const rows = factRows(data, { rank: findingsFirst(data, rank), omit });
  const nameOf = (row: FactRow): string => text.lookup(`fact.${row.name}`, row.name);
  return (
    <dl className="facts" aria-label={label}>
      {rows.map((row) => (
        <div key={row.path} className={`fact fact-${row.kind}`} style={{ ['--depth' as string]: row.depth }}>
          <dt>{nameOf(row)}</dt>
          {row.kind === 'heading' ? <dd className="visually-hidden" /> : <dd>{row.kind === 'findings' ? <FindingList findings={row.findings} /> : shown(row, text)}</dd>}
        </div>
      ))}
    </dl>
  );
}
