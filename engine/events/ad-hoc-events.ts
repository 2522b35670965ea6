import { activateAdHoc } from '../elements/ad-hoc-sub-process.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { ElementPlan } from '../plan.ts';
import { requireRunning } from './require-running.ts';
import { waitingInstance } from './waiting-instance.ts';

/** A person begins one more activity of an ad-hoc sub-process. Fails: INSTANCE_NOT_RUNNING, ACTIVITY_NOT_AVAILABLE. */
export function beginAdHocActivity(execution: Execution, event: Extract<EngineEvent, { type: 'adHocActivityActivated' }>): void {
  requireRunning(execution);
  const instance = waitingInstance(execution, event.elementInstanceId, 'adHocSubProcess');
  if (!instance) return raise({ code: 'ACTIVITY_NOT_AVAILABLE', message: 'Expected an ad-hoc sub-process that runs, but there is none with this id' });
  // waitingInstance has checked the type.
  activateAdHoc(execution, execution.elementOf(instance) as ElementPlan<'adHocSubProcess'>, instance, event.elementId);
}
