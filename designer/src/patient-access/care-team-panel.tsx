import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';
import { careTeamDocument, endMembershipDocument } from './documents.ts';

/** Roles that bring others into the care of a patient; the server decides again. */
const leaders = ['doctor', 'head-nurse'];

/** 诊疗组: who from elsewhere cares for the patient, until when; added by search, ended by one click. */
export function CareTeamPanel({ patientId }: { readonly patientId: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const client = useClient();
  const [result, again] = useQuery({ query: careTeamDocument, variables: { patientId }, requestPolicy: 'cache-and-network' });
  const [isAdding, setAdding] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const [intention] = useState(() => new Intention());
  const mayLead = viewer.roles.some((role) => leaders.includes(role));
  const members = result.data?.careTeam ?? [];
  const refresh = (): void => again({ requestPolicy: 'network-only' });

  async function end(membershipId: string): Promise<void> {
    const ended = await sendCommand(client, endMembershipDocument, { input: { membershipId, idempotencyKey: intention.keyFor(membershipId) } });
    setOutcome(ended);
    refresh();
  }

  return (
    <section className="card" aria-label={t('team.title')}>
      <h2>{t('team.title')}</h2>
      <p className="muted">{t('team.lead')}</p>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} /> : null}
      {result.data !== undefined && members.length === 0 ? <p>{t('team.none')}</p> : null}
      <ul className="plain-list">
        {members.map((member) => (
          <li key={member.id} className="row-actions" data-member={member.person.id}>
            <strong>{member.person.displayName}</strong>
            <span>{t(`team.reason.${member.reasonCode}`)}</span>
            <span className="muted">{t('team.until', { time: text.dateTime(member.validUntil) })}</span>
            {mayLead || member.person.id === viewer.id ? (
              <Button size="small" onClick={() => void end(member.id)}>
                {t('team.end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayLead ? <Button onClick={() => setAdding(true)}>{t('team.add')}</Button> : null}
      {isAdding ? (
        <AddMemberDialog
          patientId={patientId}
          onClose={(done) => {
            setAdding(false);
            if (done) refresh();
          }}
        />
      ) : null}
    </section>
  );
}
