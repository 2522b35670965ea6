import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import '../app/styles/operate.css';
import { useQuery } from 'urql';
import type { VariableDeclaration } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { declaredVariablesDocument } from './documents.ts';
import { parseTyped, type VariableRow } from './variable-rows.ts';

function nameOf({ name, description }: VariableDeclaration, text: Text): string {
  const words = text.lookup(`fact.${name}`, text.of(description));
  return words === '' ? name : `${words} (${name})`;
}

function ValueInput({ type, row, onChange, label }: { readonly type: string; readonly row: VariableRow; readonly onChange: (typed: string) => void; readonly label: string }): ReactNode {
  const { t } = useText();
  if (type === 'boolean') {
    return <Select aria-label={label} value={row.typed === '' ? null : row.typed} placeholder={t('operate.variables.value')} onChange={onChange} options={[{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]} />;
  }
  if (type === 'object' || type === 'list') return <Input.TextArea aria-label={label} rows={3} spellCheck={false} value={row.typed} placeholder={type === 'list' ? '[…]' : '{ … }'} onChange={(event) => onChange(event.target.value)} />;
  const kind = type === 'date' ? 'date' : type === 'dateTime' ? 'datetime-local' : 'text';
  return <Input aria-label={label} type={kind} inputMode={type === 'number' ? 'decimal' : 'text'} value={row.typed} onChange={(event) => onChange(event.target.value)} />;
}

export interface VariablesFieldProps {
  readonly instanceId: string;
  readonly rows: readonly VariableRow[];
  readonly onChange: (rows: readonly VariableRow[]) => void;
}

/** The variables that the case's version declares; not asked for while `isIdle`. */
export function useDeclaredVariables(instanceId: string, isIdle: boolean): readonly VariableDeclaration[] {
  const [result] = useQuery({ query: declaredVariablesDocument, variables: { id: instanceId }, pause: isIdle });
  return result.data?.processInstance?.definition.variables ?? [];
}

/** Values to set before the case goes on: each of the type that the process declares. What stands there now is not shown to who may not see it. */
export function VariablesField({ instanceId, rows, onChange }: VariablesFieldProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [isOpen, setIsOpen] = useState(rows.length > 0);
  const declared = useDeclaredVariables(instanceId, !isOpen);
  const free = declared.filter(({ name }) => rows.every((row) => row.name !== name));
  const change = (index: number, row: VariableRow): void => onChange(rows.map((each, at) => (at === index ? row : each)));
  return (
    <details className="variables-field" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('operate.variables')} {rows.length === 0 ? <span className="muted">({t('common.optional')})</span> : rows.length}</summary>
      <p className="muted small">{t('operate.variables.help')}</p>
      {rows.map((row, index) => {
        const declaration = declared.find(({ name }) => name === row.name);
        const type = declaration?.type ?? 'string';
        const label = declaration === undefined ? row.name : nameOf(declaration, text);
        const parsed = parseTyped(type, row.typed);
        return (
          <div key={row.name} className="variable-row">
            <span>
              {label} <span className="muted small">{text.lookup(`operate.type.${type}`, type)}</span>
            </span>
            <ValueInput type={type} row={row} label={label} onChange={(typed) => change(index, { ...row, typed })} />
            <Button size="small" onClick={() => onChange(rows.filter((_row, at) => at !== index))} aria-label={`${t('operate.variables.remove')}: ${label}`}>
              {t('operate.variables.remove')}
            </Button>
            {'problem' in parsed && parsed.problem !== 'empty' ? <span className="field-error">{t(`operate.variables.${parsed.problem}`)}</span> : null}
          </div>
        );
      })}
      {free.length === 0 ? null : (
        <Select aria-label={t('operate.variables.add')} showSearch={{ optionFilterProp: 'label' }} value={null} placeholder={t('operate.variables.add')} onChange={(name: string | null) => (name === null ? undefined : onChange([...rows, { name, typed: '' }]))} options={free.map((each) => ({ value: each.name, label: nameOf(each, text) }))} />
      )}
    </details>
  );
}
