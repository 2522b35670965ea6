import { defineDocument } from '../graphql/client.ts';
import { errorFields } from '../graphql/fragments.ts';

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** A recovery between two administrators. `status`: open | confirmed | used | withdrawn | expired. */
export interface RecoveryCase {
  readonly id: string;
  readonly status: string;
  readonly username: string;
  readonly person: Named;
  readonly reason: string;
  readonly identityCheck: string;
  readonly removesFactors: boolean;
  readonly openedBy: Named;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly confirmedBy: Named | null;
  readonly confirmedAt: string | null;
  readonly usedAt: string | null;
}

export const recoveryCasesDocument = defineDocument<{ recoveryCases: readonly RecoveryCase[] }, Record<string, never>>(`
  query RecoveryCases { recoveryCases { id status username person { id displayName } reason identityCheck removesFactors openedBy { id displayName } openedAt expiresAt confirmedBy { id displayName } confirmedAt usedAt } }
`);

export const openRecoveryDocument = defineDocument<Record<string, unknown>, { input: { username: string; reason: string; identityCheck: string; removesFactors: boolean } }>(`
  mutation OpenRecovery($input: OpenRecoveryInput!) { openRecovery(input: $input) { __typename ... on OpenRecoveryPayload { recoveryCode recovery { id } } ${errorFields} } }
`);

export const confirmRecoveryDocument = defineDocument<Record<string, unknown>, { input: { recoveryId: string } }>(`
  mutation ConfirmRecovery($input: ConfirmRecoveryInput!) { confirmRecovery(input: $input) { __typename ... on ConfirmRecoveryPayload { recoveryPath linkExpiresAt recovery { id } } ${errorFields} } }
`);

export const withdrawRecoveryDocument = defineDocument<Record<string, unknown>, { input: { recoveryId: string; reason: string } }>(`
  mutation WithdrawRecovery($input: WithdrawRecoveryInput!) { withdrawRecovery(input: $input) { __typename ... on WithdrawRecoveryPayload { recovery { id } } ${errorFields} } }
`);

export interface LockedAccount {
  readonly username: string;
  readonly person: Named;
  readonly since: string;
  readonly until: string;
  readonly wrongTries: number;
  readonly address: string | null;
}

export interface RefusedSignIns {
  readonly hour: string;
  readonly wrong: number;
  readonly locked: number;
  readonly addresses: number;
  readonly accounts: number;
}

export const signInSecurityDocument = defineDocument<{ signInSecurity: { lockedAccounts: readonly LockedAccount[]; refusedByHour: readonly RefusedSignIns[] } }, Record<string, never>>(`
  query SignInSecurity { signInSecurity { lockedAccounts { username person { id displayName } since until wrongTries address } refusedByHour { hour wrong locked addresses accounts } } }
`);

export const unlockAccountDocument = defineDocument<Record<string, unknown>, { input: { username: string; reason: string } }>(`
  mutation UnlockAccount($input: UnlockAccountInput!) { unlockAccount(input: $input) { __typename ... on UnlockAccountPayload { unlocked } ${errorFields} } }
`);
