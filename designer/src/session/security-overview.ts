import { useCallback, useEffect, useState } from 'react';
import { callAuthDoor, type AuthRefusal } from './auth-door.ts';

/** A passkey as its person sees it. Instants are ISO 8601. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: string | null;
  readonly lastUsedAt: string | null;
  /** Kept by the maker of the device too, so that other devices of the person have it. */
  readonly backedUp: boolean;
}

/** What the signed-in person has to sign in with (`/api/auth/security/overview`). */
export interface SecurityOverview {
  readonly person: { readonly id: string; readonly username: string; readonly displayName: string };
  readonly demand: 'required' | 'exempt' | 'optional';
  /** The session may do nothing before a factor was added or shown. */
  readonly isMissing: boolean;
  readonly authenticatedBy: string;
  readonly isMultiFactor: boolean;
  readonly isRecent: boolean;
  readonly hasPassword: boolean;
  readonly oneTimeCode: { readonly confirmedAt: string } | null;
  readonly backupCodesLeft: number;
  readonly passkeys: readonly PasskeyRow[];
}

export type OverviewState = { readonly kind: 'loading' } | { readonly kind: 'ready'; readonly overview: SecurityOverview } | AuthRefusal;

/** Reads it, and again on `reload`. */
export function useSecurityOverview(): { readonly state: OverviewState; readonly reload: () => Promise<void> } {
  const [state, setState] = useState<OverviewState>({ kind: 'loading' });
  const reload = useCallback(async () => {
    const answer = await callAuthDoor('/security/overview');
    // The shape of our own door.
    setState(answer.kind === 'done' ? { kind: 'ready', overview: answer.body as SecurityOverview } : answer);
  }, []);
  useEffect(() => {
    let isHere = true;
    void callAuthDoor('/security/overview').then((answer) => {
      if (isHere) setState(answer.kind === 'done' ? { kind: 'ready', overview: answer.body as SecurityOverview } : answer);
    });
    return () => {
      isHere = false;
    };
  }, []);
  return { state, reload };
}
