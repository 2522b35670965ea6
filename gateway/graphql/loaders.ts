import type { Database, Prisma } from '#database';
import type { LocalizedText } from '#engine';
import { rolesInForce } from '../identity/roles-in-force.ts';
import type { TaskForRights } from '../identity/task-rights.ts';
import { endingLicences, type EndingLicence } from '../people/index.ts';
import { createBatchLoader } from './batch-loader.ts';

export type PatientRow = Prisma.PatientGetPayload<{ include: { allergies: true; encounters: { include: { ward: true } } } }>;
export type DecisionRow = Prisma.DecisionGetPayload<object>;

/** The newest value of an observation code. */
export interface ObservationRow {
  readonly patientId: string;
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly observedAt: Date;
}

/** Batched reads of one request. None of them checks rights: whoever calls one has reached the key lawfully. */
export interface Loaders {
  /** Display names of people and clients by actor id. */
  readonly actorName: (id: string) => Promise<string | undefined>;
  /** Ids of a person's role assignments that are in force. */
  readonly assignmentsInForce: (personId: string) => Promise<readonly string[] | undefined>;
  readonly roleAssignment: (id: string) => Promise<Prisma.RoleAssignmentGetPayload<object> | undefined>;
  /** A person's licences that end or have ended. */
  readonly endingLicences: (personId: string) => Promise<readonly EndingLicence[] | undefined>;
  /** Whether a person has a way to sign in. */
  readonly hasAccount: (personId: string) => Promise<boolean | undefined>;
  readonly patient: (id: string) => Promise<PatientRow | undefined>;
  /** Codes of the labels in force, by patient. */
  readonly labels: (patientId: string) => Promise<readonly string[] | undefined>;
  /** The newest observation of each code, by patient. */
  readonly latestObservations: (patientId: string) => Promise<readonly ObservationRow[] | undefined>;
  /** Decisions that were no pass, newest first, by instance. */
  readonly objections: (instanceId: string) => Promise<readonly DecisionRow[] | undefined>;
  readonly wardName: (id: string) => Promise<LocalizedText | undefined>;
  /** Names of the hospital's products, by GTIN. */
  readonly productName: (gtin: string) => Promise<LocalizedText | undefined>;
  /** Names of rule sets, by `<key>/<version>`. */
  readonly ruleSetName: (version: string) => Promise<LocalizedText | undefined>;
  /** The bundle hash of each instance. */
  readonly bundleHash: (instanceId: string) => Promise<string | undefined>;
  /** Tasks that a first person has done and a second has yet to verify, by id. */
  readonly unverifiedTask: (id: string) => Promise<TaskForRights | undefined>;
  /** The bundle hashes of all versions of each process, newest first. */
  readonly versions: (processKey: string) => Promise<readonly string[] | undefined>;
  /** Index in the Merkle log, by entry id. */
  readonly leafIndex: (entryId: string) => Promise<bigint | undefined>;
}

/** Makes the loaders of one request. */
export function createLoaders({ prisma, pool }: Database): Loaders {
  return {
    actorName: createBatchLoader(async (ids) => {
      const [users, clients] = await Promise.all([
        prisma.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } }),
        prisma.systemClient.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } }),
      ]);
      return new Map([...users, ...clients].map(({ id, name }) => [id, name]));
    }),
    assignmentsInForce: createBatchLoader(async (ids) => {
      const roles = await rolesInForce({ pool }, { userIds: ids });
      return new Map(ids.map((id) => [id, roles.filter(({ userId }) => userId === id).map(({ assignmentId }) => assignmentId)]));
    }),
    roleAssignment: createBatchLoader(async (ids) => {
      const rows = await prisma.roleAssignment.findMany({ where: { id: { in: [...ids] } } });
      return new Map(rows.map((row) => [row.id, row]));
    }),
    endingLicences: createBatchLoader(async (ids) => grouped(await endingLicences({ pool }, { userIds: ids }), ({ userId }) => userId)),
    hasAccount: createBatchLoader(async (ids) => {
      const rows = await prisma.account.findMany({ where: { userId: { in: [...ids] } }, select: { userId: true } });
      return new Map(rows.map(({ userId }) => [userId, true]));
    }),
    patient: createBatchLoader(async (ids) => {
      const rows = await prisma.patient.findMany({ where: { id: { in: [...ids] } }, include: { allergies: { orderBy: { recordedAt: 'asc' } }, encounters: { where: { endedAt: null }, orderBy: { admittedAt: 'desc' }, take: 1, include: { ward: true } } } });
      return new Map(rows.map((row) => [row.id, row]));
    }),
    labels: createBatchLoader(async (ids) => {
      const rows = await prisma.sensitivityLabel.findMany({ where: { patientId: { in: [...ids] }, removedAt: null }, select: { patientId: true, code: true } });
      return new Map([...grouped(rows, (row) => row.patientId)].map(([patientId, labels]) => [patientId, labels.map(({ code }) => code)]));
    }),
    latestObservations: createBatchLoader(async (ids) => {
      const { rows } = await pool.query<ObservationRow>(
        `select distinct on (patient_id, code) patient_id as "patientId", code, value, unit, observed_at as "observedAt" from observation
         where patient_id = any($1) order by patient_id, code, observed_at desc, received_at desc`,
        [ids],
      );
      return grouped(rows, (row) => row.patientId);
    }),
    objections: createBatchLoader(async (ids) => {
      const rows = await prisma.decision.findMany({ where: { instanceId: { in: [...ids] }, level: { not: 'PASS' } }, orderBy: { decidedAt: 'desc' } });
      return grouped(rows, (row) => row.instanceId ?? '');
    }),
    wardName: createBatchLoader(async (ids) => {
      const rows = await prisma.ward.findMany({ where: { id: { in: [...ids] } } });
      // The column holds a LocalizedText; see the ward loader of the demo hospital.
      return new Map(rows.map((row) => [row.id, row.name as unknown as LocalizedText]));
    }),
    productName: createBatchLoader(async (gtins) => {
      const rows = await prisma.medication.findMany({ where: { gtin: { in: [...gtins] } }, select: { gtin: true, name: true } });
      // The column holds a LocalizedText; see the catalogue of the demo hospital.
      return new Map(rows.map((row) => [row.gtin, row.name as unknown as LocalizedText]));
    }),
    ruleSetName: createBatchLoader(async (versions) => {
      const { rows } = await pool.query<{ version: string; name: LocalizedText }>(`select key || '/' || version as version, document->'name' as name from rule_set_version where key || '/' || version = any($1)
        union all select distinct on (key) key || '/', document->'name' from rule_set_version where key || '/' = any($1) order by 1, 2`, [versions]);
      return new Map(rows.map(({ version, name }) => [version, name]));
    }),
    bundleHash: createBatchLoader(async (ids) => {
      const rows = await prisma.processInstance.findMany({ where: { id: { in: [...ids] } }, select: { id: true, bundleHash: true } });
      return new Map(rows.map((row) => [row.id, row.bundleHash]));
    }),
    unverifiedTask: createBatchLoader(async (ids) => {
      const rows = await prisma.userTask.findMany({ where: { id: { in: [...ids] }, status: 'open', performedAt: { not: null } } });
      return new Map(rows.map((row) => [row.id, row]));
    }),
    versions: createBatchLoader(async (keys) => {
      const rows = await prisma.processBundle.findMany({ where: { processKey: { in: [...keys] } }, select: { hash: true, processKey: true }, orderBy: { publishedAt: 'desc' } });
      return new Map(keys.map((key) => [key, rows.filter(({ processKey }) => processKey === key).map(({ hash }) => hash)]));
    }),
    leafIndex: createBatchLoader(async (ids) => {
      const { rows } = await pool.query<{ entry: string; leaf: string }>('select entry_id::text as entry, index::text as leaf from audit_leaf where entry_id = any($1::bigint[])', [ids]);
      return new Map(rows.map((row) => [row.entry, BigInt(row.leaf)]));
    }),
  };
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
