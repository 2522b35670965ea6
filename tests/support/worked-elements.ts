import type { RecordEntry } from '#engine';

/**
 * The elements that did their work, in the order in which they completed: a repeated activity once for each time it ran, so
 * not at all when it had nothing to repeat. (A path names such an activity all the same, for it was passed.)
 */
export function workedElements(log: readonly RecordEntry[]): string[] {
  const isBody = (detail: unknown): boolean => typeof detail === 'object' && detail !== null && 'numberOfInstances' in detail;
  return log.flatMap(({ action, elementId, detail }) => (action === 'element.completed' && elementId !== undefined && !isBody(detail) ? [elementId] : []));
}
