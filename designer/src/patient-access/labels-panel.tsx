import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { Segments } from '../app/segments.tsx';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { labelPatientDocument, labelsDocument, removeLabelDocument } from './documents.ts';
import { labelCodes, type LabelCode, type SensitivityLabel } from './model.ts';

/** Who sets and removes each label; the server decides again. */
const setters: Readonly<Record<LabelCode, string>> = { HIV: 'doctor', PSY: 'doctor', CEL: 'privacy-officer' };

/** 敏感标识 of a patient: what is set, by whom; set and removed with a reason. */
export function LabelsPanel({ patientId }: { readonly patientId: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const [result, again] = useQuery({ query: labelsDocument, variables: { patientId }, requestPolicy: 'cache-and-network' });
  const [isSetting, setSetting] = useState(false);
  const [removing, setRemoving] = useState<SensitivityLabel | undefined>();
  const mine = labelCodes.filter((code) => viewer.roles.includes(setters[code]));
  const labels = result.data?.sensitivityLabels ?? [];
  const free = mine.filter((code) => !labels.some((label) => label.code === code));
  const refresh = (): void => again({ requestPolicy: 'network-only' });
  return (
    <section className="card" aria-label={t('labels.title')}>
      <h2>{t('labels.title')}</h2>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {result.data !== undefined && labels.length === 0 ? <p className="muted">{t('labels.none')}</p> : null}
      <ul className="plain-list">
        {labels.map((label) => (
          <li key={label.id} className="row-actions" data-label={label.code}>
            <strong>{t(`labels.code.${label.code}`)}</strong>
            <span>{label.reason}</span>
            <span className="muted">
              {label.setBy.displayName}, {text.dateTime(label.setAt)}
            </span>
            {mine.includes(label.code) ? (
              <Button size="small" onClick={() => setRemoving(label)}>
                {t('labels.remove')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {free.length === 0 ? null : <Button onClick={() => setSetting(true)}>{t('labels.set')}</Button>}
      {isSetting ? (
        <SetDialog
          patientId={patientId}
          codes={free}
          onClose={(done) => {
            setSetting(false);
            if (done) refresh();
          }}
        />
      ) : null}
      {removing === undefined ? null : (
        <RemoveDialog
          label={removing}
          onClose={(done) => {
            setRemoving(undefined);
            if (done) refresh();
          }}
        />
      )}
    </section>
  );
}

function SetDialog({ patientId, codes, onClose }: { readonly patientId: string; readonly codes: readonly LabelCode[]; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [code, setCode] = useState<LabelCode | undefined>(codes.length === 1 ? codes[0] : undefined);
  const [intention] = useState(() => new Intention());
  return (
    <ReasonDialog
      title={t('labels.set')}
      effect={t('labels.setEffect')}
      action={t('labels.set')}
      missing={code === undefined ? t('labels.choose') : undefined}
      onClose={onClose}
      onAct={(reason) => {
        const content = { patientId, code: code ?? 'CEL', reason };
        return sendCommand(client, labelPatientDocument, { input: { ...content, idempotencyKey: intention.keyFor(content) } });
      }}
    >
      <p>
        <Segments label={t('labels.title')} value={code} onChange={setCode} options={codes.map((value) => ({ value, label: t(`labels.code.${value}`) }))} />
      </p>
    </ReasonDialog>
  );
}

function RemoveDialog({ label, onClose }: { readonly label: SensitivityLabel; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [intention] = useState(() => new Intention());
  return (
    <ReasonDialog
      title={t('labels.remove')}
      effect={t('labels.removeEffect', { label: t(`labels.code.${label.code}`) })}
      action={t('labels.remove')}
      onClose={onClose}
      onAct={(reason) => sendCommand(client, removeLabelDocument, { input: { labelId: label.id, reason, idempotencyKey: intention.keyFor([label.id, reason]) } })}
    />
  );
}
