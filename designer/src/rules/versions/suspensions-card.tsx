import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNow } from '../../app/clock.ts';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { confirmSuspensionDocument, liftSuspensionDocument } from '../commands.ts';
import type { RuleSetDetail, Suspension } from '../model.ts';
import { inForce } from '../rules-list.ts';
import { SuspensionMark } from '../rule-set-marks.tsx';
import { useCommand } from '../use-command.ts';

export interface SuspensionsCardProps {
  readonly ruleSet: RuleSetDetail;
  readonly onChanged: () => void;
}

/** Rules that only advise because somebody suspended them, with what a second person can do; those lifted are folded away. */
export function SuspensionsCard({ ruleSet, onChanged }: SuspensionsCardProps): ReactNode {
  const { t } = useText();
  const current = inForce(ruleSet.suspensions);
  const lifted = ruleSet.suspensions.filter(({ status }) => status === 'LIFTED');
  if (ruleSet.suspensions.length === 0) return null;
  return (
    <section className="card" aria-label={t('rules.suspensions')}>
      <h2>{t('rules.suspensions')}</h2>
      {current.length === 0 ? <p className="muted">{t('rules.suspensions.none')}</p> : null}
      <ul className="plain-list">
        {current.map((suspension) => (
          <SuspensionItem key={suspension.id} suspension={suspension} maySuspend={ruleSet.viewerCan.suspend} onChanged={onChanged} />
        ))}
      </ul>
      {lifted.length === 0 ? null : (
        <details className="rule-lines">
          <summary>{t('rules.suspensions.lifted', { count: lifted.length })}</summary>
          <ul className="plain-list">
            {lifted.map((suspension) => (
              <SuspensionItem key={suspension.id} suspension={suspension} maySuspend={false} onChanged={onChanged} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SuspensionItem({ suspension, maySuspend, onChanged }: { readonly suspension: Suspension; readonly maySuspend: boolean; readonly onChanged: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const viewer = useViewer();
  const [open, setOpen] = useState<'confirm' | 'lift' | undefined>();
  const { acts } = suspension;
  const isConfirmed = acts.some(({ kind }) => kind === 'confirmed');
  const asked = acts.find(({ kind }) => kind === 'liftRequested');
  const mayConfirm = maySuspend && !isConfirmed && suspension.suspendedBy.id !== viewer.id;
  const mayLift = maySuspend && asked?.by.id !== viewer.id;
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) onChanged();
  };
  return (
    <li className="suspension" data-suspension={suspension.ruleId} data-state={suspension.status}>
      <p className="rule-card-head">
        <SuspensionMark suspension={suspension} />
        <strong>{text.of(suspension.ruleName, suspension.ruleId)}</strong> <code>{suspension.ruleId}</code>
      </p>
      <p>{t('rules.suspension.by', { person: suspension.suspendedBy.displayName, time: text.dateTime(suspension.suspendedAt), reason: suspension.reason })}</p>
      {acts.map((act) => (
        <p key={`${act.kind}${act.at}`}>{t(`rules.suspension.act.${act.kind === 'confirmed' ? 'confirmed' : act.kind === 'lifted' ? 'lifted' : 'liftRequested'}`, { person: act.by.displayName, time: text.dateTime(act.at), reason: act.reason })}</p>
      ))}
      {suspension.status === 'LIFTED' || isConfirmed ? null : <p className={suspension.isOverdue ? 'field-error' : 'muted'}>{t(suspension.isOverdue ? 'rules.suspension.overdueAbout' : 'rules.suspension.confirmBy', { time: text.dateTime(suspension.confirmBy), relative: text.relative(suspension.confirmBy, now) })}</p>}
      {mayConfirm || mayLift ? (
        <p className="row-actions">
          {mayConfirm ? (
            <Button type="primary" onClick={() => setOpen('confirm')}>
              {t('rules.suspension.confirm')}
            </Button>
          ) : null}
          {mayLift ? <Button onClick={() => setOpen('lift')}>{t(asked === undefined ? 'rules.suspension.askLift' : 'rules.suspension.lift')}</Button> : null}
        </p>
      ) : null}
      {maySuspend && suspension.suspendedBy.id === viewer.id && !isConfirmed ? <p className="muted">{t('rules.suspension.waitsForOther')}</p> : null}
      {maySuspend && asked !== undefined && asked.by.id === viewer.id ? <p className="muted">{t('rules.suspension.liftWaits')}</p> : null}
      {open === undefined ? null : <SuspensionDialog kind={open} isSecond={asked !== undefined} suspension={suspension} onClose={close} />}
    </li>
  );
}

function SuspensionDialog({ kind, isSecond, suspension, onClose }: { readonly kind: 'confirm' | 'lift'; readonly isSecond: boolean; readonly suspension: Suspension; readonly onClose: (done: boolean) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const send = useCommand(kind === 'confirm' ? confirmSuspensionDocument : liftSuspensionDocument);
  const action = kind === 'confirm' ? t('rules.suspension.confirm') : t(isSecond ? 'rules.suspension.lift' : 'rules.suspension.askLift');
  const effect = kind === 'confirm' ? t('rules.suspension.confirmEffect') : t(isSecond ? 'rules.suspension.liftEffect' : 'rules.suspension.askLiftEffect');
  return <ReasonDialog title={`${action}: ${text.of(suspension.ruleName, suspension.ruleId)}`} effect={effect} action={action} onAct={(reason) => send({ suspensionId: suspension.id, reason })} onClose={onClose} />;
}
