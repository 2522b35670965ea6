import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { ProcessGraph } from '../../instances/picture/process-graph.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { nameById } from '../move-words.ts';
import { searchRows, targetsFor, type MappingRow } from './mapping-rows.ts';

export interface MappingTableProps {
  readonly rows: readonly MappingRow[];
  readonly source: ProcessGraph;
  readonly target: ProcessGraph;
  /** Undefined once nothing can be changed any more. */
  readonly onEdit: ((elementId: string, targetElementId: string | null) => void) | undefined;
}

const nowhere = '';

/** 步骤映射: where each step goes, with what stands against it at its row. One row at a time is open for change. */
export function MappingTable({ rows, source, target, onEdit }: MappingTableProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | undefined>();
  const shown = searchRows(rows, words, (row) => `${nameById(source, row.elementId, text)} ${row.targetElementId === null ? '' : nameById(target, row.targetElementId, text)}`);
  return (
    <>
      <Input allowClear aria-label={t('migrate.search')} placeholder={t('migrate.search')} value={words} onChange={(event) => setWords(event.target.value)} />
      <div className="mapping-scroll" tabIndex={0} role="region" aria-label={t('migrate.table')}>
        <table className="mapping">
          <caption className="visually-hidden">{t('migrate.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('migrate.from')}</th>
              <th scope="col">{t('migrate.to')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.elementId} data-element={row.elementId} data-changed={row.isChanged} data-edited={row.isEdited}>
                <th scope="row">
                  {nameById(source, row.elementId, text)}
                  {row.isActive ? (
                    <StateMark state="running">{t('migrate.active')}</StateMark>
                  ) : null}
                </th>
                <td>
                  {open === row.elementId && onEdit !== undefined ? (
                    <TargetSelect row={row} source={source} target={target} onChoose={(targetElementId) => {
                      setOpen(undefined);
                      if (targetElementId !== row.targetElementId) onEdit(row.elementId, targetElementId);
                    }} />
                  ) : (
                    <span className="mapping-target">
                      <span className={row.targetElementId === null ? 'field-error' : undefined}>{row.targetElementId === null ? t('migrate.nowhere') : nameById(target, row.targetElementId, text)}</span>
                      {row.isEdited ? <span className="chip">{t('migrate.edited')}</span> : row.isChanged ? <span className="chip">{t('migrate.changed')}</span> : null}
                      {onEdit === undefined ? null : (
                        <button type="button" className="text-button" aria-label={`${t('migrate.change')}: ${nameById(source, row.elementId, text)}`} onClick={() => setOpen(row.elementId)}>
                          {t('migrate.change')}
                        </button>
                      )}
                    </span>
                  )}
                  {row.findings.map((finding, index) => (
                    <p key={index} className="mapping-finding">
                      <StateMark state="failed" bare /> {text.of(finding.message)}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <p className="muted">{t('migrate.noRows')}</p> : null}
      </div>
    </>
  );
}

function TargetSelect({ row, source, target, onChoose }: { readonly row: MappingRow; readonly source: ProcessGraph; readonly target: ProcessGraph; readonly onChoose: (targetElementId: string | null) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const { alike, others } = targetsFor(row.elementId, source, target);
  const option = (id: string) => {
    const parentId = target.byId.get(id)?.parentId;
    const name = nameById(target, id, text);
    return { value: id, label: parentId === undefined ? name : t('operate.inside', { name, scope: nameById(target, parentId, text) }) };
  };
  return (
    <Select
      autoFocus
      defaultOpen
      className="operation-pick"
      aria-label={t('migrate.to')}
      showSearch={{ optionFilterProp: 'label' }}
      value={row.targetElementId}
      placeholder={t('migrate.nowhere')}
      onChange={(id: string | null) => onChoose(id === nowhere ? null : id)}
      onBlur={() => onChoose(row.targetElementId)}
      options={[{ label: t('migrate.alike'), options: alike.map(option) }, { label: t('migrate.others'), options: others.map(option) }, { value: nowhere, label: t('migrate.nowhere') }]}
    />
  );
}
