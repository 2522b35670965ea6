import { useState, type ReactNode } from 'react';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { useText } from '../i18n/use-text.ts';
import { instantOf } from '../rules/effective-time.ts';
import { useCommand } from '../rules/use-command.ts';
import { useRoleWords } from './assignment-list.tsx';
import { ColleagueField } from './colleague-field.tsx';
import { delegateRoleCommand, enterAbsenceCommand } from './commands.ts';
import type { RoleAssignment } from './model.ts';
import { MomentField } from './moment-field.tsx';

/** Passes one of the own roles on for a time. */
export function DelegateDialog({ assignment, onClose }: { readonly assignment: RoleAssignment; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const words = useRoleWords();
  const [delegateId, setDelegateId] = useState<string | undefined>();
  const [until, setUntil] = useState('');
  const send = useCommand(delegateRoleCommand);
  const validUntil = instantOf(until);
  const missing = delegateId === undefined ? t('people.colleague.missing') : validUntil === undefined ? t('people.until.missing') : undefined;
  return (
    <ReasonDialog title={t('people.delegate.title', { role: words(assignment) })} effect={t('people.delegate.effect')} action={t('people.delegate')} missing={missing} onClose={onClose} onAct={(reason) => send({ assignmentId: assignment.id, delegateId: delegateId ?? '', validUntil: validUntil ?? '', reason })}>
      <ColleagueField label={t('people.delegate.to')} role={assignment.role} value={delegateId} onChange={setDelegateId} />
      <MomentField label={t('people.until')} value={until} empty={t('people.delegate.longest')} onChange={setUntil} />
    </ReasonDialog>
  );
}

/** Whose absence: a known person's (`personId`), somebody's of the own ward, or the own. */
export type AbsenceOf = { readonly kind: 'own' } | { readonly kind: 'ofWard' } | { readonly kind: 'person'; readonly personId: string };

/** Enters an absence with who stands in. `role`: one of the absent person's roles, whose colleagues are offered. */
export function AbsenceDialog({ role, of, onClose }: { readonly role: string; readonly of: AbsenceOf; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const [personId, setPersonId] = useState(of.kind === 'person' ? of.personId : undefined);
  const [substituteId, setSubstituteId] = useState<string | undefined>();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const send = useCommand(enterAbsenceCommand);
  const [startsAt, endsAt] = [instantOf(from), instantOf(until)];
  const missing = substituteId === undefined || (of.kind === 'ofWard' && personId === undefined) ? t('people.colleague.missing') : endsAt === undefined ? t('people.until.missing') : undefined;
  return (
    <ReasonDialog title={of.kind === 'own' ? t('people.absence.enter') : t('people.absence.enterOther')} effect={of.kind === 'own' ? t('people.absence.effect') : t('people.absence.effectOther')} action={t('people.absence.action')} missing={missing} onClose={onClose} onAct={(reason) => send({ ...(personId === undefined ? {} : { personId }), substituteId: substituteId ?? '', endsAt: endsAt ?? '', reason, ...(startsAt === undefined ? {} : { startsAt }) })}>
      {of.kind === 'ofWard' ? <ColleagueField label={t('people.absence.person')} role={role} value={personId} onChange={setPersonId} /> : null}
      <ColleagueField label={t('people.absence.who')} role={role} value={substituteId} onChange={setSubstituteId} />
      <div className="people-period">
        <MomentField label={t('people.from')} value={from} empty={t('people.from.now')} onChange={setFrom} />
        <MomentField label={t('people.until')} value={until} empty={t('people.absence.longest')} onChange={setUntil} />
      </div>
    </ReasonDialog>
  );
}
