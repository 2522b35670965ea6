import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import '../app/styles/people.css';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { OwnLicenceNotices } from '../licences/own-licence-notices.tsx';
import { useCommand } from '../rules/use-command.ts';
import { useViewer } from '../session/viewer.tsx';
import { AbsenceList } from './absence-list.tsx';
import { AssignmentList, useRoleWords } from './assignment-list.tsx';
import { endAbsenceCommand, endDelegationCommand } from './commands.ts';
import { AbsenceDialog, DelegateDialog, type AbsenceOf } from './cover-dialogs.tsx';
import { ownRolesDocument } from './documents.ts';
import { notPassedOn, type Absence, type RoleAssignment } from './model.ts';
import { QualificationList } from './qualification-list.tsx';

/** Whose absences the head of a ward enters; the gateway decides again. */
const headedRoles: Readonly<Record<string, string>> = { 'head-nurse': 'nurse', doctor: 'doctor' };

type Open = { readonly kind: 'delegate' | 'endDelegation'; readonly assignment: RoleAssignment } | { readonly kind: 'absence'; readonly role: string; readonly of: AbsenceOf } | { readonly kind: 'endAbsence'; readonly absence: Absence };

/** On my own page: my roles, what I passed on, for whom I stand in, my absences and licences. */
export function OwnRolesPanel(): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const words = useRoleWords();
  const [result, again] = useQuery({ query: ownRolesDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open | undefined>();
  const endDelegation = useCommand(endDelegationCommand);
  const endAbsence = useCommand(endAbsenceCommand);
  const own = result.data?.ownRoles;
  const read = (): void => again({ requestPolicy: 'network-only' });
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) read();
  };
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={read} />;
  if (own === undefined) return <Loading rows={4} />;
  const canPassOn = (each: RoleAssignment): boolean => each.kind === 'regular' && each.status === 'IN_FORCE' && !notPassedOn.includes(each.role);
  const first = own.assignments.find(canPassOn);
  const headed = own.assignments.find((each) => canPassOn(each) && headedRoles[each.role] !== undefined);
  const head = headed === undefined ? undefined : headedRoles[headed.role];

  return (
    <>
      <OwnLicenceNotices />
      <section className="card" aria-labelledby="own-roles-heading">
        <h2 id="own-roles-heading">{t('people.own.roles')}</h2>
        {own.assignments.length === 0 ? <p className="muted">{t('people.own.noRole')}</p> : null}
        <AssignmentList
          label={t('people.own.roles')}
          assignments={own.assignments}
          action={(assignment) =>
            assignment.kind === 'delegation' ? <Button size="small" onClick={() => setOpen({ kind: 'endDelegation', assignment })}>{t('people.delegate.giveBack')}</Button> : canPassOn(assignment) ? <Button size="small" onClick={() => setOpen({ kind: 'delegate', assignment })}>{t('people.delegate')}</Button> : null
          }
        />
      </section>
      {own.passedOn.length === 0 ? null : (
        <section className="card" aria-labelledby="passed-on-heading">
          <h2 id="passed-on-heading">{t('people.own.passedOn')}</h2>
          <AssignmentList label={t('people.own.passedOn')} assignments={own.passedOn} showPerson action={(assignment) => (assignment.kind === 'delegation' ? <Button size="small" onClick={() => setOpen({ kind: 'endDelegation', assignment })}>{t('people.delegate.takeBack')}</Button> : null)} />
        </section>
      )}
      {first === undefined && own.absences.length === 0 ? null : (
        <section className="card" aria-labelledby="own-absences-heading">
          <div className="people-card-head">
            <h2 id="own-absences-heading">{t('people.absences')}</h2>
            <span className="row-actions">
              {first === undefined ? null : <Button onClick={() => setOpen({ kind: 'absence', role: first.role, of: { kind: 'own' } })}>{t('people.absence.enter')}</Button>}
              {head === undefined ? null : <Button onClick={() => setOpen({ kind: 'absence', role: head, of: { kind: 'ofWard' } })}>{t('people.absence.enterOther')}</Button>}
            </span>
          </div>
          {own.absences.length === 0 ? <p className="muted">{t('people.absence.none')}</p> : <AbsenceList absences={own.absences} viewerId={viewer.id} action={(absence) => <Button size="small" onClick={() => setOpen({ kind: 'endAbsence', absence })}>{t('people.end')}</Button>} />}
        </section>
      )}
      {own.qualifications.length === 0 ? null : (
        <section className="card" aria-labelledby="own-licences-heading">
          <h2 id="own-licences-heading">{t('people.licences')}</h2>
          <QualificationList qualifications={own.qualifications} />
        </section>
      )}
      {open?.kind === 'delegate' ? <DelegateDialog assignment={open.assignment} onClose={close} /> : null}
      {open?.kind === 'absence' ? <AbsenceDialog role={open.role} of={open.of} onClose={close} /> : null}
      {open?.kind === 'endDelegation' ? <ReasonDialog title={t('people.end.title', { role: words(open.assignment) })} effect={t('people.delegate.endEffect')} action={t('people.end')} onAct={(reason) => endDelegation({ assignmentId: open.assignment.id, reason })} onClose={close} /> : null}
      {open?.kind === 'endAbsence' ? <ReasonDialog title={t('people.absence.end')} effect={t('people.absence.endEffect')} action={t('people.end')} onAct={(reason) => endAbsence({ absenceId: open.absence.id, reason })} onClose={close} /> : null}
    </>
  );
}
