import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import '../app/styles/people.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { PersonSessions } from '../me/sessions/person-sessions.tsx';
import { useCommand } from '../rules/use-command.ts';
import { useViewer } from '../session/viewer.tsx';
import { AbsenceList } from './absence-list.tsx';
import { AccountCard } from './account-card.tsx';
import { AssignmentList, useRoleWords } from './assignment-list.tsx';
import { endAbsenceCommand, endRoleCommand, revokeQualificationCommand } from './commands.ts';
import { AbsenceDialog } from './cover-dialogs.tsx';
import { personDocument } from './documents.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { notPassedOn, type Absence, type Person, type Qualification, type RoleAssignment } from './model.ts';
import { ProposalCard } from './proposal-card.tsx';
import { QualificationDialog } from './qualification-dialog.tsx';
import { QualificationList } from './qualification-list.tsx';

type Open = { readonly kind: 'absence'; readonly role: string } | { readonly kind: 'endAbsence'; readonly absence: Absence } | { readonly kind: 'grant' | 'qualification' } | { readonly kind: 'end'; readonly assignment: RoleAssignment } | { readonly kind: 'revoke'; readonly qualification: Qualification };

function RolesCard({ person, mayGive, onOpen }: { readonly person: Person; readonly mayGive: boolean; readonly onOpen: (open: Open) => void }): ReactNode {
  const { t } = useText();
  const standing = person.assignments.filter(({ status }) => status !== 'ENDED');
  const past = person.assignments.filter(({ status }) => status === 'ENDED');
  return (
    <section className="card" aria-labelledby="roles-heading">
      <div className="people-card-head">
        <h2 id="roles-heading">{t('me.roles')}</h2>
        {mayGive && person.disabledAt === null ? <Button type="primary" onClick={() => onOpen({ kind: 'grant' })}>{t('people.grant')}</Button> : null}
      </div>
      {standing.length === 0 ? <p className="muted">{t('people.noRole')}</p> : <AssignmentList label={t('me.roles')} assignments={standing} {...(mayGive ? { action: (assignment: RoleAssignment) => <Button size="small" onClick={() => onOpen({ kind: 'end', assignment })}>{t('people.end')}</Button> } : {})} />}
      {past.length === 0 ? null : (
        <details>
          <summary>{t('people.past', { count: past.length })}</summary>
          <AssignmentList label={t('people.past', { count: past.length })} assignments={past} />
        </details>
      )}
    </section>
  );
}

/** A person: account, roles with their times, licences, absences, and what waits for a second person. */
export function PersonPage(): ReactNode {
  const { t } = useText();
  const { id = '' } = useParams();
  const viewer = useViewer();
  const words = useRoleWords();
  const [result, again] = useQuery({ query: personDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open | undefined>();
  const endRole = useCommand(endRoleCommand);
  const endAbsence = useCommand(endAbsenceCommand);
  const revoke = useCommand(revokeQualificationCommand);
  const person = result.data?.person;
  const passable = person?.assignments.find((each) => each.status === 'IN_FORCE' && each.kind === 'regular' && !notPassedOn.includes(each.role));
  const read = (): void => again({ requestPolicy: 'network-only' });
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) read();
  };
  const mayGive = viewer.roles.includes('security-administrator') && viewer.id !== id;
  const isAdministrator = viewer.roles.includes('system-administrator') || viewer.roles.includes('security-administrator');

  return (
    <Page page="person" title="people.person" heading={person?.displayName ?? t('people.person')} ready={result.data !== undefined || result.error !== undefined} aside={<Link to="/admin/people">{t('people.back')}</Link>}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={read} />}
      {result.data === undefined && result.error === undefined ? <Loading rows={6} /> : null}
      {person === null ? <Empty>{t('problem.notFound')}</Empty> : null}
      {person == null ? null : (
        <>
          {person.proposals.map((proposal) => (
            <ProposalCard key={proposal.id} person={person} proposal={proposal} viewerId={viewer.id} mayDecide={isAdministrator} onChanged={read} />
          ))}
          <AccountCard person={person} mayChange={viewer.roles.includes('system-administrator')} onChanged={read} />
          <RolesCard person={person} mayGive={mayGive} onOpen={setOpen} />
          <section className="card" aria-labelledby="licences-heading">
            <div className="people-card-head">
              <h2 id="licences-heading">{t('people.licences')}</h2>
              {mayGive && person.disabledAt === null ? <Button onClick={() => setOpen({ kind: 'qualification' })}>{t('people.licence.action')}</Button> : null}
            </div>
            {person.qualifications.length === 0 ? <p className="muted">{t('people.licence.none')}</p> : <QualificationList qualifications={person.qualifications} {...(mayGive ? { action: (qualification: Qualification) => <Button size="small" onClick={() => setOpen({ kind: 'revoke', qualification })}>{t('people.licence.revoke')}</Button> } : {})} />}
          </section>
          <section className="card" aria-labelledby="absences-heading">
            <div className="people-card-head">
              <h2 id="absences-heading">{t('people.absences')}</h2>
              {mayGive && passable !== undefined ? <Button onClick={() => setOpen({ kind: 'absence', role: passable.role })}>{t('people.absence.enter')}</Button> : null}
            </div>
            {person.absences.length === 0 ? <p className="muted">{t('people.absence.none')}</p> : <AbsenceList absences={person.absences} viewerId={person.id} {...(mayGive ? { action: (absence: Absence) => <Button size="small" onClick={() => setOpen({ kind: 'endAbsence', absence })}>{t('people.end')}</Button> } : {})} />}
          </section>
          {isAdministrator ? (
            <section className="card" aria-labelledby="sessions-heading">
              <h2 id="sessions-heading">{t('people.sessions')}</h2>
              {viewer.id === id ? <Link to="/me/security">{t('people.sessions.own')}</Link> : person.username === null ? <p className="muted">{t('people.sessions.none')}</p> : <PersonSessions username={person.username} none={t('people.sessions.none')} />}
            </section>
          ) : null}
          {open?.kind === 'grant' ? <GrantDialog person={person} onClose={close} /> : null}
          {open?.kind === 'qualification' ? <QualificationDialog personId={person.id} name={person.displayName} onClose={close} /> : null}
          {open?.kind === 'absence' ? <AbsenceDialog role={open.role} of={{ kind: 'person', personId: person.id }} onClose={close} /> : null}
          {open?.kind === 'endAbsence' ? <ReasonDialog title={t('people.absence.end')} effect={t('people.absence.endEffect')} action={t('people.end')} onAct={(reason) => endAbsence({ absenceId: open.absence.id, reason })} onClose={close} /> : null}
          {open?.kind === 'end' ? <ReasonDialog title={t('people.end.title', { role: words(open.assignment) })} effect={t('people.end.effect')} action={t('people.end')} onAct={(reason) => endRole({ assignmentId: open.assignment.id, reason })} onClose={close} /> : null}
          {open?.kind === 'revoke' ? <ReasonDialog title={t('people.licence.revoke')} effect={t('people.licence.revokeEffect')} action={t('people.licence.revoke')} onAct={(reason) => revoke({ qualificationId: open.qualification.id, reason })} onClose={close} /> : null}
        </>
      )}
    </Page>
  );
}
