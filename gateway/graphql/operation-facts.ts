import { z } from 'zod';
import type { FlowElement, LocalizedText } from '#engine';

/** What the sentence about an operator's act names: steps, a version, a way out. Nothing of it is the patient's. */
export interface OperationFacts {
  /** Names of the steps at which the case goes on. */
  readonly steps?: readonly LocalizedText[];
  /** The version that the case was moved to. */
  readonly version?: string;
  /** retry | skip | confirmDone | confirmNotDone | childReopened */
  readonly resolution?: string;
  /** Of a refused command. */
  readonly kind?: string;
}

/** Actions whose sentence needs the entry's detail. */
export const operations: ReadonlySet<string> = new Set(['instance.modified', 'instance.migrated', 'instance.reopened', 'incident.resolved', 'command.refused']);

const detailSchema = z.object({
  instructions: z.array(z.object({ elementId: z.string().optional() })).optional(),
  elements: z.array(z.string()).optional(),
  version: z.string().optional(),
  resolution: z.string().optional(),
  kind: z.string().optional(),
});

/** Reads them from an entry's detail; of a detail in another shape, nothing. Steps without a name are told by their id. */
export function operationFacts(detail: unknown, elements: ReadonlyMap<string, FlowElement>): OperationFacts {
  const read = detailSchema.safeParse(detail);
  if (!read.success) return {};
  const { instructions = [], elements: reopened = [], version, resolution, kind } = read.data;
  const ids = [...instructions.flatMap(({ elementId }) => elementId ?? []), ...reopened];
  const steps = [...new Set(ids)].map((id) => elements.get(id)?.name ?? { 'zh-CN': id, en: id });
  return { ...(steps.length === 0 ? {} : { steps }), ...(version === undefined ? {} : { version }), ...(resolution === undefined ? {} : { resolution }), ...(kind === undefined ? {} : { kind }) };
}
