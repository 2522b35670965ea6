import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { RuleSetDocument } from '#rules';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { factName, inputsOf, valueWords } from '../difference/condition-words.ts';
import { listWords, ruleNaming } from '../rule-name.ts';
import { sameJson } from '../same-json.ts';
import type { SavedCase } from './model.ts';

/** The parts in which two writers can differ. */
interface CaseContent {
  readonly name: string;
  readonly at: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expected: { readonly level: string; readonly ruleIds: readonly string[]; readonly outputs?: unknown };
  readonly tags: readonly string[];
}

/** Where a case as one person writes it differs from what the other has saved; facts by their name. */
export function caseDifferences(mine: CaseContent, theirs: CaseContent): { readonly parts: readonly ('name' | 'at' | 'expected' | 'tags')[]; readonly facts: readonly string[] } {
  const expectedOf = ({ expected: { level, ruleIds, outputs } }: CaseContent): object => ({ level, ruleIds: [...ruleIds].sort(), outputs: outputs ?? null });
  const parts = [
    ...(mine.name === theirs.name ? [] : ['name' as const]),
    ...(Date.parse(mine.at) === Date.parse(theirs.at) ? [] : ['at' as const]),
    ...(sameJson(expectedOf(mine), expectedOf(theirs)) ? [] : ['expected' as const]),
    ...(sameJson([...mine.tags].sort(), [...theirs.tags].sort()) ? [] : ['tags' as const]),
  ];
  const facts = [...new Set([...Object.keys(mine.facts), ...Object.keys(theirs.facts)])].filter((name) => !sameJson(mine.facts[name] ?? null, theirs.facts[name] ?? null));
  return { parts, facts };
}

export interface CaseConflictProps {
  readonly document: RuleSetDocument;
  /** Undefined while a field cannot be read. */
  readonly mine: CaseContent | undefined;
  readonly theirs: SavedCase;
  readonly isBusy: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody saved the case first: who, where the two differ, and what can be done. What was written here stands until it is given up. */
export function CaseConflict({ document, mine, theirs, isBusy, onKeepMine, onTakeTheirs }: CaseConflictProps): ReactNode {
  const text = useText();
  const { t } = text;
  const inputs = inputsOf(document);
  const nameOf = ruleNaming(document, text);
  const partWords = { name: 'trials.case.name', at: 'trials.case.at', expected: 'trials.expected', tags: 'trials.case.tags' } as const;
  const valueOf = (part: keyof typeof partWords, content: CaseContent): string => {
    if (part === 'name') return content.name;
    if (part === 'at') return text.dateTime(content.at);
    if (part === 'tags') return content.tags.length === 0 ? t('rules.none') : listWords(content.tags, text);
    return [text.lookup(`decision.level.${content.expected.level}`, content.expected.level), ...content.expected.ruleIds.map(nameOf), ...(content.expected.outputs == null ? [] : [JSON.stringify(content.expected.outputs)])].join(' · ');
  };
  const differences = mine === undefined ? { parts: [], facts: [] } : caseDifferences(mine, theirs);
  return (
    <section className="notice notice-attention" role="alert" data-case-conflict={theirs.revision}>
      <StateMark state="attention" bare />
      <div>
        <p>{t('trials.conflict.who', { person: theirs.savedBy.displayName, time: text.dateTime(theirs.savedAt) })}</p>
        {mine === undefined || differences.parts.length + differences.facts.length === 0 ? null : (
          <ul>
            {differences.parts.map((part) => (
              <li key={part}>{t('trials.conflict.difference', { what: t(partWords[part]), theirs: valueOf(part, theirs), mine: valueOf(part, mine) })}</li>
            ))}
            {differences.facts.map((name) => (
              <li key={`fact ${name}`}>{t('trials.conflict.difference', { what: factName(name, undefined, inputs, text), theirs: valueWords(theirs.facts[name], name, inputs, text), mine: valueWords(mine.facts[name], name, inputs, text) })}</li>
            ))}
          </ul>
        )}
        <p className="notice-actions">
          <Button onClick={onTakeTheirs}>{t('trials.conflict.takeTheirs')}</Button>
          <Button type="primary" loading={isBusy} disabled={mine === undefined} onClick={onKeepMine}>
            {t('trials.conflict.keepMine')}
          </Button>
        </p>
      </div>
    </section>
  );
}
