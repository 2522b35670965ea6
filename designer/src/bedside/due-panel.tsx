import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { State } from '../status/state.ts';
import { DoseLine } from './dose-line.tsx';
import { groupDoses, type Dose, type DueGroup } from './due-list.ts';

const marks: Readonly<Record<DueGroup, State>> = { overdue: 'overdue', now: 'running', later: 'waiting' };
const atOnce = 30;

export interface DuePanelProps {
  readonly doses: readonly Dose[];
  readonly chosenTaskId: string | undefined;
  readonly onChoose: (taskId: string) => void;
}

/** The patient's due list; tapping a line says which one comes next, the scan decides. */
export function DuePanel({ doses, chosenTaskId, onChoose }: DuePanelProps): ReactNode {
  const { t } = useText();
  const now = useNow();
  const groups = groupDoses(doses.slice(0, atOnce), now);
  return (
    <section aria-label={t('bedside.due')} className="due">
      <h2>
        {t('bedside.due')} {doses.length > 0 ? <span className="muted">{doses.length}</span> : null}
      </h2>
      {doses.length === 0 ? <p className="muted">{t('bedside.due.none')}</p> : null}
      {groups.map(({ group, doses: list }) => (
        <div key={group}>
          <h3>
            <StateMark state={marks[group]}>{t(`bedside.due.${group}`)}</StateMark>
          </h3>
          <ul aria-label={t(`bedside.due.${group}`)}>
            {list.map((dose) => (
              <li key={dose.task.id}>
                <button type="button" className="due-line" aria-pressed={dose.task.id === chosenTaskId} onClick={() => onChoose(dose.task.id)}>
                  <DoseLine dose={dose} />
                  {dose.task.id === chosenTaskId ? <span className="new-mark">{t('bedside.due.chosen')}</span> : null}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {doses.length > atOnce ? <p className="muted">{t('bedside.due.more', { count: doses.length - atOnce })}</p> : null}
    </section>
  );
}
