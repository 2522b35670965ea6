import type { ActivityMarker } from '#bpmn';
import type { FlowElement } from '#engine';
import { textOf } from '../../i18n/localized-text.ts';
import type { Locale } from '../../i18n/message.ts';

/** One element of a process as the picture needs it, in the order of the definition. */
export interface GraphElement {
  readonly id: string;
  readonly type: FlowElement['type'] | 'other';
  readonly name: string;
  /** The sub-process it stands in. */
  readonly parentId?: string;
  /** For boundary events: the activity on whose border it stands. */
  readonly attachedTo?: string;
  readonly markers: readonly ActivityMarker[];
  /** Of events: what they wait for or send. Of event sub-processes: what starts them. */
  readonly eventKind?: string;
  /** Of boundary events and of what starts an event sub-process: false when the rest goes on. */
  readonly interrupts?: boolean;
  /** A sub-process that an event starts, not a flow. */
  readonly isEventSubProcess?: true;
  /** A task that a second person has to verify. */
  readonly isVerified?: true;
  /** Of event-based gateways and receive tasks that start the process; `parallel` needs all of its events. */
  readonly instantiates?: 'exclusive' | 'parallel';
  /** Of error end events: with which error the scope ends. */
  readonly errorCode?: string;
  readonly candidateRoles: readonly string[];
}

/** A kind of element that the engine learns does not compile before the picture knows it. */
const known: Readonly<Record<FlowElement['type'], true>> = {
  startEvent: true, endEvent: true, intermediateCatchEvent: true, intermediateThrowEvent: true, boundaryEvent: true,
  task: true, manualTask: true, userTask: true, serviceTask: true, businessRuleTask: true, scriptTask: true, sendTask: true, receiveTask: true, callActivity: true,
  exclusiveGateway: true, inclusiveGateway: true, parallelGateway: true, complexGateway: true, eventBasedGateway: true,
  subProcess: true, transaction: true, adHocSubProcess: true,
};

type Container = Extract<FlowElement, { readonly type: 'subProcess' | 'transaction' | 'adHocSubProcess' }>;

/** True for the three kinds of sub-process, which have elements of their own. */
export function isContainer<Element extends { readonly type: string }>(element: Element): element is Element & { readonly type: Container['type'] } {
  return element.type === 'subProcess' || element.type === 'transaction' || element.type === 'adHocSubProcess';
}

function kindOf(event: { readonly kind: string; readonly parallel?: boolean | undefined } | undefined): string | undefined {
  return event?.kind === 'multiple' && event.parallel === true ? 'parallelMultiple' : event?.kind;
}

/** The event of an element: its own, or that of the start event in an event sub-process. */
function eventOf(element: FlowElement): { readonly eventKind?: string; readonly interrupts?: boolean } {
  if (element.type === 'subProcess') {
    const start = element.triggeredByEvent === true ? element.flowElements.find((each) => each.type === 'startEvent') : undefined;
    return start === undefined ? {} : eventOf(start);
  }
  const eventKind = 'event' in element ? kindOf(element.event) : undefined;
  const interrupts = element.type === 'boundaryEvent' ? element.cancelActivity : element.type === 'startEvent' ? element.isInterrupting : undefined;
  return { ...(eventKind === undefined ? {} : { eventKind }), ...(interrupts === undefined ? {} : { interrupts }) };
}

function markersOf(element: FlowElement): readonly ActivityMarker[] {
  return [
    ...('standardLoop' in element && element.standardLoop !== undefined ? ['loop' as const] : []),
    ...('multiInstance' in element && element.multiInstance !== undefined ? [element.multiInstance.sequential ? ('sequential' as const) : ('parallel' as const)] : []),
    ...('isForCompensation' in element && element.isForCompensation === true ? ['compensation' as const] : []),
    ...(element.type === 'adHocSubProcess' ? ['adHoc' as const] : []),
  ];
}

function instantiates(element: FlowElement): GraphElement['instantiates'] {
  if (element.type === 'eventBasedGateway' && element.instantiate === true) return element.eventGatewayType ?? 'exclusive';
  return element.type === 'receiveTask' && element.instantiate === true ? 'exclusive' : undefined;
}

/** The kind by BPMN's own name; `other` for one that this app does not know. */
export function knownType(type: string): GraphElement['type'] {
  // The keys of the table are the kinds.
  return Object.hasOwn(known, type) ? (type as FlowElement['type']) : 'other';
}

/** Reads one element; of a kind that this app does not know, only what all elements have. */
export function graphElementOf(element: FlowElement, parentId: string | undefined, locale: Locale): GraphElement {
  const start = instantiates(element);
  return {
    id: element.id,
    type: knownType(element.type),
    name: textOf(element.name, locale),
    ...(parentId === undefined ? {} : { parentId }),
    ...(element.type === 'boundaryEvent' ? { attachedTo: element.attachedToRef } : {}),
    markers: markersOf(element),
    // A compensation boundary event never interrupts nor goes on: its activity is done. BPMN draws it plain.
    ...(element.type === 'boundaryEvent' && element.event.kind === 'compensation' ? { eventKind: 'compensation' } : eventOf(element)),
    ...(element.type === 'subProcess' && element.triggeredByEvent === true ? { isEventSubProcess: true } : {}),
    ...(element.type === 'userTask' && element.verification !== undefined ? { isVerified: true } : {}),
    ...(start === undefined ? {} : { instantiates: start }),
    ...(element.type === 'endEvent' && element.event?.kind === 'error' && element.event.errorCode !== undefined ? { errorCode: element.event.errorCode } : {}),
    candidateRoles: element.type === 'userTask' ? element.candidateRoles : [],
  };
}
