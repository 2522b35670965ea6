import { Button, Checkbox, Input, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { RuleTable, TableColumn } from '#rule-table';
import { Segments } from '../../app/segments.tsx';
import { useText } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';
import { freeFacts, newColumn, outputTypes, type NewColumnKind, type OutputType } from './new-column.ts';

export interface AddColumnProps {
  readonly table: RuleTable;
  /** `withCells`: as a copy of the column that the cursor is in. */
  readonly onAdd: (column: TableColumn, withCells: boolean) => void;
  readonly onClose: () => void;
}

/** Asks which column: a declared fact, a new result, or a note. */
export function AddColumn({ table, onAdd, onClose }: AddColumnProps): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const facts = freeFacts(table);
  const [kind, setKind] = useState<NewColumnKind>(facts.length > 0 ? 'input' : 'annotation');
  const [fact, setFact] = useState(facts[0] ?? '');
  const [name, setName] = useState('');
  const [type, setType] = useState<OutputType>('number');
  const [unit, setUnit] = useState('');
  const [withCells, setWithCells] = useState(false);
  const [tried, setTried] = useState(false);
  const asked = newColumn(table, { kind, name: kind === 'input' ? fact : name, type, unit });
  const problem = tried && 'problem' in asked ? asked.problem : undefined;
  return (
    <form
      className="rule-add-column"
      aria-label={t('ruleTable.addColumn')}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ('column' in asked) onAdd(asked.column, withCells);
      }}
    >
      <Segments label={t('ruleTable.newColumn.kind')} value={kind} options={(['input', 'output', 'annotation'] as const).map((value) => ({ value, label: t(`ruleTable.newColumn.${value}`) }))} onChange={setKind} />
      {kind === 'input' ? (
        <Select className="rule-fact-pick" aria-label={t('ruleTable.newColumn.input')} showSearch={{ optionFilterProp: 'label' }} value={fact === '' ? null : fact} placeholder={t('ruleTable.newColumn.noFacts')} onChange={setFact} options={facts.map((value) => ({ value, label: factWords(value, table, text) }))} />
      ) : (
        <Input aria-label={t('ruleTable.newColumn.name')} placeholder={t(kind === 'output' ? 'ruleTable.newColumn.outputName' : 'ruleTable.newColumn.name')} value={name} onChange={(event) => setName(event.target.value)} aria-invalid={problem !== undefined} aria-describedby={`${id}-problem`} {...(problem === undefined ? {} : { status: 'error' as const })} />
      )}
      {kind === 'output' ? (
        <>
          <Select className="rule-type-pick" aria-label={t('ruleTable.newColumn.type')} value={type} onChange={setType} options={outputTypes.map((value) => ({ value, label: t(`ruleTable.type.${value}`) }))} />
          {type === 'number' ? <Input className="rule-unit" aria-label={t('ruleTable.newColumn.unit')} placeholder={t('ruleTable.newColumn.unit')} value={unit} onChange={(event) => setUnit(event.target.value)} /> : null}
        </>
      ) : null}
      <Checkbox checked={withCells} onChange={(event) => setWithCells(event.target.checked)}>{t('ruleTable.newColumn.withCells')}</Checkbox>
      <Button type="primary" htmlType="submit">{t('ruleTable.addColumn')}</Button>
      <Button onClick={onClose}>{t('common.keep')}</Button>
      <span id={`${id}-problem`} className="field-error" role="status">
        {problem === undefined ? '' : t(problem === 'taken' ? 'ruleTable.newColumn.taken' : kind === 'annotation' ? 'ruleTable.newColumn.needsName' : kind === 'input' ? 'ruleTable.newColumn.noFacts' : 'ruleTable.newColumn.badName')}
      </span>
    </form>
  );
}

function factWords(fact: string, { head }: RuleTable, text: ReturnType<typeof useText>): string {
  const { name } = columnWords({ kind: 'input', fact, type: 'any' }, head, text);
  return name === fact ? fact : `${name} (${fact})`;
}
