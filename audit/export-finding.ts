/** What is wrong with an export; about one entry where `sequence` is given. */
export interface ExportFinding {
  readonly code: ExportFindingCode;
  /** "Expected …, but …" or a plain sentence that names the entry. */
  readonly message: string;
  /** The entry's number. */
  readonly sequence?: number;
  /** Its position in the log. */
  readonly index?: number;
  readonly action?: string;
  readonly occurredAt?: string;
}

export type ExportFindingCode =
  | 'ENTRY_EDITED' | 'ENTRY_MISSING' | 'ENTRY_APPENDED' | 'ENTRY_REORDERED' | 'ENTRY_UNREADABLE'
  | 'LEAF_EDITED' | 'PROOF_INVALID' | 'ROOT_DIFFERS'
  | 'TREE_HEAD_INVALID' | 'MANIFEST_INVALID' | 'KEY_DIFFERS' | 'EXPORT_MALFORMED' | 'EXPORT_REFORMATTED';

/** The outcome of verifying an export. */
export interface ExportVerification {
  readonly isIntact: boolean;
  readonly entryCount: number;
  readonly treeSize?: number;
  readonly signedAt?: string;
  readonly keyId?: string;
  /** Whether the key was given by the verifier; otherwise it is the one that the export brings along. */
  readonly isKeyPinned: boolean;
  readonly findings: readonly ExportFinding[];
}

/** The parts of an entry that name it, as far as they are readable in a value that may have been tampered with. */
export function entryName(entry: unknown): Pick<ExportFinding, 'sequence' | 'action' | 'occurredAt'> {
  if (entry === null || typeof entry !== 'object') return {};
  const { sequence, action, occurredAt } = entry as Record<string, unknown>;
  return {
    ...(typeof sequence === 'number' ? { sequence } : {}),
    ...(typeof action === 'string' ? { action } : {}),
    ...(typeof occurredAt === 'string' ? { occurredAt } : {}),
  };
}

/** `Entry 41 (task.completed, 2026-11-22T08:00:00.000Z)` */
export function spokenName({ sequence, action, occurredAt }: Pick<ExportFinding, 'sequence' | 'action' | 'occurredAt'>): string {
  const known = [action, occurredAt].filter((part) => part !== undefined).join(', ');
  return `Entry ${sequence ?? '?'}${known ? ` (${known})` : ''}`;
}
