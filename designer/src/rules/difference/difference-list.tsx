import type { ReactNode } from 'react';
import { Empty } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import type { EntryChange, RuleSetDifference } from '../model.ts';
import { documentLines, entryLines, entryOf, isLayout, ruleSentence, type ChangeLine, type Documents, type EntryKind } from './change-lines.ts';

export interface DifferenceListProps {
  readonly difference: RuleSetDifference;
  readonly documents: Documents;
}

const kinds = ['rules', 'inputs', 'outputs'] as const;

/** What differs between two documents, rule by rule and field by field, in words. */
export function DifferenceList({ difference, documents }: DifferenceListProps): ReactNode {
  const text = useText();
  const { t } = text;
  const own = documentLines(difference.document.filter((field) => !isLayout(field)), documents, text);
  const layout = difference.document.some(isLayout) ? <p className="muted small">{t('rules.changes.layout')}</p> : null;
  const count = own.length + kinds.reduce((sum, kind) => sum + difference[kind].length, 0);
  if (count === 0)
    return (
      <>
        <Empty>{t('rules.same')}</Empty>
        {layout}
      </>
    );
  return (
    <div className="difference" data-changes={count}>
      <p className="muted">{t('rules.changeCount', { count })}</p>
      {own.length === 0 ? null : (
        <section>
          <h3>{t('rules.changes.document')}</h3>
          <Lines lines={own} />
        </section>
      )}
      {kinds.map((kind) =>
        difference[kind].length === 0 ? null : (
          <section key={kind}>
            <h3>{t(`rules.changes.${kind}`)}</h3>
            <ul className="changes" aria-label={t(`rules.changes.${kind}`)}>
              {difference[kind].map((change) => (
                <Change key={change.id} kind={kind} change={change} documents={documents} />
              ))}
            </ul>
          </section>
        ),
      )}
      {layout}
    </div>
  );
}

const signs: Readonly<Record<EntryChange['kind'], string>> = { ADDED: '＋', REMOVED: '−', CHANGED: '~', MOVED: '↕' };

function Change({ kind, change, documents }: { readonly kind: EntryKind; readonly change: EntryChange; readonly documents: Documents }): ReactNode {
  const text = useText();
  const { t } = text;
  const isGone = change.kind === 'REMOVED';
  const document = isGone ? documents.before : documents.after;
  const described = kind === 'rules' ? undefined : entryOf(document, kind, change)['description'];
  const place = (isGone ? change.fromIndex : change.toIndex) ?? 0;
  return (
    <li className="change" data-kind={change.kind} data-entry={change.id}>
      <p className="change-head">
        <span className="change-sign" aria-hidden="true">
          {signs[change.kind]}
        </span>
        <strong>{t(`rules.change.${change.kind}`)}</strong>
        <span>{text.of(change.name ?? (described as never), change.id)}</span>
        <code>{change.id}</code>
        <span className="muted">{t('rules.place', { place: place + 1 })}</span>
      </p>
      {change.kind === 'MOVED' ? <p>{t('rules.moved', { from: (change.fromIndex ?? 0) + 1, to: (change.toIndex ?? 0) + 1 })}</p> : null}
      {(change.kind === 'ADDED' || isGone) && kind === 'rules' ? <p className={isGone ? 'change-before' : 'change-after'}>{ruleSentence(entryOf(document, kind, change), document, text)}</p> : null}
      {change.fields.length === 0 ? null : <Lines lines={entryLines(kind, change, documents, text)} />}
    </li>
  );
}

function Lines({ lines }: { readonly lines: readonly ChangeLine[] }): ReactNode {
  const { t } = useText();
  return (
    <dl className="change-lines">
      {lines.map(({ label, before, after }) => (
        <div key={label}>
          <dt>{label}</dt>
          {before === undefined && after === undefined ? <dd /> : <dd>
            <del className="change-before">{before ?? t('rules.none')}</del>
            <span aria-hidden="true"> → </span>
            <span className="visually-hidden">{t('rules.becomes')}</span>
            <ins className="change-after">{after ?? t('rules.none')}</ins>
          </dd>}
        </div>
      ))}
    </dl>
  );
}
