import { Button } from 'antd';
import { memo, useState, type ReactNode } from 'react';
import type { LocalizedText, RuleInput } from '#rules';
import { inputColumn, type RuleTable, type TableEdit } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import { columnWords } from '../column-words.ts';
import { InputFields } from './input-fields.tsx';

export interface InputsPanelProps {
  readonly table: RuleTable;
  readonly isReadOnly: boolean;
  /** Gives why an edit cannot be done. */
  readonly onEdit: (edit: TableEdit) => LocalizedText | undefined;
}

/** 数据项: what the rules may read, each with unit, age and what missing means. A change is one step of the table's undo. */
export const InputsPanel = memo(function InputsPanel({ table, isReadOnly, onEdit }: InputsPanelProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const [isOpen, setIsOpen] = useState(false);
  /** The name of the input that is being changed; empty for a new one. */
  const [editing, setEditing] = useState<string | undefined>();
  const [refused, setRefused] = useState<LocalizedText | undefined>();
  const { inputs } = table.head;
  const changed = inputs.find(({ name }) => name === editing);

  function save(input: RuleInput, withColumn: boolean): LocalizedText | undefined {
    const problem = changed ? onEdit({ type: 'changeInput', name: changed.name, input }) : onEdit({ type: 'all', edits: [{ type: 'addInput', input }, ...(withColumn ? [{ type: 'addColumn' as const, at: table.columns.length, column: inputColumn([input], input.name, undefined) }] : [])] });
    if (problem === undefined) setEditing(undefined);
    return problem;
  }

  const form = isReadOnly || editing === undefined || (editing !== '' && !changed) ? null : (
    <InputFields key={editing} before={changed} others={inputs.filter((input) => input !== changed)} onSave={save} onClose={() => setEditing(undefined)} />
  );
  return (
    <details className="rule-declared" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('ruleTable.inputs', { count: inputs.length })}</summary>
      {isOpen ? (
        <>
          <ul aria-label={t('ruleTable.inputs.title')}>
            {inputs.map((input) => {
              const { name, detail } = columnWords({ ...inputColumn(inputs, input.name, undefined) }, table.head, text);
              return (
                <li key={input.name} data-input={input.name}>
                  <span>{name} <span className="small muted">{detail} · {t(`ruleTable.inputs.missing.${input.whenMissing?.policy ?? 'none'}`)}</span></span>
                  {isReadOnly ? null : (
                    <span className="rule-tools">
                      <Button size="small" aria-label={t('ruleTable.inputs.change', { name })} onClick={() => setEditing(input.name)}>{t('ruleTable.inputs.changeIt')}</Button>
                      <Button size="small" aria-label={t('ruleTable.inputs.removeOne', { name })} onClick={() => setRefused(onEdit({ type: 'removeInput', name: input.name }))}>{t('ruleTable.inputs.remove')}</Button>
                    </span>
                  )}
                  {changed === input ? form : null}
                </li>
              );
            })}
          </ul>
          <p className="field-error" role="alert">{refused === undefined ? '' : of(refused)}</p>
          {isReadOnly ? null : editing === '' ? form : <Button size="small" onClick={() => setEditing('')}>{t('ruleTable.inputs.add')}</Button>}
        </>
      ) : null}
    </details>
  );
});
