import { randomUUID } from 'node:crypto';
import { factStatement, systemScope } from '#activities';
import type { Prisma } from '#database';
import { actorOf, type Viewer } from '../identity/index.ts';
import type { ActDependencies } from './act.ts';
import { PatientAccessRefusal } from './refusal.ts';

/** What a patient is looked for by; one of them. */
export interface PatientSearch {
  readonly wristband?: string | null | undefined;
  readonly encounterId?: string | null | undefined;
  /** A part of the name, at least two characters. */
  readonly name?: string | null | undefined;
}

export interface FoundPatients {
  readonly patientIds: readonly string[];
  /** There are more than are told. */
  readonly isMore: boolean;
}

/** Patients that one search tells of. */
export const mostFound = 5;
/** Rows of which those whose identity is hidden are left out. */
const mostRead = 500;
/** Searches of one person within ten minutes: by a part of a name, which could make a directory, and by what is read off a wristband or a form. */
export const searchLimits = { 'by-name': 20, 'by-number': 60 } as const;
const windowMinutes = 10;

/**
 * Looks for patients who lie in the hospital now, whoever cares for them; a privacy officer also for those who left. On record before anything is told. By name only
 * those are found who are `identifiable` to the viewer; who holds the wristband has the person before them.
 * Fails: INPUT_INVALID (not exactly one way, or a name of one character), SEARCH_LIMIT.
 */
export async function searchPatients({ database, keys }: ActDependencies, viewer: Viewer, search: PatientSearch, identifiable: Prisma.PatientWhereInput): Promise<FoundPatients> {
  const given = (['wristband', 'encounterId', 'name'] as const).flatMap((by) => (search[by]?.trim() ? [[by, search[by].trim()] as const] : []));
  const [by, text] = given[0] ?? [];
  if (by === undefined || text === undefined || given.length > 1) throw new PatientAccessRefusal('INPUT_INVALID', 'name');
  if (by === 'name' && [...text].length < 2) throw new PatientAccessRefusal('INPUT_INVALID', 'name');
  const kind = by === 'name' ? 'by-name' : 'by-number';
  // Who saw a patient is asked after the stay as well.
  const stay = viewer.roles.includes('privacy-officer') ? 'true' : 'e.ended_at is null';
  const { rows } = await database.pool.query<{ id: string }>(
    // `position`, since LIKE would take a part of the name as a pattern.
    `select p.id from patient p where exists (select from encounter e where e.patient_id = p.id and ${stay} and ${{ wristband: 'e.wristband = $1', encounterId: 'e.id = $1', name: 'true' }[by]})
     ${by === 'name' ? 'and position($1 in p.name) > 0' : ''} order by p.name, p.id limit ${mostRead}`,
    [text],
  );
  const named = by === 'name' ? await database.prisma.patient.findMany({ where: { AND: [{ id: { in: rows.map(({ id }) => id) } }, identifiable] }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: mostFound + 1, select: { id: true } }) : rows;
  const patientIds = named.slice(0, mostFound).map(({ id }) => id);
  const [only] = patientIds;
  const patientId = patientIds.length === 1 ? only : undefined;
  const dataKey = await keys.keyFor(patientId ?? systemScope);
  const isWithin = await database.prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`patient-search:${viewer.id}`}))`;
    const [counted] = await transaction.$queryRaw<{ searches: number }[]>`select count(*)::int as searches from audit_entry where actor_id = ${viewer.id} and action = 'patient.searched' and reason = ${kind} and recorded_at > clock_timestamp() - ${windowMinutes} * interval '1 minute'`;
    if ((counted?.searches ?? 0) >= searchLimits[kind]) return false;
    const statement = factStatement({ factId: `patient.searched/${randomUUID()}`, action: 'patient.searched', at: new Date().toISOString(), actor: actorOf(viewer), reason: kind, ...(patientId === undefined ? {} : { patientId }), detail: { by, text, found: [...patientIds] } }, dataKey);
    await transaction.$executeRawUnsafe(statement.text, ...statement.values);
    return true;
  });
  if (!isWithin) throw new PatientAccessRefusal('SEARCH_LIMIT', by);
  return { patientIds, isMore: named.length > mostFound };
}
