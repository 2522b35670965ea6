import type { CompiledRuleSet, RuleSetDocument } from '#rules';
import type { ElementType, FlowElement, ProcessDefinition, SequenceFlow, VariableDeclaration } from './definition/index.ts';
import type { Expression } from './expressions.ts';

/** A definition with the rule sets that it pins, by `key@version`: what is published and addressed by its hash. */
export interface ProcessBundle {
  readonly format: 'careloop-bundle/1';
  readonly definition: ProcessDefinition;
  readonly ruleSets: { readonly [keyAtVersion: string]: RuleSetDocument };
}

/** A definition ready to run: references resolved, elements numbered, expressions parsed. Immutable, shared by instances. */
export interface ProcessPlan {
  readonly definition: ProcessDefinition;
  readonly root: ScopePlan;
  /** By `ElementPlan.index`. */
  readonly elements: readonly ElementPlan[];
  /** By id; ids are unique over the whole process. */
  readonly elementsById: ReadonlyMap<string, ElementPlan>;
  /** By source text. */
  readonly expressions: ReadonlyMap<string, Expression>;
  /** By `key@version`. */
  readonly ruleSets: ReadonlyMap<string, CompiledRuleSet>;
}

/** What flows in one scope: the process or a sub-process. */
export interface ScopePlan {
  /** The sub-process; absent for the process. */
  readonly owner?: ElementPlan;
  readonly variables: ReadonlyMap<string, VariableDeclaration>;
  readonly startEvents: readonly ElementPlan[];
  /** What begins where there is no start event: everything that no flow leads to. BPMN 2.0.2 §13.2. */
  readonly implicitStarts: readonly ElementPlan[];
  readonly eventSubProcesses: readonly EventSubProcessPlan[];
}

/** An event sub-process of a scope, with the event that starts it. */
export interface EventSubProcessPlan {
  readonly element: ElementPlan;
  readonly start: ElementPlan<'startEvent'>;
}

/** A flow element of the given type with its references resolved. */
export type ElementPlan<Type extends ElementType = ElementType> = ElementPlanOf<Extract<FlowElement, { type: Type }>>;

interface ElementPlanOf<Definition extends FlowElement> {
  readonly index: number;
  readonly id: string;
  readonly definition: Definition;
  readonly incoming: readonly FlowPlan[];
  /** In modelled order. */
  readonly outgoing: readonly FlowPlan[];
  readonly default?: FlowPlan;
  /** Boundary events attached to it. */
  readonly boundaryEvents: readonly ElementPlan<'boundaryEvent'>[];
  /** The process or sub-process in which it stands. */
  readonly container: ScopePlan;
  /** The activity that undoes it, from its compensation boundary event. */
  readonly compensationHandler?: ElementPlan;
  /** The activity that a boundary event is attached to. */
  readonly attachedTo?: ElementPlan;
  /** The sub-process's own scope. */
  readonly inner?: ScopePlan;
}

/** A sequence flow, or the jump of a link, with its ends resolved. */
export interface FlowPlan {
  readonly definition: SequenceFlow;
  readonly source: ElementPlan;
  readonly target: ElementPlan;
}
