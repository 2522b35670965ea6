import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { AssignmentStatus, RoleAssignment } from './model.ts';

const marks: Readonly<Record<AssignmentStatus, State>> = { IN_FORCE: 'done', AHEAD: 'waiting', QUALIFICATION_MISSING: 'attention', ENDED: 'cancelled' };

/** A role with its ward, as people say it. */
export function useRoleWords(): (assignment: Pick<RoleAssignment, 'role' | 'unit' | 'unitName'>) => string {
  const text = useText();
  return ({ role, unit, unitName }) => (unit === null ? roleNames([role], text) : `${roleNames([role], text)} · ${text.of(unitName, unit)}`);
}

/** From when until when, in the reader's format. */
export function Period({ from, until }: { readonly from: string; readonly until: string | null }): ReactNode {
  const text = useText();
  return <span className="nowrap">{until === null ? text.t('people.since', { from: text.dateTime(from) }) : text.t('people.period', { from: text.dateTime(from), until: text.dateTime(until) })}</span>;
}

/** Role assignments, one a line: what, when, who gave it and why, and what can be done about it. */
export function AssignmentList({ assignments, label, showPerson = false, action }: { readonly assignments: readonly RoleAssignment[]; readonly label: string; readonly showPerson?: boolean; readonly action?: (assignment: RoleAssignment) => ReactNode }): ReactNode {
  const { t, dateTime } = useText();
  const words = useRoleWords();
  return (
    <ul className="people-lines" aria-label={label}>
      {assignments.map((each) => (
        <li key={each.id} className="people-line" data-status={each.status} data-role={each.role}>
          <div className="people-line-head">
            <strong>{words(each)}</strong>
            <StateMark state={marks[each.status]}>{t(`people.status.${each.status}`)}</StateMark>
            {each.onBehalfOf === null ? null : <span className="chip">{showPerson ? t('people.heldBy', { name: each.person.displayName }) : t('people.onBehalfOf', { name: each.onBehalfOf.displayName })}</span>}
          </div>
          <p>
            <Period from={each.validFrom} until={each.endedAt ?? each.validUntil} />
          </p>
          <p className="muted small">
            {each.confirmedBy === null ? t('people.grantedBy', { name: each.grantedBy.displayName }) : t('people.grantedByTwo', { name: each.grantedBy.displayName, second: each.confirmedBy.displayName })}
            {each.reason === null ? null : ` · ${each.reason}`}
          </p>
          {each.endedAt === null ? null : <p className="muted small">{t('people.endedBy', { name: each.endedBy?.displayName ?? '', time: dateTime(each.endedAt), reason: each.endReason ?? '' })}</p>}
          {action === undefined || each.status === 'ENDED' ? null : <p className="row-actions">{action(each)}</p>}
        </li>
      ))}
    </ul>
  );
}
