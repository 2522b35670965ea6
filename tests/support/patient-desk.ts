import { randomUUID } from 'node:crypto';
import type { CommandService } from '../../gateway/commands/index.ts';
import { admitPatients } from './bedside-process.ts';
import { startTestDatabase } from './index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from './running-gateway.ts';

const accessFields = 'id isOpen secondsLeft endedAt patient { patientId name ward isVisible } person { id } reasonCode reviews { id outcome comment reviewedBy { id } }';
const documents = {
  take: `mutation ($input: TakeEmergencyAccessInput!) { result: takeEmergencyAccess(input: $input) { __typename ... on TakeEmergencyAccessPayload { wasOpen emergencyAccess { ${accessFields} } } ... on Error { code place } } }`,
  end: `mutation ($input: EndEmergencyAccessInput!) { result: endEmergencyAccess(input: $input) { __typename ... on EndEmergencyAccessPayload { emergencyAccess { ${accessFields} } } ... on Error { code place } } }`,
  review: `mutation ($input: ReviewEmergencyAccessInput!) { result: reviewEmergencyAccess(input: $input) { __typename ... on ReviewEmergencyAccessPayload { emergencyAccess { ${accessFields} } } ... on Error { code place } } }`,
  addMember: 'mutation ($input: AddCareTeamMemberInput!) { result: addCareTeamMember(input: $input) { __typename ... on AddCareTeamMemberPayload { member { id validFrom validUntil person { id } } } ... on Error { code place } } }',
  endMember: 'mutation ($input: EndCareTeamMembershipInput!) { result: endCareTeamMembership(input: $input) { __typename ... on EndCareTeamMembershipPayload { member { id endedAt } } ... on Error { code place } } }',
  label: 'mutation ($input: LabelPatientInput!) { result: labelPatient(input: $input) { __typename ... on LabelPatientPayload { label { id code } } ... on Error { code place } } }',
  removeLabel: 'mutation ($input: RemoveLabelInput!) { result: removeLabel(input: $input) { __typename ... on RemoveLabelPayload { label { id } } ... on Error { code place } } }',
} as const;

/** Why somebody takes emergency access in these tests. */
export const reason = '患者胸痛抢救，本人临时支援';

/** A gateway with a patient in each of two wards, and the acts on who reaches them. */
export interface PatientDesk {
  readonly gateway: RunningGateway;
  /** Carries out a mutation; gives its payload or expected error, with `__typename`. Throws what is neither. */
  act(as: As, name: keyof typeof documents, input: object): Promise<GraphqlAnswer['data']>;
  /** Takes emergency access to P1. */
  take(as: As, more?: object): Promise<GraphqlAnswer['data']>;
  /** The patients of this number whom somebody sees. */
  seen(as: As, id?: string): Promise<unknown[]>;
  /** A row as it would stand after the time that tests cannot wait for; gives its id. */
  accessOf(userId: string, times: { readonly startedMsAgo: number; readonly lastsMs: number }): Promise<string>;
  close(): Promise<void>;
}

export async function startPatientDesk(): Promise<PatientDesk> {
  const server = await startTestDatabase();
  const gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await admitPatients(gateway.database);

  const desk: PatientDesk = {
    gateway,
    async act(as, name, input) {
      const { data, errors } = await gateway.graphql(as, documents[name], { input: { idempotencyKey: randomUUID(), ...input } });
      if (errors) throw new Error(JSON.stringify(errors));
      return data.result;
    },
    take: (as, more = {}) => desk.act(as, 'take', { patientId: 'P1', reasonCode: 'RESUSCITATION', reason, ...more }),
    seen: async (as, id = 'P1') => (await gateway.graphql(as, 'query ($id: String!) { patients(search: $id) { edges { node { patientId } } } }', { id })).data.patients.edges,
    async accessOf(userId, { startedMsAgo, lastsMs }) {
      const id = randomUUID();
      await gateway.database.pool.query(`insert into emergency_access (id, patient_id, user_id, reason_code, reason, started_at, expires_at) select $1, 'P1', $2, 'other', $3, at, at + $5 * interval '1 millisecond' from (select clock_timestamp() - $4 * interval '1 millisecond' as at) s`, [id, userId, reason, startedMsAgo, lastsMs]);
      return id;
    },
    async close() {
      await gateway.close();
      await server.stop();
    },
  };
  return desk;
}
