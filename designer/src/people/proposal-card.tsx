import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import type { CommandResult } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { useCommand } from '../rules/use-command.ts';
import { roleNames } from '../session/role-names.ts';
import { confirmRoleCommand, rejectRoleCommand } from './commands.ts';
import type { Person, RoleProposal } from './model.ts';

/** An administrator's role that waits for the second person: who proposed it sees that they cannot confirm it. */
export function ProposalCard({ person, proposal, viewerId, mayDecide, onChanged }: { readonly person: Person; readonly proposal: RoleProposal; readonly viewerId: string; readonly mayDecide: boolean; readonly onChanged: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const [isRejecting, setRejecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const confirm = useCommand(confirmRoleCommand);
  const reject = useCommand(rejectRoleCommand);
  const isOwn = proposal.proposedBy.id === viewerId || person.id === viewerId;
  const role = roleNames([proposal.role], text);

  async function act(): Promise<void> {
    setBusy(true);
    const outcome = await confirm({ proposalId: proposal.id });
    setBusy(false);
    setResult(outcome);
    if (outcome.kind === 'accepted') onChanged();
  }

  return (
    <section className="card review-card" aria-label={t('people.proposal', { role })}>
      <h2>{t('people.proposal', { role })}</h2>
      <p>{t('people.proposal.by', { name: proposal.proposedBy.displayName, time: text.dateTime(proposal.proposedAt), reason: proposal.reason })}</p>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      {isOwn ? <p className="muted">{t('people.proposal.own')}</p> : null}
      {mayDecide ? (
        <p className="row-actions">
          {isOwn ? null : (
            <Button type="primary" loading={busy} onClick={() => void act()}>
              {t('people.proposal.confirm')}
            </Button>
          )}
          <Button onClick={() => setRejecting(true)}>{t('people.proposal.reject')}</Button>
        </p>
      ) : null}
      {isRejecting ? (
        <ReasonDialog
          title={t('people.proposal.reject')}
          effect={t('people.proposal.rejectEffect')}
          action={t('people.proposal.reject')}
          onAct={(reason) => reject({ proposalId: proposal.id, reason })}
          onClose={(done) => {
            setRejecting(false);
            if (done) onChanged();
          }}
        />
      ) : null}
    </section>
  );
}
