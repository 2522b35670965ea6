import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import { modifyInstanceDocument } from './documents.ts';
import type { OperationProps } from './hold-operations.tsx';
import { hasMoved, inMode, inRun, lackOf, pick, pickable, picksToken, runsAround, toModifyInstructions, undo, type MoveMode, type MovePlan, type Token } from './move-plan.ts';
import { hintOf, instructionWords, nameById } from './move-words.ts';
import { OperationForm } from './operation-form.tsx';
import { variablesOf, type VariableRow } from './variable-rows.ts';
import { useDeclaredVariables, VariablesField } from './variables-field.tsx';

const modes: readonly MoveMode[] = ['move', 'start', 'end'];

export interface MoveOperationProps extends OperationProps {
  readonly graph: ProcessGraph;
  readonly plan: MovePlan;
  readonly onPlan: (plan: MovePlan) => void;
  readonly onAccepted: () => void;
}

/** Moves where the case stands: picked in the picture or here by name, collected, undone line by line, then sent as one. */
export function MoveOperation({ graph, plan, onPlan, ...props }: MoveOperationProps): ReactNode {
  const { t } = useText();
  const { instance } = props;
  const [rows, setRows] = useState<readonly VariableRow[]>([]);
  const [before, setBefore] = useState<readonly Token[]>(instance.activeElements);
  const variables = variablesOf(rows, useDeclaredVariables(instance.id, rows.length === 0));
  const lack = lackOf(plan, instance.activeElements, graph);
  return (
    <OperationForm
      {...props}
      title={t('operate.move')}
      effect={<p>{t('operate.move.effect')}</p>}
      action={t('operate.move.action', { count: plan.instructions.length })}
      document={modifyInstanceDocument}
      input={variables === undefined ? undefined : { instructions: toModifyInstructions(plan), ...(rows.length === 0 ? {} : { variables }) }}
      missing={lack === undefined ? (variables === undefined ? t('operate.variables.missing') : undefined) : t(`operate.move.lack.${lack}`)}
      hasTakenEffect={hasMoved(plan, before, instance.activeElements)}
      outcome={t('operate.move.done')}
      onSend={() => setBefore(instance.activeElements)}
    >
      {(editable) => (
        <>
          {editable ? <Picker graph={graph} plan={plan} onPlan={onPlan} tokens={instance.activeElements} /> : null}
          <InstructionList graph={graph} plan={plan} onPlan={editable ? onPlan : undefined} instance={instance} />
          {editable ? <VariablesField instanceId={instance.id} rows={rows} onChange={setRows} /> : null}
        </>
      )}
    </OperationForm>
  );
}

interface PickerProps {
  readonly graph: ProcessGraph;
  readonly plan: MovePlan;
  readonly onPlan: (plan: MovePlan) => void;
  readonly tokens: readonly Token[];
}

/** What to pick next, with the same choice by name for those who do not use the picture. */
function Picker({ graph, plan, onPlan, tokens }: PickerProps): ReactNode {
  const text = useText();
  const { t } = text;
  const label = t(picksToken(plan) ? 'operate.move.pickToken' : 'operate.move.pickTarget');
  const choices = [...pickable(plan, tokens, graph)].map((id) => ({ value: id, label: nameById(graph, id, text), parent: graph.byId.get(id)?.parentId }));
  return (
    <>
      <Segments label={t('operate.move.mode')} value={plan.mode} onChange={(mode) => onPlan(inMode(plan, mode))} options={modes.map((mode) => ({ value: mode, label: t(`operate.move.mode.${mode}`) }))} />
      <p className="operation-hint" role="status">
        {hintOf(plan, graph, text)}
      </p>
      <Select
        aria-label={label}
        className="operation-pick"
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        placeholder={label}
        onChange={(id: string | null) => (id === null ? undefined : onPlan(pick(plan, id, tokens, graph)))}
        options={choices.map(({ value, label: name, parent }) => ({ value, label: parent === undefined ? name : t('operate.inside', { name, scope: nameById(graph, parent, text) }) }))}
      />
    </>
  );
}

interface InstructionListProps {
  readonly graph: ProcessGraph;
  readonly plan: MovePlan;
  readonly onPlan: ((plan: MovePlan) => void) | undefined;
  readonly instance: OperationProps['instance'];
}

/** The moves collected so far, in order, the last of which can be taken back. */
function InstructionList({ graph, plan, onPlan, instance }: InstructionListProps): ReactNode {
  const text = useText();
  const { t } = text;
  if (plan.instructions.length === 0 && plan.taken === undefined) return null;
  return (
    <div className="instructions">
      <ol aria-label={t('operate.move.list')}>
        {plan.instructions.map((instruction, index) => {
          const runs = instruction.kind === 'start' ? runsAround(instruction.to, instance.activeElements, graph) : [];
          return (
            <li key={index}>
              {instructionWords(instruction, graph, text)}
              {onPlan !== undefined && instruction.kind === 'start' && runs.length > 1 ? (
                <Select
                  aria-label={t('operate.move.run')}
                  placeholder={t('operate.move.run')}
                  value={instruction.ancestorId ?? null}
                  onChange={(ancestorId: string | null) => (ancestorId === null ? undefined : onPlan(inRun(plan, index, ancestorId)))}
                  options={runs.map((run, at) => ({ value: run.elementInstanceId, label: t('operate.move.runSince', { number: at + 1, time: run.since === null ? '' : text.dateTime(run.since) }) }))}
                />
              ) : null}
            </li>
          );
        })}
      </ol>
      {onPlan === undefined ? null : (
        <Button size="small" onClick={() => onPlan(undo(plan))}>
          {t('operate.move.undo')}
        </Button>
      )}
    </div>
  );
}
