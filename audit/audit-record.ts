import type { AuditCrypto } from './audit-crypto.ts';
import { utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { leafHash } from './merkle-tree.ts';

/**
 * An audit entry in its final form: every column of the record, absent ones omitted, instants in ISO 8601 UTC
 * with milliseconds. `payload` stays encrypted, so that destroying a key leaves the log verifiable.
 */
export interface AuditRecord {
  /** The entry's number in the database, unique and ascending, with gaps. */
  readonly sequence: number;
  readonly factId: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly deviceAt?: string;
  readonly timeSource?: string;
  readonly lateEntry: boolean;
  readonly actorId: string;
  readonly actorKind: string;
  readonly actorRoles: readonly string[];
  readonly actorUnit?: string;
  readonly onBehalfOf?: string;
  readonly action: string;
  readonly processKey?: string;
  readonly instanceId?: string;
  readonly elementId?: string;
  readonly elementInstanceId?: string;
  readonly taskId?: string;
  readonly patientId?: string;
  readonly reason?: string;
  readonly ruleSet?: string;
  readonly ruleSetVersion?: string;
  readonly decisionId?: string;
  /** `factId` of the entry that this one corrects. */
  readonly corrects?: string;
  readonly payload?: { readonly keyId: string; readonly iv: string; readonly ciphertext: string; readonly tag: string };
}

/** The bytes that are hashed for an entry: its RFC 8785 text. A member added later and absent changes no old leaf. */
export function leafBytes(record: object): Uint8Array {
  return utf8(canonicalJson(record));
}

/** Hash of an entry's leaf. */
export function recordLeafHash(crypto: Pick<AuditCrypto, 'sha256'>, record: object): Uint8Array {
  return leafHash(crypto, leafBytes(record));
}
