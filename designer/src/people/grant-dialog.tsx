import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { useText } from '../i18n/use-text.ts';
import { instantOf } from '../rules/effective-time.ts';
import { useCommand } from '../rules/use-command.ts';
import { roleNames } from '../session/role-names.ts';
import { StateMark } from '../status/state-mark.tsx';
import { grantRoleCommand } from './commands.ts';
import { wardsDocument } from './documents.ts';
import { administratorRoles, enumOf, givenRoles, neededLicence, wardRoles, type Person } from './model.ts';
import { MomentField } from './moment-field.tsx';

/** What stands in the way of a role, or comes with it, in words; known before anything is sent. */
function useConsequences(person: Person, role: string | undefined): readonly string[] {
  const text = useText();
  if (role === undefined) return [];
  const isAdministrator = administratorRoles.includes(role);
  const excluding = person.assignments.filter((each) => each.status !== 'ENDED' && each.role !== role && (isAdministrator || administratorRoles.includes(each.role)));
  const licence = neededLicence[role];
  const now = new Date().toISOString();
  const hasLicence = licence === undefined || person.qualifications.some((each) => each.code === licence && each.revokedAt === null && each.validFrom <= now && (each.validUntil === null || each.validUntil > now));
  return [
    ...(excluding.length === 0 ? [] : [text.t('people.grant.excluded', { roles: roleNames([...new Set(excluding.map((each) => each.role))], text) })]),
    ...(isAdministrator ? [text.t('people.grant.exclusive'), text.t('people.grant.second')] : []),
    ...(hasLicence ? [] : [text.t('people.grant.licence', { licence: text.lookup(`people.licence.${licence}`, licence) })]),
  ];
}

/** Gives a person a role; says before what it excludes and needs. */
export function GrantDialog({ person, onClose }: { readonly person: Person; readonly onClose: (done: boolean) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const [role, setRole] = useState<string | undefined>();
  const [unit, setUnit] = useState<string | undefined>();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [wards] = useQuery({ query: wardsDocument, variables: {} });
  const send = useCommand(grantRoleCommand);
  const needsWard = role !== undefined && wardRoles.includes(role);
  const isAdministrator = role !== undefined && administratorRoles.includes(role);
  const consequences = useConsequences(person, role);
  const [validFrom, validUntil] = [instantOf(from), isAdministrator ? undefined : instantOf(until)];
  const missing = role === undefined ? t('people.grant.roleMissing') : needsWard && unit === undefined ? t('people.grant.wardMissing') : undefined;

  return (
    <ReasonDialog
      title={t('people.grant.title', { name: person.displayName })}
      effect={t('people.grant.effect')}
      action={isAdministrator ? t('people.grant.propose') : t('people.grant.action')}
      missing={missing}
      onClose={onClose}
      onAct={(reason) => send({ personId: person.id, role: enumOf(role ?? ''), reason, ...(needsWard && unit !== undefined ? { unit } : {}), ...(validFrom === undefined ? {} : { validFrom }), ...(validUntil === undefined ? {} : { validUntil }) })}
    >
      <div className="field">
        <span>{t('people.role')}</span>
        <Select listHeight={400} aria-label={t('people.role')} value={role ?? null} placeholder={t('people.grant.roleMissing')} onChange={(value: string) => setRole(value)} options={givenRoles.map((value) => ({ value, label: roleNames([value], text) }))} />
      </div>
      {needsWard ? (
        <div className="field">
          <span>{t('me.unit')}</span>
          <Select aria-label={t('me.unit')} value={unit ?? null} placeholder={t('people.grant.wardMissing')} onChange={(value: string) => setUnit(value)} options={(wards.data?.wards ?? []).map(({ id, name }) => ({ value: id, label: text.of(name, id) }))} />
        </div>
      ) : null}
      {consequences.length === 0 ? null : (
        <div className="notice notice-attention" role="status">
          <StateMark state="attention" bare />
          <div>
            {consequences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </div>
      )}
      <div className="people-period">
        <MomentField label={t('people.from')} value={from} empty={t('people.from.now')} onChange={setFrom} />
        {isAdministrator ? null : <MomentField label={t('people.until')} value={until} empty={t('people.until.open')} onChange={setUntil} />}
      </div>
    </ReasonDialog>
  );
}
