/** One thing that keeps an instance from going on in another version. */
export type MigrationFinding = {
  readonly code: MigrationFindingCode;
  /** Of the present version. */
  readonly elementId?: string;
  /** Where the mapping sends it, or what in the target version stands in the way. */
  readonly targetElementId?: string;
  /** The variable concerned. */
  readonly place?: string;
  /** For developers; never patient data. */
  readonly message: string;
};

export type MigrationFindingCode =
  | 'PROCESS_DIFFERS' | 'UNDOING' | 'TARGET_MISSING' | 'GOES_NOWHERE' | 'TYPE_DIFFERS' | 'MARKER_DIFFERS' | 'STANDS_OUTSIDE' | 'CONTAINER_NOT_PLAIN'
  | 'FLOWS_MISSING' | 'HANDLER_MISSING' | 'VARIABLE_TYPE_DIFFERS'
  /** An expression of the target version, such as a timer that would be armed, fails with the instance's data. */
  | 'EXPRESSION_FAILS';
