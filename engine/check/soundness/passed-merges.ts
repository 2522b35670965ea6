import type { RecordEntry } from '../../command.ts';
import { rootScopeId } from '../../draft.ts';
import type { Json } from '../../json.ts';
import type { ProcessPlan } from '../../plan.ts';
import type { ElementInstance, ProcessState } from '../../state.ts';
import { mergesOf, type Merges } from './merges.ts';

/** Follows which merges a token has passed, each as `<scope id> <element id>`. */
export class PassedMerges {
  readonly #merges: Merges;
  /** By element, the sub-process in which it stands. */
  readonly #owners: ReadonlyMap<string, string>;
  readonly #repeated: ReadonlySet<string>;

  constructor(plan: ProcessPlan) {
    this.#merges = mergesOf(plan);
    this.#owners = new Map(plan.elements.flatMap((owner) => ('flowElements' in owner.definition ? owner.definition.flowElements.map(({ id }): [string, string] => [id, owner.id]) : [])));
    this.#repeated = new Set(plan.elements.flatMap(({ id, definition }) => (('multiInstance' in definition && definition.multiInstance) || ('standardLoop' in definition && definition.standardLoop) ? [id] : [])));
  }

  /** Adds what one step has passed, and gives a merge that is passed for the second time. */
  take(entries: readonly RecordEntry[], before: ProcessState, after: ProcessState, passed: Set<string>): string | undefined {
    if (this.#merges.size === 0) return undefined;
    let twice: string | undefined;
    const open = new OpenOwners(before);
    for (const { action, elementId, elementInstanceId, detail } of entries) {
      if (elementId === undefined || elementInstanceId === undefined) continue;
      if (action === 'element.completed' || action === 'element.terminated') open.delete(elementId, elementInstanceId);
      if (action !== 'element.activated') continue;
      // An activity that is repeated is counted with its body; what is in it, with each repetition.
      const isRepetition = isInner(detail);
      if (isRepetition === this.#repeated.has(elementId)) open.add(elementId, elementInstanceId);
      if (isRepetition || !this.#merges.has(elementId)) continue;
      const scopeId = this.#scopeOf(elementId, open, before, after);
      if (scopeId === undefined) continue;
      const entry = `${scopeId} ${elementId}`;
      if (passed.has(entry)) twice ??= elementId;
      passed.add(entry);
    }
    return twice;
  }

  /** Of the merges passed, those to which another token can still come. */
  living(passed: ReadonlySet<string>, state: ProcessState): ReadonlySet<string> {
    if (passed.size === 0) return passed;
    return new Set([...passed].filter((entry) => {
      const [scopeId = '', elementId = ''] = entry.split(' ');
      const upstream = this.#merges.get(elementId);
      if (!upstream || !state.scopes[scopeId]) return false;
      if (Object.keys(state.scopes[scopeId]?.joins ?? {}).some((id) => upstream.has(id))) return true;
      return Object.values(state.elementInstances).some((instance) => instance.scopeId === scopeId && upstream.has(instance.elementId));
    }));
  }

  /** The one scope in which the element can have been passed; undefined when there are several. */
  #scopeOf(elementId: string, open: OpenOwners, before: ProcessState, after: ProcessState): string | undefined {
    const owner = this.#owners.get(elementId);
    if (owner === undefined) return rootScopeId;
    const ownerId = open.only(owner);
    if (ownerId === undefined) return undefined;
    const scope = [before, after].flatMap(({ scopes }) => Object.values(scopes)).find(({ elementInstanceId, isSnapshot }) => elementInstanceId === ownerId && !isSnapshot);
    // A sub-process that began and ended in this step is in neither state.
    return scope?.id ?? ownerId;
  }
}

/** The instances that run at a moment within a step, by element. */
class OpenOwners {
  readonly #instances = new Map<string, Set<string>>();

  constructor({ elementInstances }: ProcessState) {
    for (const instance of Object.values(elementInstances)) if (!isBody(instance)) this.add(instance.elementId, instance.id);
  }

  add(elementId: string, instanceId: string): void {
    const instances = this.#instances.get(elementId);
    if (instances) instances.add(instanceId);
    else this.#instances.set(elementId, new Set([instanceId]));
  }

  delete(elementId: string, instanceId: string): void {
    this.#instances.get(elementId)?.delete(instanceId);
  }

  /** The instance of the element, when it has exactly one. */
  only(elementId: string): string | undefined {
    const instances = this.#instances.get(elementId);
    return instances?.size === 1 ? [...instances][0] : undefined;
  }
}

function isBody({ multiInstance, iteration }: ElementInstance): boolean {
  return multiInstance !== undefined || iteration !== undefined;
}

function isInner(detail: Json | undefined): boolean {
  return typeof detail === 'object' && detail !== null && 'loopCounter' in detail;
}
