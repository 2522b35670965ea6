import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { IncidentCard } from '../exceptions/incident-card.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { cancelInstanceDocument, type InstanceDetail } from './documents.ts';

/** Exceptions to resolve, and stopping the case. Each action previews its effect and asks for a reason. */
export function InstanceActions({ instance, onChanged }: { readonly instance: InstanceDetail; readonly onChanged: () => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const viewer = useViewer();
  const [stopping, setStopping] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [intention] = useState(() => new Intention());
  const isOpen = instance.status === 'running' || instance.status === 'created';
  const open = instance.incidents.filter((incident) => incident.resolvedAt === null);
  const mayStop = viewer.roles.includes('operator') || viewer.roles.includes('doctor');
  const openTasks = instance.tasks.filter((task) => task.status === 'open').length;

  return (
    <>
      {open.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} onChanged={onChanged} />
      ))}
      {stopped && isOpen ? <p className="notice">{t('instance.cancelled')}</p> : null}
      {!isOpen ? <p className="muted">{t('instance.noActions')}</p> : mayStop ? <Button onClick={() => setStopping(true)}>{t('instance.cancel')}</Button> : open.length === 0 ? <p className="muted">{t('instance.notAllowed')}</p> : null}
      {stopping ? (
        <ReasonDialog
          title={t('instance.cancel')}
          effect={t('instance.cancelEffect', { tasks: openTasks })}
          action={t('instance.cancel')}
          onAct={async (reason) => {
            const result = await sendCommand(client, cancelInstanceDocument, { input: { instanceId: instance.id, reason, idempotencyKey: intention.keyFor(reason) } });
            if (result.kind !== 'problem') intention.answered();
            return result;
          }}
          onClose={(done) => {
            setStopping(false);
            if (!done) return;
            setStopped(true);
            onChanged();
          }}
        />
      ) : null}
    </>
  );
}
