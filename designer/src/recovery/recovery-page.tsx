import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { problemOf } from '../graphql/problem.ts';
import { CopyButton } from '../feedback/copy-button.tsx';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import { confirmRecoveryDocument, recoveryCasesDocument, withdrawRecoveryDocument, type RecoveryCase } from './documents.ts';
import { OpenRecovery } from './open-recovery.tsx';

const marks: Readonly<Record<string, State>> = { open: 'waiting', confirmed: 'running', used: 'done', withdrawn: 'cancelled', expired: 'cancelled' };

/** What is shown once and cannot be read again: neither a click beside it nor Escape takes it away. */
interface Secret {
  readonly title: string;
  readonly lead: string;
  readonly value: string;
}

/** 账号恢复: who lost password or factors, between the two administrators who let them in again. */
export function RecoveryPage(): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const [result, again] = useQuery({ query: recoveryCasesDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const [secret, setSecret] = useState<Secret | undefined>();
  const [isOpening, setIsOpening] = useState(false);
  const cases = result.data?.recoveryCases;
  const refresh = (): void => again({ requestPolicy: 'network-only' });
  const opens = viewer.roles.includes('system-administrator');

  return (
    <Page page="recovery" title="recovery.title" ready={cases !== undefined || result.error !== undefined} aside={opens ? <Button type="primary" onClick={() => setIsOpening(true)}>{t('recovery.open')}</Button> : null}>
      <p className="muted">{t('recovery.lead')}</p>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {cases === undefined && result.error === undefined ? <Loading rows={4} /> : null}
      {cases?.length === 0 ? <Empty>{t('recovery.empty')}</Empty> : null}
      {cases?.map((each) => <CaseCard key={each.id} recovery={each} onChanged={refresh} onSecret={setSecret} />)}
      {isOpening ? (
        <OpenRecovery
          onClose={(code) => {
            setIsOpening(false);
            if (code === undefined) return;
            setSecret({ title: t('recovery.code.title'), lead: t('recovery.code.lead'), value: code });
            refresh();
          }}
        />
      ) : null}
      {secret === undefined ? null : (
        <Modal open title={secret.title} mask={{ closable: false }} keyboard={false} onCancel={() => setSecret(undefined)} footer={<Button type="primary" onClick={() => setSecret(undefined)}>{t('recovery.noted')}</Button>}>
          <p>{secret.lead}</p>
          <p className="once">
            <code data-secret>{secret.value}</code>
          </p>
          <CopyButton text={() => secret.value} label={t('recovery.copy')} />
        </Modal>
      )}
    </Page>
  );
}

function CaseCard({ recovery, onChanged, onSecret }: { readonly recovery: RecoveryCase; readonly onChanged: () => void; readonly onSecret: (secret: Secret) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const client = useClient();
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const [isWithdrawing, setIsWithdrawing] = useState(false);
  // `careloop people recover`: nobody of the product opened it, and its reason says how the person was known.
  const isAtMachine = recovery.openedBy.id === 'machine';
  const mayConfirm = recovery.status === 'open' && viewer.roles.includes('security-administrator') && recovery.openedBy.id !== viewer.id && recovery.person.id !== viewer.id;
  const mayWithdraw = (recovery.status === 'open' || recovery.status === 'confirmed') && viewer.roles.some((role) => role === 'security-administrator' || role === 'system-administrator');

  async function confirm(): Promise<void> {
    const confirmed = await sendCommand<{ readonly recoveryPath: string }, { input: { recoveryId: string } }>(client, confirmRecoveryDocument, { input: { recoveryId: recovery.id } });
    setOutcome(confirmed);
    if (confirmed.kind !== 'accepted') return;
    onSecret({ title: t('recovery.link.title'), lead: t('recovery.link.lead'), value: `${window.location.origin}${confirmed.payload.recoveryPath}` });
    onChanged();
  }

  return (
    <article className="card" data-recovery={recovery.status}>
      <header className="row-actions">
        <strong>{recovery.person.displayName}</strong>
        <span className="muted">{recovery.username}</span>
        <StateMark state={marks[recovery.status] ?? 'unknown'}>{text.lookup(`recovery.status.${recovery.status}`, recovery.status)}</StateMark>
      </header>
      <dl className="facts">
        <dt>{t('recovery.reason')}</dt>
        <dd>{recovery.reason}</dd>
        {isAtMachine ? null : (
          <>
            <dt>{t('recovery.identityCheck')}</dt>
            <dd>{recovery.identityCheck}</dd>
          </>
        )}
        <dt>{t('recovery.openedBy')}</dt>
        <dd>
          {isAtMachine ? t('recovery.atMachine') : recovery.openedBy.displayName}, {text.dateTime(recovery.openedAt)}
        </dd>
        {recovery.confirmedBy === null || recovery.confirmedAt === null ? null : (
          <>
            <dt>{t('recovery.confirmedBy')}</dt>
            <dd>
              {recovery.confirmedBy.displayName}, {text.dateTime(recovery.confirmedAt)}
            </dd>
          </>
        )}
        {recovery.status === 'open' ? (
          <>
            <dt>{t('recovery.expires')}</dt>
            <dd>{text.dateTime(recovery.expiresAt)}</dd>
          </>
        ) : null}
        <dt>{t('recovery.factors')}</dt>
        <dd>{t(recovery.removesFactors ? 'recovery.factors.removed' : 'recovery.factors.kept')}</dd>
      </dl>
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} /> : null}
      {mayConfirm || mayWithdraw ? (
        <p className="row-actions">
          {mayConfirm ? (
            <Button type="primary" onClick={() => void confirm()}>
              {t('recovery.confirm')}
            </Button>
          ) : null}
          {mayWithdraw ? <Button onClick={() => setIsWithdrawing(true)}>{t('recovery.withdraw')}</Button> : null}
        </p>
      ) : null}
      {isWithdrawing ? (
        <ReasonDialog
          title={t('recovery.withdraw')}
          effect={t('recovery.withdraw.effect', { name: recovery.person.displayName })}
          action={t('recovery.withdraw')}
          onAct={(reason) => sendCommand(client, withdrawRecoveryDocument, { input: { recoveryId: recovery.id, reason } })}
          onClose={(done) => {
            setIsWithdrawing(false);
            if (done) onChanged();
          }}
        />
      ) : null}
    </article>
  );
}
