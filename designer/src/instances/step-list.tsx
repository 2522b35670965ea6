import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { stateKey } from '../status/state.ts';
import type { ElementState } from './picture/element-states.ts';
import { elementName, kindWord } from './picture/element-words.ts';
import type { ProcessGraph } from './picture/process-graph.ts';

export interface StepListProps {
  readonly graph: ProcessGraph;
  readonly states: ReadonlyMap<string, ElementState>;
  readonly selectedId: string | undefined;
}

/** The picture in words: every named step with its state, in the order of the definition. */
export function StepList({ graph, states, selectedId }: StepListProps): ReactNode {
  const text = useText();
  const now = useNow();
  const { t } = text;
  const steps = graph.elements.filter((element) => element.name !== '' || (states.get(element.id)?.state ?? 'idle') !== 'idle');
  return (
    <details className="step-list">
      <summary>{t('instance.outline')}</summary>
      <ol>
        {steps.map((element) => {
          const state = states.get(element.id);
          const parent = element.parentId === undefined ? undefined : graph.byId.get(element.parentId);
          return (
            <li key={element.id} aria-current={element.id === selectedId ? 'step' : undefined}>
              <StateMark state={state?.state ?? 'idle'}>
                {t(stateKey(state?.state ?? 'idle'))}
                {state === undefined || state.completed < 2 ? '' : ` · ${t('element.times', { count: state.completed })}`}
                {state?.since === undefined || state.active === 0 ? '' : ` · ${text.duration(now - Date.parse(state.since))}`}
              </StateMark>
              <span>
                <span className="muted">{kindWord(element, text)}</span> {element.name}
                {parent === undefined ? null : <span className="muted small"> ({elementName(parent, text)})</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
