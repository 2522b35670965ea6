import { useState, type ReactNode } from 'react';
import '../app/styles/operate.css';
import { IncidentCard } from '../exceptions/incident-card.tsx';
import { Loading } from '../feedback/feedback.tsx';
import type { MessageKey } from '../i18n/messages.ts';
import { useText } from '../i18n/use-text.ts';
import type { InstanceDetail } from '../instances/documents.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import { CancelOperation, PauseOperation, ResumeOperation, type OperationProps } from './hold-operations.tsx';
import { MigrateOperation } from './migrate/migrate-operation.tsx';
import { ReopenOperation } from './migrate/reopen-operation.tsx';
import { MoveOperation } from './move-operation.tsx';
import { phaseOf, type Operation } from './operations.ts';
import type { Operating } from './use-operating.ts';

const names: Readonly<Record<Operation, { readonly name: MessageKey; readonly about: MessageKey }>> = {
  pause: { name: 'operate.pause', about: 'operate.pause.about' },
  resume: { name: 'operate.resume', about: 'operate.resume.about' },
  move: { name: 'operate.move', about: 'operate.move.about' },
  migrate: { name: 'migrate.title', about: 'migrate.about' },
  cancel: { name: 'instance.cancel', about: 'operate.cancel.about' },
  reopen: { name: 'reopen.title', about: 'reopen.about' },
};

export interface OperatePanelProps {
  readonly instance: InstanceDetail;
  readonly graph: ProcessGraph;
  readonly operating: Operating;
  readonly onChanged: () => void;
}

/** Exceptions to resolve, then what can be done to the case: a menu, or the operation that is open. */
export function OperatePanel({ instance, graph, operating, onChanged }: OperatePanelProps): ReactNode {
  const { t } = useText();
  const incidents = useIncidentsSeen(instance);
  const { offered, open, choose } = operating;
  const isOvertaken = open !== undefined && !offered.includes(open);
  const overtaken = !isOvertaken ? undefined : phaseOf(instance.status) === 'ended' ? t('operate.overtaken.ended', { state: t(`instance.ended.${instance.status as 'completed'}`) }) : t('operate.overtaken.changed');
  return (
    <>
      <div className="incidents" hidden={open !== undefined}>
        {incidents.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} isPaused={instance.status === 'paused'} onChanged={onChanged} />
        ))}
      </div>
      {open !== undefined ? (
        <OpenOperation key={open} operation={open} graph={graph} operating={operating} instance={instance} overtaken={overtaken} onChanged={onChanged} onClose={() => choose(undefined)} />
      ) : offered.length > 0 ? (
        <ul className="operation-menu" aria-label={t('operate.menu')}>
          {offered.map((operation) => (
            <li key={operation}>
              <button type="button" onClick={() => choose(operation)}>
                <strong>{t(names[operation].name)}</strong>
                <span className="muted">{t(names[operation].about)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : incidents.length > 0 ? null : (
        <p className="muted">{t('instance.noActions')}</p>
      )}
    </>
  );
}

function OpenOperation({ operation, graph, operating, ...props }: OperationProps & { readonly operation: Operation; readonly graph: ProcessGraph; readonly operating: Operating }): ReactNode {
  if (operation === 'pause') return <PauseOperation {...props} />;
  if (operation === 'resume') return <ResumeOperation {...props} />;
  if (operation === 'cancel') return <CancelOperation {...props} />;
  // These name steps: they wait for the definition.
  if (graph.elements.length === 0) return <Loading rows={4} />;
  if (operation === 'migrate') return <MigrateOperation {...props} graph={graph} />;
  if (operation === 'reopen') return <ReopenOperation {...props} graph={graph} chosen={operating.reopening} onChoose={operating.setReopening} onAccepted={operating.settle} />;
  return <MoveOperation {...props} graph={graph} plan={operating.plan} onPlan={operating.setPlan} onAccepted={operating.settle} />;
}

/** The exceptions that are open, and those that were when the page showed them: how one ended is seen where it was. */
function useIncidentsSeen({ incidents }: InstanceDetail): InstanceDetail['incidents'] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = incidents.filter(({ id, resolvedAt }) => resolvedAt === null && !seen.includes(id));
  if (fresh.length > 0) setSeen([...seen, ...fresh.map(({ id }) => id)]);
  return incidents.filter(({ id }) => seen.includes(id));
}
