import { randomUUID } from 'node:crypto';
import type { Act, Acting, PeopleCommand } from './act.ts';
import { administratorRolesOf, requireOtherAdministrator } from './assignment-rules.ts';
import { createPasswordLink, firstPasswordLifeMs } from '../identity/index.ts';
import { PeopleRefusal } from './refusal.ts';

export interface CreatePerson extends PeopleCommand {
  readonly name: string;
  readonly username: string;
  readonly staffNumber?: string;
}

export interface RenamePerson extends PeopleCommand {
  readonly personId: string;
  readonly name: string;
  readonly staffNumber?: string;
}

export interface PersonCommand extends PeopleCommand {
  readonly personId: string;
  readonly reason: string;
}

/** A person, and once the token with which they set their first password; a repeat does not tell it again. */
export interface NewLink {
  readonly personId: string;
  readonly token?: string;
}

/** Makes an account without a role. Fails: USERNAME_TAKEN, STAFF_NUMBER_TAKEN. */
export async function createPerson(act: Act, { name, username, staffNumber, ...command }: CreatePerson): Promise<NewLink> {
  let token: string | undefined;
  const { personId } = await act('createPerson', command, { name, username, staffNumber: staffNumber ?? null }, async (acting) => {
    const { transaction, record } = acting;
    // As names are compared at sign-in.
    const compared = username.toLowerCase();
    if ((await transaction.user.count({ where: { username: compared } })) > 0) throw new PeopleRefusal('USERNAME_TAKEN', 'username');
    await requireFreeStaffNumber(acting, staffNumber, undefined);
    const id = randomUUID();
    await transaction.user.create({ data: { id, name, username: compared, displayUsername: username, email: `${compared}@person.invalid`, staffNumber: staffNumber ?? null } });
    ({ token } = await createPasswordLink({ prisma: transaction }, id, 'first', firstPasswordLifeMs));
    await record({ action: 'account.created', personId: id, after: { name, username: compared, staffNumber: staffNumber ?? null } });
    return { personId: id };
  });
  return { personId, ...(token === undefined ? {} : { token }) };
}

/** Gives a person another name or staff number. Fails: PERSON_NOT_FOUND, STAFF_NUMBER_TAKEN. */
export function renamePerson(act: Act, { personId, name, staffNumber, ...command }: RenamePerson) {
  return act('renamePerson', command, { personId, name, staffNumber: staffNumber ?? null }, async (acting) => {
    const { transaction, record } = acting;
    const person = await requireAccount(acting, personId);
    await requireFreeStaffNumber(acting, staffNumber, personId);
    await transaction.user.update({ where: { id: personId }, data: { name, staffNumber: staffNumber ?? null } });
    await record({ action: 'account.changed', personId, before: { name: person.name, staffNumber: person.staffNumber }, after: { name, staffNumber: staffNumber ?? null } });
    return { personId };
  });
}

/**
 * Ends the person's sessions at once, and lets them begin no other. Roles and history stay.
 * Fails: PERSON_NOT_FOUND, ACCOUNT_DISABLED, SAME_PERSON, LAST_ADMINISTRATOR.
 */
export function disablePerson(act: Act, { personId, reason, ...command }: PersonCommand) {
  return act('disablePerson', command, { personId, reason }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    const person = await requireAccount(acting, personId);
    if (person.disabledAt !== null) throw new PeopleRefusal('ACCOUNT_DISABLED', 'personId');
    if (personId === actor.id) throw new PeopleRefusal('SAME_PERSON', 'personId');
    for (const role of await administratorRolesOf(acting, personId)) await requireOtherAdministrator(acting, role, personId);
    await transaction.user.update({ where: { id: personId }, data: { disabledAt: now, disabledBy: actor.id } });
    const { count } = await transaction.session.deleteMany({ where: { userId: personId } });
    await record({ action: 'account.disabled', personId, reason, before: { isDisabled: false }, after: { isDisabled: true, endedSessions: count } });
    return { personId };
  });
}

/** Fails: PERSON_NOT_FOUND, ACCOUNT_ENABLED, SAME_PERSON. */
export function enablePerson(act: Act, { personId, reason, ...command }: PersonCommand) {
  return act('enablePerson', command, { personId, reason }, async (acting) => {
    const { transaction, record } = acting;
    const person = await requireAccount(acting, personId);
    if (person.disabledAt === null) throw new PeopleRefusal('ACCOUNT_ENABLED', 'personId');
    await transaction.user.update({ where: { id: personId }, data: { disabledAt: null, disabledBy: null } });
    await record({ action: 'account.enabled', personId, reason, before: { isDisabled: true }, after: { isDisabled: false } });
    return { personId };
  });
}

/** Makes a new link where the first ran out; the earlier one is worthless then. Fails: PERSON_NOT_FOUND, PASSWORD_SET. */
export async function renewFirstPasswordLink(act: Act, { personId, ...command }: PeopleCommand & { readonly personId: string }): Promise<NewLink> {
  let token: string | undefined;
  const result = await act('renewFirstPasswordLink', command, { personId }, async (acting) => {
    const { transaction, record } = acting;
    await requireAccount(acting, personId);
    // Whoever has a password recovers it otherwise: one administrator alone takes over no account.
    if ((await transaction.account.count({ where: { userId: personId, password: { not: null } } })) > 0) throw new PeopleRefusal('PASSWORD_SET', 'personId');
    ({ token } = await createPasswordLink({ prisma: transaction }, personId, 'first', firstPasswordLifeMs));
    await record({ action: 'account.linkRenewed', personId });
    return { personId };
  });
  return { ...result, ...(token === undefined ? {} : { token }) };
}

async function requireAccount({ transaction }: Acting, personId: string) {
  const person = await transaction.user.findUnique({ where: { id: personId } });
  if (!person) throw new PeopleRefusal('PERSON_NOT_FOUND', 'personId');
  return person;
}

async function requireFreeStaffNumber({ transaction }: Acting, staffNumber: string | undefined, personId: string | undefined): Promise<void> {
  if (staffNumber === undefined) return;
  const holder = await transaction.user.findUnique({ where: { staffNumber }, select: { id: true } });
  if (holder && holder.id !== personId) throw new PeopleRefusal('STAFF_NUMBER_TAKEN', 'staffNumber');
}
