import type { DefinitionFinding } from '../failure.ts';

/** Adds a finding about an element. */
export type Report = (code: string, elementId: string, message: string, severity?: DefinitionFinding['severity']) => void;
