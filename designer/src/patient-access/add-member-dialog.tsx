import { Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { Segments } from '../app/segments.tsx';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { addMemberDocument, carersDocument } from './documents.ts';
import { careTeamReasons, type Carer, type CareTeamReason } from './model.ts';

const dayMs = 86_400_000;
const lengths = [1, 7, 30] as const;

/** Finds a carer by name, and says why and for how long. */
export function AddMemberDialog({ patientId, onClose }: { readonly patientId: string; readonly onClose: (done: boolean) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const [name, setName] = useState('');
  const [carers, setCarers] = useState<readonly Carer[] | undefined>();
  const [chosen, setChosen] = useState<string | undefined>();
  const [reason, setReason] = useState<CareTeamReason>('CONSULTATION');
  const [days, setDays] = useState<string>('7');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const [intention] = useState(() => new Intention());

  async function find(): Promise<void> {
    if ([...name.trim()].length < 2) return;
    const { data } = await client.query(carersDocument, { text: name.trim() }, { requestPolicy: 'network-only' }).toPromise();
    setCarers(data?.findCarers ?? []);
  }

  async function add(userId: string): Promise<void> {
    setBusy(true);
    // A little less than the longest, so that the way to the server does not make it longer.
    const validUntil = new Date(Date.now() + Number(days) * dayMs - 60_000).toISOString();
    const outcome = await sendCommand(client, addMemberDocument, { input: { patientId, userId, reasonCode: reason, validUntil, idempotencyKey: intention.keyFor([userId, reason, validUntil]) } });
    setBusy(false);
    if (outcome.kind === 'accepted') onClose(true);
    else setResult(outcome);
  }

  return (
    <Modal
      open
      title={t('team.add')}
      onCancel={() => onClose(false)}
      footer={
        <div className="row-actions end">
          <Button onClick={() => onClose(false)}>{t('common.keep')}</Button>
          <Button type="primary" disabled={chosen === undefined} loading={busy} onClick={() => (chosen === undefined ? undefined : void add(chosen))}>
            {t('team.addAction')}
          </Button>
        </div>
      }
    >
      <p>{t('team.effect')}</p>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      <form
        className="find-form"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <Input aria-label={t('team.name')} placeholder={t('team.name')} value={name} maxLength={64} onChange={(event) => setName(event.target.value)} />
        <Button htmlType="submit">{t('access.find')}</Button>
      </form>
      {carers?.length === 0 ? <p className="muted">{t('team.nobody')}</p> : null}
      <div className="choices" role="radiogroup" aria-label={t('team.name')}>
        {carers?.map((carer) => (
          <label key={carer.id} className="choice">
            <input type="radio" name="carer" checked={carer.id === chosen} onChange={() => setChosen(carer.id)} /> <strong>{carer.displayName}</strong> <span className="muted">{roleNames(carer.roles, text)} {text.of(carer.unitName, '')}</span>
          </label>
        ))}
      </div>
      <div className="field">
        <span>{t('common.reason')}</span>
        <Segments label={t('common.reason')} value={reason} onChange={setReason} options={careTeamReasons.map((value) => ({ value, label: t(`team.reason.${value}`) }))} />
      </div>
      <div className="field">
        <span>{t('team.length')}</span>
        <Segments label={t('team.length')} value={days} onChange={setDays} options={lengths.map((value) => ({ value: String(value), label: t('team.days', { days: value }) }))} />
      </div>
    </Modal>
  );
}
