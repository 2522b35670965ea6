import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { ProcessGraph } from '../../instances/picture/process-graph.ts';
import type { OperationProps } from '../hold-operations.tsx';
import { canBegin } from '../move-plan.ts';
import { nameById } from '../move-words.ts';
import { OperationForm } from '../operation-form.tsx';
import { phaseOf } from '../operations.ts';
import { variablesOf, type VariableRow } from '../variable-rows.ts';
import { useDeclaredVariables, VariablesField } from '../variables-field.tsx';
import { reopenInstanceDocument } from './documents.ts';
import { toggled } from './reopen-plan.ts';

export interface ReopenOperationProps extends OperationProps {
  readonly graph: ProcessGraph;
  /** The steps at which the case goes on. */
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly onAccepted: () => void;
}

/** Lets an ended case go on at steps that are picked in the picture or by name. */
export function ReopenOperation({ graph, chosen, onChoose, ...props }: ReopenOperationProps): ReactNode {
  const text = useText();
  const { t } = text;
  const { instance } = props;
  const [rows, setRows] = useState<readonly VariableRow[]>([]);
  const variables = variablesOf(rows, useDeclaredVariables(instance.id, rows.length === 0));
  const options = graph.elements.filter((element) => canBegin(element) && !chosen.includes(element.id)).map(({ id, parentId }) => ({ value: id, label: parentId === undefined ? nameById(graph, id, text) : t('operate.inside', { name: nameById(graph, id, text), scope: nameById(graph, parentId, text) }) }));
  return (
    <OperationForm
      {...props}
      title={t('reopen.title')}
      effect={<p>{t('reopen.effect')}</p>}
      action={t('reopen.action')}
      document={reopenInstanceDocument}
      input={variables === undefined ? undefined : { elementIds: chosen, ...(rows.length === 0 ? {} : { variables }) }}
      missing={chosen.length === 0 ? t('reopen.missing') : variables === undefined ? t('operate.variables.missing') : undefined}
      hasTakenEffect={phaseOf(instance.status) !== 'ended'}
      outcome={t('reopen.done')}
    >
      {(editable) => (
        <>
          {editable ? (
            <>
              <p className="operation-hint">{t('reopen.hint')}</p>
              <Select className="operation-pick" aria-label={t('reopen.pick')} placeholder={t('reopen.pick')} showSearch={{ optionFilterProp: 'label' }} value={null} onChange={(id: string | null) => (id === null ? undefined : onChoose(toggled(chosen, id, graph)))} options={options} />
            </>
          ) : null}
          {chosen.length === 0 ? null : (
            <div className="instructions">
              <ol aria-label={t('reopen.list')}>
                {chosen.map((id) => (
                  <li key={id}>
                    {nameById(graph, id, text)}{' '}
                    {editable ? (
                      <Button size="small" aria-label={`${t('reopen.remove')}: ${nameById(graph, id, text)}`} onClick={() => onChoose(toggled(chosen, id, graph))}>
                        {t('reopen.remove')}
                      </Button>
                    ) : null}
                  </li>
                ))}
              </ol>
            </div>
          )}
          {editable ? <VariablesField instanceId={instance.id} rows={rows} onChange={setRows} /> : null}
        </>
      )}
    </OperationForm>
  );
}
