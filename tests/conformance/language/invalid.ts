import { boundary, cancel, catching, compensation, correlated, ending, error, gateway, link, message, multiple, node, onEvent, script, signal, subProcess, terminate, text, throwing, timer, transaction, undoneBy, waiting, xml, type Container } from './model.ts';

/** A model that the standard forbids, and the finding that refuses it. */
export interface InvalidCase extends Container {
  readonly title: string;
  readonly code: string;
  readonly elementId?: string;
  /** `error` when absent: it is not run at all. */
  readonly severity?: 'warning';
  readonly roots?: readonly string[];
  readonly others?: Readonly<Record<string, Container>>;
}

const fork = gateway('parallel', 'g');
const flow = (id: string, sourceRef: string, targetRef: string) => node('sequenceFlow', id, { sourceRef, targetRef });

/** Models that are refused with a reason, by the rules of BPMN 2.0.2 §8.3.13 and §10. */
export const invalidCases: readonly InvalidCase[] = [
  // Sequence flows, §8.3.13.
  { title: 'a flow to a start event', flows: 'start -> a -> start', code: 'FLOW_TO_START_EVENT' },
  { title: 'a flow from an end event', flows: 'start -> end -> a', code: 'FLOW_FROM_END_EVENT' },
  { title: 'a flow to a boundary event', flows: 'start -> w -> late -> a', nodes: [waiting('w'), boundary('late', 'w', timer('PT1S'))], code: 'FLOW_TO_BOUNDARY_EVENT' },
  { title: 'a flow from nothing', flows: 'start -> a', nodes: [flow('f', 'nowhere', 'a')], code: 'REFERENCE_NOT_FOUND' },
  { title: 'a flow to nothing', flows: 'start -> a', nodes: [flow('f', 'a', 'nowhere')], code: 'REFERENCE_NOT_FOUND' },
  { title: 'a flow into a sub-process', flows: 'start -> s; start -> a', nodes: [subProcess('s', { flows: 'start1 -> b' }), flow('f', 'a', 'b')], code: 'TARGET_NOT_FOUND' },
  { title: 'a flow out of a sub-process', flows: 'start -> s; start -> a', nodes: [subProcess('s', { flows: 'start1 -> b' }), flow('f', 'b', 'a')], code: 'SOURCE_NOT_FOUND' },
  { title: 'a flow to an event sub-process', flows: 'start -> a -> es', nodes: [onEvent('es', signal('S'), true, 'b')], code: 'FLOW_AT_EVENT_SUB_PROCESS' },
  { title: 'a flow from an event sub-process', flows: 'start -> a; es -> c', nodes: [onEvent('es', signal('S'), true, 'b')], code: 'FLOW_AT_EVENT_SUB_PROCESS' },
  { title: 'a flow to a compensation handler', flows: 'start -> a -> u', nodes: [...undoneBy('a', 'u')], code: 'FLOW_AT_COMPENSATION_HANDLER' },
  { title: 'a flow to a starting receive task', flows: 'start -> r -> a', nodes: [node('receiveTask', 'r', { messageRef: 'M', instantiate: true })], code: 'FLOW_TO_INSTANTIATING_ELEMENT' },
  { title: 'a condition on a flow that leaves a parallel gateway', flows: 'start -> g; g -> a if true; g -> b', nodes: [fork], code: 'CONDITION_NOT_ALLOWED' },
  { title: 'a condition on a flow that leaves a start event', flows: 'start -> a if true', code: 'CONDITION_NOT_ALLOWED' },
  { title: 'a condition on a flow that leaves an event-based gateway', flows: 'start -> e; e -> t -> a if true; e -> s1 -> b', nodes: [gateway('eventBased', 'e'), catching('t', timer('PT1S')), catching('s1', signal('S'))], code: 'CONDITION_NOT_ALLOWED' },

  // Gateways, §10.6.
  { title: 'an exclusive choice without conditions', flows: 'start -> g; g -> a; g -> b', nodes: [gateway('exclusive', 'g')], code: 'CONDITION_MISSING' },
  { title: 'a default flow of another element', flows: 'start -> g; g -> a if true; g -> b if false', nodes: [node('exclusiveGateway', 'g', { default: 'start_g' })], code: 'DEFAULT_NOT_OUTGOING' },
  { title: 'a converging gateway with several flows out', flows: 'start -> g; g -> a; g -> b', nodes: [node('parallelGateway', 'g', { gatewayDirection: 'Converging' })], code: 'GATEWAY_DIRECTION', elementId: 'g', severity: 'warning' },
  { title: 'a diverging gateway with several flows in', flows: 'start -> g; g -> a -> j; g -> b -> j; j -> c; j -> d', nodes: [fork, node('parallelGateway', 'j', { gatewayDirection: 'Diverging' })], code: 'GATEWAY_DIRECTION', elementId: 'j', severity: 'warning' },
  { title: 'a task behind an event-based gateway', flows: 'start -> e; e -> t -> a; e -> b', nodes: [gateway('eventBased', 'e'), catching('t', timer('PT1S'))], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'one event behind an event-based gateway', flows: 'start -> e; e -> t -> a', nodes: [gateway('eventBased', 'e'), catching('t', timer('PT1S'))], code: 'EVENT_GATEWAY_NEEDS_CHOICE' },
  { title: 'an event behind two event-based gateways', flows: 'start -> g; g -> e; g -> f; e -> t -> a; f -> t; e -> s1 -> b; f -> s2 -> c', nodes: [fork, gateway('eventBased', 'e'), gateway('eventBased', 'f'), catching('t', timer('PT1S')), catching('s1', signal('S')), catching('s2', signal('S'))], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'a message event and a receive task behind one gateway', flows: 'start -> e; e -> m -> a; e -> r -> b', nodes: [gateway('eventBased', 'e'), catching('m', message('M')), node('receiveTask', 'r', { messageRef: 'N' })], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'a parallel event-based gateway that does not start the process', flows: 'start -> e; e -> t -> a; e -> s1 -> b', nodes: [node('eventBasedGateway', 'e', { eventGatewayType: 'Parallel' }), catching('t', timer('PT1S')), catching('s1', signal('S'))], code: 'EVENT_GATEWAY_PARALLEL' },

  // Starts and ends, §10.5.2 and §10.5.3.
  { title: 'an end event without a start event', flows: 'a -> end', code: 'START_EVENT_MISSING' },
  { title: 'nothing to begin with', flows: 'a -> b -> a', code: 'START_EVENT_MISSING' },
  { title: 'two plain start events in a sub-process', flows: 'start -> s', nodes: [subProcess('s', { flows: 'start1 -> a; start2 -> b' })], code: 'START_EVENT_AMBIGUOUS', elementId: 's' },
  { title: 'a triggered start event in an embedded sub-process', flows: 'start -> s', nodes: [subProcess('s', { flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, signal('S'))] })], code: 'START_EVENT_IN_SUB_PROCESS' },
  { title: 'an error start event of a process', flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, error('E'))], code: 'START_EVENT_KIND' },
  { title: 'an event sub-process without a trigger', flows: 'start -> a', nodes: [subProcess('es', { flows: 'start1 -> b' }, { triggeredByEvent: true })], code: 'EVENT_SUB_PROCESS_START' },
  { title: 'an event sub-process with two start events', flows: 'start -> a', nodes: [onEvent('es', signal('S'), true, 'b', [node('startEvent', 'other', {}, timer('PT1S'))])], code: 'EVENT_SUB_PROCESS_START' },
  { title: 'an event sub-process for an error that does not interrupt', flows: 'start -> a', nodes: [onEvent('es', error('E'), false, 'b')], code: 'ERROR_NOT_INTERRUPTING' },
  { title: 'a start event inside an ad-hoc sub-process', flows: 'start -> h', nodes: [{ ...node('adHocSubProcess', 'h'), inside: { flows: 'start1 -> a' } }], code: 'AD_HOC_START_OR_END' },

  // Boundary events, §10.5.4.
  { title: 'a boundary event attached to nothing', flows: 'start -> a; late -> b', nodes: [boundary('late', 'nowhere', timer('PT1S'))], code: 'REFERENCE_NOT_FOUND' },
  { title: 'a boundary event attached to an event', flows: 'start -> a; late -> b', nodes: [boundary('late', 'start', timer('PT1S'))], code: 'ATTACHED_TO_NO_ACTIVITY' },
  { title: 'an error boundary event that does not interrupt', flows: 'start -> w; failed -> b', nodes: [waiting('w'), boundary('failed', 'w', error('E'), false)], code: 'ERROR_NOT_INTERRUPTING' },
  { title: 'a terminate event at the boundary', flows: 'start -> w; stop -> b', nodes: [waiting('w'), boundary('stop', 'w', terminate())], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a boundary event without a definition', flows: 'start -> w; stop -> b', nodes: [waiting('w'), boundary('stop', 'w', '')], code: 'EVENT_MISSING' },
  { title: 'a cancel event at the boundary of a plain sub-process', flows: 'start -> s; no -> b', nodes: [subProcess('s', { flows: 'start1 -> a' }), boundary('no', 's', cancel())], code: 'CANCEL_OUTSIDE_TRANSACTION' },
  { title: 'a cancel end event outside a transaction', flows: 'start -> no', nodes: [ending('no', cancel())], code: 'CANCEL_OUTSIDE_TRANSACTION' },
  { title: 'a cancelled transaction without a way out', flows: 'start -> s', nodes: [transaction('s', { flows: 'start1 -> no', nodes: [ending('no', cancel())] })], code: 'CANCEL_UNCAUGHT' },

  // Event definitions where BPMN has none, table 10.93.
  { title: 'an error in the middle of the flow', flows: 'start -> bad -> a', nodes: [throwing('bad', error('E'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a catch event without a definition', flows: 'start -> c -> a', nodes: [catching('c')], code: 'EVENT_MISSING' },
  { title: 'an error caught in the middle of the flow', flows: 'start -> c -> a', nodes: [catching('c', error('E'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a timer that is thrown', flows: 'start -> out', nodes: [ending('out', timer('PT1S'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a link at the end', flows: 'start -> out', nodes: [ending('out', link('L'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a timer without a time', flows: 'start -> t -> a', nodes: [catching('t', xml('timerEventDefinition'))], code: 'TIMER_INCOMPLETE' },
  { title: 'a timer with a time that is none', flows: 'start -> t -> a', nodes: [catching('t', timer('soon'))], code: 'UNKNOWN_NAME' },
  { title: 'a message that is not named', flows: 'start -> m -> a', nodes: [catching('m', xml('messageEventDefinition'))], code: 'MESSAGE_MISSING' },
  { title: 'a signal that is not named', flows: 'start -> s1 -> a', nodes: [catching('s1', xml('signalEventDefinition'))], code: 'SIGNAL_MISSING' },
  { title: 'a condition that is not there', flows: 'start -> c -> a', nodes: [catching('c', xml('conditionalEventDefinition'))], code: 'CONDITION_MISSING' },

  // Links, §10.5.5.
  { title: 'a link to nothing', flows: 'start -> out', nodes: [throwing('out', link('L'))], code: 'LINK_TARGET_MISSING' },
  { title: 'a link with two targets', flows: 'start -> out; b1 -> a; b2 -> b', nodes: [throwing('out', link('L')), catching('b1', link('L')), catching('b2', link('L'))], code: 'LINK_AMBIGUOUS' },
  { title: 'a link into a sub-process', flows: 'start -> g; g -> out; g -> s', nodes: [fork, throwing('out', link('L')), subProcess('s', { flows: 'in -> a; b', nodes: [catching('in', link('L'))] })], code: 'LINK_TARGET_MISSING' },
  { title: 'a flow from a link', flows: 'start -> out -> b; in -> a', nodes: [throwing('out', link('L')), catching('in', link('L'))], code: 'FLOW_FROM_LINK' },
  { title: 'a flow to a link', flows: 'start -> g; g -> out; g -> in; in -> a', nodes: [fork, throwing('out', link('L')), catching('in', link('L'))], code: 'FLOW_TO_LINK' },

  // Compensation, §10.7.
  { title: 'a compensation event without a handler', flows: 'start -> a', nodes: [boundary('undo', 'a', compensation())], code: 'COMPENSATION_HANDLER_MISSING' },
  { title: 'a handler that is not marked', flows: 'start -> a', nodes: [...undoneBy('a', 'u', script('u'))], code: 'COMPENSATION_HANDLER_UNMARKED' },
  { title: 'a flow from a compensation event', flows: 'start -> a; a_undo -> b', nodes: [...undoneBy('a', 'u')], code: 'FLOW_FROM_COMPENSATION_EVENT' },
  { title: 'compensation of an activity that is not there', flows: 'start -> a -> back', nodes: [ending('back', compensation('nowhere'))], code: 'REFERENCE_NOT_FOUND' },

  { title: 'a second compensation event sub-process', flows: 'start -> a -> back', nodes: [ending('back', compensation()), onEvent('es', compensation(), true, 'v'), onEvent('es2', compensation(), true, 'w')], code: 'COMPENSATION_HANDLER_DOUBLED', elementId: 'es2' },

  { title: 'a default flow with a condition', flows: 'start -> g; g -> a if true; g -> b if false', nodes: [node('exclusiveGateway', 'g', { default: 'g_b' })], code: 'CONDITION_ON_DEFAULT', severity: 'warning' },
  { title: 'a boundary event without attachedToRef', flows: 'start -> w; late -> b', nodes: [waiting('w'), node('boundaryEvent', 'late', {}, timer('PT1S'))], code: 'SCHEMA' },
  { title: 'a flow without a target', flows: 'start -> a', nodes: [node('sequenceFlow', 'f', { sourceRef: 'a' })], code: 'SCHEMA' },
  { title: 'a flow to another process', flows: 'start -> a', nodes: [flow('f', 'a', 'q')], others: { Q: { flows: 'start2 -> q' } }, code: 'TARGET_NOT_FOUND' },
  { title: 'a boundary event at an activity of another scope', flows: 'start -> s; late -> b', nodes: [subProcess('s', { flows: 'start1 -> w', nodes: [waiting('w')] }), boundary('late', 'w', timer('PT1S'))], code: 'ATTACHED_TO_NOTHING' },
  { title: 'a gateway behind an event-based gateway', flows: 'start -> e; e -> x; e -> t -> a; x -> b', nodes: [gateway('eventBased', 'e'), gateway('exclusive', 'x'), catching('t', timer('PT1S'))], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'an error start event of a plain sub-process', flows: 'start -> s', nodes: [subProcess('s', { flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, error('E'))] })], code: 'START_EVENT_IN_SUB_PROCESS' },
  { title: 'a compensation start event of a process', flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, compensation())], code: 'START_EVENT_KIND' },
  { title: 'an end event with a timer', flows: 'start -> a -> out', nodes: [ending('out', timer('PT1S'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a thrown condition', flows: 'start -> out -> a', nodes: [throwing('out', xml('conditionalEventDefinition', {}, text('condition', 'true')))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a thrown cancellation in the middle of the flow', flows: 'start -> s; no -> b', nodes: [transaction('s', { flows: 'start1 -> out -> a', nodes: [throwing('out', cancel())] }), boundary('no', 's', cancel())], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a terminate event in the middle of the flow', flows: 'start -> out -> a', nodes: [throwing('out', terminate())], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a boundary link', flows: 'start -> w; l -> b', nodes: [waiting('w'), boundary('l', 'w', link('L'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a call without a name', flows: 'start -> c', nodes: [node('callActivity', 'c', { calledElement: '' })], code: 'CALLED_ELEMENT_MISSING' },
  { title: 'a cycle that is a date, and no date either', flows: 'start -> t -> a', nodes: [catching('t', xml('timerEventDefinition', {}, text('timeCycle', '2026-13-01T00:00:00Z')))], code: 'EXPRESSION_UNPARSABLE' },
  { title: 'a message start event of an embedded sub-process', flows: 'start -> s', nodes: [subProcess('s', { flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, message('M', true))] })], code: 'START_EVENT_IN_SUB_PROCESS' },
  { title: 'a negative loopMaximum', flows: 'start -> a', nodes: [script('a', xml('standardLoopCharacteristics', { loopMaximum: -1 }))], code: 'SCHEMA' },

  // Activities, §10.3.
  { title: 'behavior One without its event', flows: 'start -> a', nodes: [script('a', xml('multiInstanceLoopCharacteristics', { behavior: 'One' }, text('loopCardinality', 2)))], code: 'BEHAVIOR_EVENT_MISSING', elementId: 'a', severity: 'warning' },
  { title: 'two markers', flows: 'start -> a', nodes: [script('a', xml('standardLoopCharacteristics', { loopMaximum: 2 }), multiple(true, 2))], code: 'MARKER_AMBIGUOUS' },
  { title: 'a loop without an end', flows: 'start -> a', nodes: [script('a', xml('standardLoopCharacteristics'))], code: 'LOOP_ENDLESS' },
  { title: 'several instances of nothing', flows: 'start -> a', nodes: [script('a', xml('multiInstanceLoopCharacteristics'))], code: 'COLLECTION_MISSING' },
  { title: 'a call of nothing', flows: 'start -> c', nodes: [node('callActivity', 'c')], code: 'CALLED_ELEMENT_MISSING' },
  { title: 'an empty sub-process', flows: 'start -> s', nodes: [subProcess('s', { flows: '' })], code: 'SUB_PROCESS_EMPTY' },
  { title: 'a quantity of none', flows: 'start -> a', nodes: [node('scriptTask', 'a', { startQuantity: 0 }, xml('script', {}, '"a"'))], code: 'SCHEMA' },
  { title: 'an id that is used twice', flows: 'start -> a', nodes: [script('a'), script('a')], code: 'DUPLICATE_ID' },
  { title: 'an element that BPMN does not have', flows: 'start -> a -> b', nodes: [node('quantumTask', 'b')], code: 'TARGET_NOT_FOUND' },
  { title: 'an error that instances throw', flows: 'start -> a', nodes: [script('a', xml('multiInstanceLoopCharacteristics', { behavior: 'One', oneBehaviorEventRef: 'noted' }, text('loopCardinality', 2)))], roots: [xml('errorEventDefinition', { id: 'noted', errorRef: 'E' })], code: 'EVENT_NOT_EXECUTABLE', elementId: 'a' },
  { title: 'a message without a key among the parts of a start event', flows: 'begin -> a', nodes: [node('startEvent', 'begin', { parallelMultiple: true }, signal('S'), message('M', true))], code: 'CORRELATION_KEY_MISSING', elementId: 'begin' },
  { title: 'a boundary event at a receive task behind an event-based gateway', flows: 'start -> e; e -> r -> a; e -> t -> b; late -> c', nodes: [gateway('eventBased', 'e'), node('receiveTask', 'r', { messageRef: 'M' }, correlated), boundary('late', 'r', timer('PT1S')), catching('t', timer('PT9S'))], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'a flow to an event behind an event-based gateway', flows: 'start -> g; g -> e; g -> d -> t; e -> t -> a; e -> s1 -> b', nodes: [fork, gateway('eventBased', 'e'), catching('t', timer('PT1S')), catching('s1', signal('S'))], code: 'EVENT_GATEWAY_TARGET' },
  { title: 'a condition that cannot be read, at a gateway', flows: 'start -> x; x -> a if n >; x -> b default', nodes: [gateway('exclusive', 'x')], code: 'EXPRESSION_UNPARSABLE' },
  { title: 'a condition of an activation that cannot be read', flows: 'start -> g; g -> a -> k; g -> b -> k; k -> c', nodes: [fork, gateway('complex', 'k', text('activationCondition', '>= 2 and'))], code: 'EXPRESSION_UNPARSABLE' },
  { title: 'a condition that is always a number', flows: 'start -> a; a -> b if 1 + 1; a -> c default', code: 'CONDITION_NOT_BOOLEAN' },
  { title: 'a condition of a loop that cannot be read', flows: 'start -> a', nodes: [script('a', xml('standardLoopCharacteristics', {}, text('loopCondition', 'n >')))], code: 'EXPRESSION_UNPARSABLE' },
  { title: 'a completion condition that cannot be read', flows: 'start -> a', nodes: [script('a', multiple(true, 2, text('completionCondition', 'n >')))], code: 'EXPRESSION_UNPARSABLE' },
  { title: 'a cancel event that starts an event sub-process', flows: 'start -> a', nodes: [onEvent('es', cancel(), true, 'b')], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a link that starts a process', flows: 'begin -> a', nodes: [node('startEvent', 'begin', {}, link('L'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a compensation that is caught in the middle of the flow', flows: 'start -> c -> a', nodes: [catching('c', compensation())], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'an escalation that is caught in the middle of the flow', flows: 'start -> c -> a', nodes: [catching('c', xml('escalationEventDefinition'))], code: 'EVENT_NOT_EXECUTABLE' },
  { title: 'a cancellation caught in the middle of the flow', flows: 'start -> c -> a', nodes: [catching('c', cancel())], code: 'EVENT_NOT_EXECUTABLE' },
];
