/** Roles that oversee access to patients; the server decides again. */
export const overseers: readonly string[] = ['privacy-officer', 'auditor'];
