import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { RuleSetDocument } from '#rules';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import { factName, inputsOf, valueWords } from '../difference/condition-words.ts';
import { ruleNaming } from '../rule-name.ts';
import { useCommand } from '../use-command.ts';
import { contentState, failingFirst, type ContentRow, type ContentState, type GivenContentCase } from './content-case.ts';
import { differenceWords } from './difference-words.ts';
import { markContentCasesDocument } from './documents.ts';

const states: Readonly<Record<ContentState, State>> = { failed: 'failed', aside: 'cancelled', passed: 'done', notRun: 'idle' };
const shownAtFirst = 10;

export interface ContentCasesProps {
  readonly ruleSetKey: string;
  readonly rows: readonly ContentRow[];
  readonly document: RuleSetDocument | undefined;
  /** Whether the viewer owns the domain: only then cases are set aside and taken back. */
  readonly mayMark: boolean;
  readonly onMarked: () => void;
}

interface Marking {
  readonly cases: readonly GivenContentCase[];
  readonly isSuperseded: boolean;
}

/** The cases that came with the content: read-only, each about one rule. Those that fail come first; the owner can set them aside with a reason. */
export function ContentCases({ ruleSetKey, rows, document, mayMark, onMarked }: ContentCasesProps): ReactNode {
  const { t } = useText();
  const [shown, setShown] = useState(shownAtFirst);
  const [marking, setMarking] = useState<Marking | undefined>();
  const failing = rows.filter((row) => contentState(row) === 'failed').map(({ each }) => each);
  const aside = rows.filter((row) => contentState(row) === 'aside').length;
  const [first] = rows;
  if (first === undefined) return null;
  return (
    <section className="card content-cases" aria-label={t('trials.content')} data-failing={failing.length} data-aside={aside}>
      <h2>{t('trials.content')}</h2>
      <p className="muted">
        {t('trials.content.about', { version: first.each.version, count: rows.length })}
        {aside === 0 ? '' : ` ${t('trials.content.asideCount', { count: aside })}`}
      </p>
      {mayMark && failing.length > 1 ? (
        <p>
          <Button onClick={() => setMarking({ cases: failing, isSuperseded: true })}>{t('trials.content.supersedeAll', { count: failing.length })}</Button>
        </p>
      ) : null}
      <ul className="rows case-rows" aria-label={t('trials.content')}>
        {failingFirst(rows)
          .slice(0, Math.max(shown, failing.length))
          .map((row) => (
            <ContentCaseRow key={row.each.id} row={row} document={document} {...(mayMark ? { onMark: (isSuperseded: boolean) => setMarking({ cases: [row.each], isSuperseded }) } : {})} />
          ))}
      </ul>
      {rows.length > shown ? (
        <p className="row-actions centre">
          <span className="muted">{t('rules.shownOf', { shown: Math.max(shown, failing.length), count: rows.length })}</span>
          <Button onClick={() => setShown(shown + 500)}>{t('common.more')}</Button>
        </p>
      ) : null}
      {marking === undefined ? null : (
        <MarkDialog
          ruleSetKey={ruleSetKey}
          marking={marking}
          onClose={(done) => {
            setMarking(undefined);
            if (done) onMarked();
          }}
        />
      )}
    </section>
  );
}

function MarkDialog({ ruleSetKey, marking: { cases, isSuperseded }, onClose }: { readonly ruleSetKey: string; readonly marking: Marking; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const send = useCommand(markContentCasesDocument);
  const action = t(isSuperseded ? 'trials.content.supersede' : 'trials.content.restore');
  return (
    <ReasonDialog
      title={action}
      effect={t(isSuperseded ? 'trials.content.supersedeEffect' : 'trials.content.restoreEffect', { count: cases.length })}
      action={action}
      onAct={(reason) => send({ key: ruleSetKey, ids: cases.map(({ id }) => id), isSuperseded, reason })}
      onClose={onClose}
    />
  );
}

function ContentCaseRow({ row, document, onMark }: { readonly row: ContentRow; readonly document: RuleSetDocument | undefined; readonly onMark?: (isSuperseded: boolean) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const { each, result } = row;
  const state = contentState(row);
  const inputs = inputsOf(document);
  const facts = Object.entries(each.changes).map(([fact, value]) => t('trials.content.fact', { fact: factName(fact, undefined, inputs, text), value: valueWords(value, fact, inputs, text) }));
  const rule = ruleNaming(document, text)(each.ruleId);
  return (
    <li className="case-row" data-case={each.name} data-state={state}>
      <span>
        <StateMark state={states[state]}>{t(`trials.content.state.${state}`)}</StateMark>
      </span>
      <span className="case-name">
        <strong>{t(each.fires ? 'trials.content.fires' : 'trials.content.firesNot', { rule })}</strong>
        <code className="muted small">{each.name}</code>
      </span>
      <span className="small">{facts.length === 0 ? t('trials.content.noFacts') : facts.join(text.locale === 'zh-CN' ? '；' : '; ')}</span>
      {each.isSuperseded && each.mark !== null ? <span className="muted small">{t('trials.content.asideBy', { person: each.mark.markedBy.displayName, time: text.dateTime(each.mark.markedAt), reason: each.mark.reason })}</span> : null}
      {result === undefined || result.differences.length === 0 || document === undefined ? null : (
        <ul className="difference-lines">
          {differenceWords(result.differences, document, text).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {onMark !== undefined && (state === 'failed' || state === 'aside') ? (
        <span>
          <Button size="small" onClick={() => onMark(state === 'failed')}>
            {t(state === 'failed' ? 'trials.content.supersede' : 'trials.content.restore')}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
