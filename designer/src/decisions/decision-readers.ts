const readers = ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'auditor'];

/** Who may ask why a rule decided as it did. The gateway decides again, by relation too; this only spares people a refusal. */
export function mayReadDecisions(roles: readonly string[]): boolean {
  return roles.some((role) => readers.includes(role));
}
