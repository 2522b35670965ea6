import type { ElementType } from '../definition/process-definition.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import type { ElementPlan } from '../plan.ts';
import { boundaryEvent } from './boundary-event.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { endEvent } from './end-event.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { scriptTask } from './script-task.ts';
import { serviceTask } from './service-task.ts';
import { startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { userTask } from './user-task.ts';

const registry = {
  startEvent,
  endEvent,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent,
  userTask,
  serviceTask,
  businessRuleTask,
  scriptTask,
  exclusiveGateway,
  parallelGateway,
  subProcess,
} satisfies { readonly [Type in ElementType]: ElementBehavior<Type> };

/** The behavior of the element's type. */
export function behaviorOf(element: ElementPlan): ElementBehavior {
  // The registry pairs each type with its own behavior; the union over types cannot express that pairing.
  return registry[element.definition.type] as ElementBehavior;
}
