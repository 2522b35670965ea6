import { Engine, type RuleProperties } from 'json-rules-engine';
import type { Facts, RuleSetDocument } from '#rules';

/** The rule set in json-rules-engine itself. */
export function createOracle(document: RuleSetDocument): Engine {
  const engine = new Engine(
    document.rules.map(({ conditions, event, priority, id }) => ({
      conditions: ownConditions(conditions),
      event: { type: event.type },
      name: id,
      ...(priority === undefined ? {} : { priority }),
    })),
  );
  for (const [name, condition] of Object.entries(document.conditions ?? {})) engine.setCondition(name, ownConditions(condition));
  return engine;
}

/** The document's conditions are json-rules-engine's own format; its types want mutable ones, and it writes into them. */
function ownConditions(conditions: RuleSetDocument['rules'][number]['conditions']): RuleProperties['conditions'] {
  return structuredClone(conditions) as RuleProperties['conditions'];
}

/** The event types that json-rules-engine fires, by falling priority; within one priority by name, since it settles those in parallel. */
export async function oracleEvents(engine: Engine, document: RuleSetDocument, facts: Facts): Promise<readonly string[]> {
  const { events } = await engine.run({ ...facts });
  return sortWithinPriority(document, events.map((event) => event.type));
}

/** Orders fired events of one priority by name and leaves the order of priorities as it is. */
export function sortWithinPriority(document: RuleSetDocument, types: readonly string[]): readonly string[] {
  const priorities = new Map(document.rules.map((rule) => [rule.event.type, rule.priority ?? 1]));
  const sorted: string[] = [];
  let from = 0;
  for (let index = 1; index <= types.length; index += 1) {
    if (index < types.length && priorities.get(types[index] ?? '') === priorities.get(types[from] ?? '')) continue;
    sorted.push(...types.slice(from, index).toSorted());
    from = index;
  }
  return sorted;
}
