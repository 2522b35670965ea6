import { Button } from 'antd';
import { memo, useState, type ReactNode } from 'react';
import type { LocalizedText, RuleOutput } from '#rules';
import { outputLoss, rowsInWords, type RuleTable, type TableEdit } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import { columnWords } from '../column-words.ts';
import { OutputFields } from './output-fields.tsx';

export interface OutputsPanelProps {
  readonly table: RuleTable;
  readonly isReadOnly: boolean;
  /** Gives why an edit cannot be done. */
  readonly onEdit: (edit: TableEdit) => LocalizedText | undefined;
}

/** What is open below a result: its fields, or the question whether it goes; an empty name is that of a new one. */
interface Opened {
  readonly name: string;
  readonly asks: 'fields' | 'removal';
}

/** 结果: what the rules give, each with type, unit, allowed values and default. A change is one step of the table's undo. */
export const OutputsPanel = memo(function OutputsPanel({ table, isReadOnly, onEdit }: OutputsPanelProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const [isShown, setIsShown] = useState(false);
  const [opened, setOpened] = useState<Opened | undefined>();
  const [refused, setRefused] = useState<LocalizedText | undefined>();
  const outputs = table.columns.flatMap((column, place) => (column.kind === 'output' ? [{ column, output: column.output, place }] : []));
  const close = (): void => setOpened(undefined);

  function act(edit: TableEdit): LocalizedText | undefined {
    const problem = onEdit(edit);
    if (problem === undefined) close();
    return problem;
  }

  function fieldsOf(before: RuleOutput | undefined): ReactNode {
    const others = outputs.flatMap(({ output }) => (output === before ? [] : [output]));
    return <OutputFields key={before?.name ?? ''} before={before} others={others} onSave={(output) => act(before ? { type: 'changeOutput', name: before.name, output } : { type: 'addOutput', output })} onClose={close} />;
  }

  /** Asks for a removal, with what goes with it. */
  function removalOf(output: RuleOutput, name: string): ReactNode {
    const loss = outputLoss(table, output.name);
    const rows = loss?.rows ?? [];
    return (
      <div className="rule-declared-form" role="group" aria-label={t('ruleTable.outputs.removeOne', { name })}>
        <p className="rule-declared-lead">
          {rows.length === 0 ? t('ruleTable.outputs.losesNothing', { name }) : t('ruleTable.outputs.loses', { name, count: rows.length, rows: of(rowsInWords(rows)) })}
          {loss?.default === undefined ? null : <> {t('ruleTable.outputs.losesDefault', { value: JSON.stringify(loss.default) })}</>}
        </p>
        <div className="rule-tools">
          <Button onClick={() => setRefused(act({ type: 'removeOutput', name: output.name }))}>{t('ruleTable.outputs.removeWithCells')}</Button>
          <Button onClick={close}>{t('common.keep')}</Button>
        </div>
      </div>
    );
  }

  return (
    <details className="rule-declared" onToggle={(event) => setIsShown(event.currentTarget.open)}>
      <summary>{t('ruleTable.outputs', { count: outputs.length })}</summary>
      {isShown ? (
        <>
          <ul aria-label={t('ruleTable.outputs.title')}>
            {outputs.map(({ column, output, place }, index) => {
              const { name, detail } = columnWords(column, table.head, text);
              const asked = !isReadOnly && opened?.name === output.name ? opened.asks : undefined;
              const move = (by: -1 | 1): void => setRefused(onEdit({ type: 'moveColumn', from: place, to: place + by }));
              return (
                <li key={output.name} data-output={output.name}>
                  <span>{name} <span className="small muted">{detail}{output.default === undefined ? '' : ` · ${t('ruleTable.outputs.otherwise', { value: JSON.stringify(output.default) })}`}</span></span>
                  {isReadOnly ? null : (
                    <span className="rule-tools">
                      <Button size="small" aria-label={t('ruleTable.outputs.moveUp', { name })} disabled={index === 0} onClick={() => move(-1)}>↑</Button>
                      <Button size="small" aria-label={t('ruleTable.outputs.moveDown', { name })} disabled={index === outputs.length - 1} onClick={() => move(1)}>↓</Button>
                      <Button size="small" aria-label={t('ruleTable.outputs.change', { name })} aria-expanded={asked === 'fields'} onClick={() => setOpened({ name: output.name, asks: 'fields' })}>{t('ruleTable.inputs.changeIt')}</Button>
                      <Button size="small" aria-label={t('ruleTable.outputs.removeOne', { name })} aria-expanded={asked === 'removal'} onClick={() => setOpened({ name: output.name, asks: 'removal' })}>{t('ruleTable.inputs.remove')}</Button>
                    </span>
                  )}
                  {asked === 'fields' ? fieldsOf(output) : asked === 'removal' ? removalOf(output, name) : null}
                </li>
              );
            })}
          </ul>
          <p className="field-error" role="alert">{refused === undefined ? '' : of(refused)}</p>
          {isReadOnly ? null : opened?.name === '' ? fieldsOf(undefined) : <Button size="small" onClick={() => setOpened({ name: '', asks: 'fields' })}>{t('ruleTable.outputs.add')}</Button>}
        </>
      ) : null}
    </details>
  );
});
