import type { LanguageCase } from './language-case.ts';
import { boundary, call, cancel, catching, compensation, conditional, cycle, date, ending, error, escalation, gateway, link, message, multiple, node, onEvent, script, setting, signal, subProcess, terminate, throwing, timer, transaction, undoneBy, waiting } from './model.ts';

const fork = gateway('parallel', 'g');
const soon = catching('t', timer('PT1S'));
const lasting = (id: string, ...inside: Parameters<typeof subProcess>[1]['nodes'] & object) => subProcess(id, { flows: `start1 -> w_${id}`, nodes: [waiting(`w_${id}`), ...inside] });
const send = (name: string) => ({ message: { name, correlationKey: 'k' } });

/** Events that come from a clock, from messages, signals and conditions: BPMN 2.0.2 §10.5 and §13.5. */
export const eventCases: readonly LanguageCase[] = [
  // Timers.
  { title: 'a duration', flows: 'start -> t -> a -> end', nodes: [soon], trace: 'a', temporal: true },
  { title: 'a date', flows: 'start -> t -> a -> end', nodes: [catching('t', date('2026-01-01T00:05:00Z'))], trace: 'a' },
  { title: 'a date that has passed', flows: 'start -> t -> a -> end', nodes: [catching('t', date('2001-01-01T00:00:00Z'))], trace: 'a' },
  { title: 'a cycle fires once at a catch event', flows: 'start -> t -> a -> end', nodes: [catching('t', cycle('R3/PT1S'))], trace: 'a' },
  { title: 'an interrupting timer at the boundary', flows: 'start -> w -> a -> end; late -> b', nodes: [waiting('w'), boundary('late', 'w', timer('PT1S'))], trace: 'b' },
  { title: 'a timer at the boundary of a sub-process ends what runs in it', flows: 'start -> s -> c -> end; late -> b', nodes: [subProcess('s', { flows: 'start1 -> g; g -> t -> a -> end1; g -> w', nodes: [fork, soon, waiting('w')] }), boundary('late', 's', timer('PT2S'))], trace: 'a b' },
  { title: 'a timer that does not interrupt', flows: 'start -> s -> c -> end; late -> b', nodes: [subProcess('s', { flows: 'start1 -> t -> a -> end1', nodes: [catching('t', timer('PT3S'))] }), boundary('late', 's', timer('PT1S'), false)], trace: 'b a c', temporal: true },
  { title: 'a cycle that does not interrupt fires as often as it says', flows: 'start -> s -> c -> end; late -> b', nodes: [subProcess('s', { flows: 'start1 -> t -> a -> end1', nodes: [catching('t', timer('PT10S'))] }), boundary('late', 's', cycle('R3/PT1S'), false)], trace: 'b b b a c' },
  { title: 'a cycle ends with its activity', flows: 'start -> s -> c -> end; late -> b', nodes: [subProcess('s', { flows: 'start1 -> t -> a -> end1', nodes: [catching('t', timer('PT2.5S'))] }), boundary('late', 's', cycle('R9/PT1S'), false)], trace: 'b b a c' },
  { title: 'a timer that comes too late is not heard', flows: 'start -> s -> c -> end; late -> b', nodes: [subProcess('s', { flows: 'start1 -> a -> end1' }), boundary('late', 's', timer('PT1S'))], trace: 'a c' },
  { title: 'a timer starts an interrupting event sub-process', flows: 'start -> w -> a -> end', nodes: [waiting('w'), onEvent('es', timer('PT1S'), true, 'b')], trace: 'b' },
  { title: 'a timer starts an event sub-process beside the rest', flows: 'start -> t -> a -> end', nodes: [catching('t', timer('PT3S')), onEvent('es', timer('PT1S'), false, 'b')], trace: 'b a' },
  { title: 'a cycle starts an event sub-process each time', flows: 'start -> t -> a -> end', nodes: [catching('t', timer('PT10S')), onEvent('es', cycle('R2/PT1S'), false, 'b')], trace: 'b b a' },
  { title: 'a process with a timer start event', flows: 'begin -> a -> end', nodes: [node('startEvent', 'begin', {}, timer('PT1S'))], trace: 'a' },

  // Messages.
  { title: 'a message is caught', flows: 'start -> m -> a -> end', nodes: [catching('m', message('M'))], steps: [send('M')], trace: 'a', temporal: true },
  { title: 'a message thrown in the same instance', flows: 'start -> g; g -> m -> a -> end; g -> t -> out -> b -> end', nodes: [fork, soon, catching('m', message('M')), throwing('out', message('M'))], trace: 'a b', anyOrder: true },
  { title: 'a message end event starts another instance of its own process', flows: 'start -> a -> out; begin -> b -> end', nodes: [ending('out', message('M')), node('startEvent', 'begin', {}, message('M', true))], trace: 'a b', temporal: true },
  { title: 'a message end event starts another process', flows: 'start -> a -> out', nodes: [ending('out', message('M'))], others: { Q: { flows: 'begin -> q -> end2', nodes: [node('startEvent', 'begin', {}, message('M', true))] } }, trace: 'a q', temporal: true },
  { title: 'a message reaches the process that waits for it', flows: 'start -> out -> a -> end', nodes: [throwing('out', message('M'))], startFirst: ['Q'], others: { Q: { flows: 'start2 -> m -> q -> end2', nodes: [catching('m', message('M'))] } }, trace: 'a q', anyOrder: true, temporal: true },
  { title: 'a message at the boundary that does not interrupt, heard twice', flows: 'start -> w -> a -> end; heard -> b', nodes: [waiting('w'), boundary('heard', 'w', message('M'), false)], steps: [send('M'), send('M')], trace: 'b b', status: 'running' },
  { title: 'a message starts an interrupting event sub-process', flows: 'start -> w -> a -> end', nodes: [waiting('w'), onEvent('es', message('M'), true, 'b')], steps: [send('M')], trace: 'b' },
  { title: 'a message starts an event sub-process beside the rest, each time', flows: 'start -> w -> a -> end', nodes: [waiting('w'), onEvent('es', message('M'), false, 'b')], steps: [send('M'), send('M')], trace: 'b b', status: 'running' },
  { title: 'several start events: the one whose message came', flows: 'one -> a -> end; two -> b -> end', nodes: [node('startEvent', 'one', {}, message('M', true)), node('startEvent', 'two', {}, message('N', true))], start: { message: 'N' }, trace: 'b' },
  { title: 'several plain start events: the one that is named', flows: 'start1 -> a -> end; start2 -> b -> end', start: { element: 'start2' }, trace: 'b', temporal: true },
  { title: 'several start events: the plain one by hand', flows: 'start -> a -> end; two -> b -> end', nodes: [node('startEvent', 'two', {}, message('N', true))], trace: 'a' },

  // Signals.
  { title: 'a signal reaches everything that waits for it', flows: 'start -> g; g -> s1 -> a -> end; g -> s2 -> b -> end; g -> out -> c -> end', nodes: [fork, catching('s1', signal('S')), catching('s2', signal('S')), throwing('out', signal('S'))], trace: 'a b c', anyOrder: true, temporal: true },
  { title: 'a signal that nobody awaits is gone', flows: 'start -> out -> s1 -> a -> end', nodes: [throwing('out', signal('S')), catching('s1', signal('S'))], trace: '', status: 'running' },
  { title: 'a signal starts another process', flows: 'start -> a -> out', nodes: [ending('out', signal('S'))], others: { Q: { flows: 'begin -> q -> end2', nodes: [node('startEvent', 'begin', {}, signal('S'))] } }, trace: 'a q', temporal: true },
  { title: 'a signal reaches another instance', flows: 'start -> out -> a -> end', nodes: [throwing('out', signal('S'))], startFirst: ['Q'], others: { Q: { flows: 'start2 -> s1 -> q -> end2', nodes: [catching('s1', signal('S'))] } }, trace: 'a q' },
  { title: 'a signal at the boundary', flows: 'start -> s -> a -> end; heard -> b', nodes: [subProcess('s', { flows: 'start1 -> g; g -> out; g -> w', nodes: [fork, throwing('out', signal('S')), waiting('w')] }), boundary('heard', 's', signal('S'))], trace: 'b' },
  { title: 'a signal at the boundary that does not interrupt', flows: 'start -> s -> a -> end; heard -> b', nodes: [subProcess('s', { flows: 'start1 -> out -> c -> end1', nodes: [throwing('out', signal('S'))] }), boundary('heard', 's', signal('S'), false)], trace: 'a b c', anyOrder: true },
  { title: 'a signal end event of a sub-process is heard at its boundary', flows: 'start -> s -> a -> end; heard -> b', nodes: [subProcess('s', { flows: 'start1 -> c -> out', nodes: [ending('out', signal('S'))] }), boundary('heard', 's', signal('S'))], trace: 'c b' },
  { title: 'a signal starts an interrupting event sub-process', flows: 'start -> g; g -> out -> a -> end; g -> w', nodes: [fork, throwing('out', signal('S')), waiting('w'), onEvent('es', signal('S'), true, 'b')], trace: 'b' },
  { title: 'a signal starts an event sub-process beside the rest', flows: 'start -> out -> a -> end', nodes: [throwing('out', signal('S')), onEvent('es', signal('S'), false, 'b')], trace: 'a b', anyOrder: true },
  { title: 'a signal starts a process by itself', flows: 'begin -> a -> end', nodes: [node('startEvent', 'begin', {}, signal('S'))], trace: 'a' },

  // Conditions.
  { title: 'a condition that holds already', flows: 'start -> c -> a -> end', nodes: [catching('c', conditional('n > 1'))], variables: { n: 2 }, trace: 'a' },
  { title: 'a condition that comes to hold', flows: 'start -> g; g -> c -> a -> end; g -> t -> inc -> end', nodes: [fork, soon, catching('c', conditional('n > 0')), setting('inc', 'n', 'n + 1')], variables: { n: 0 }, trace: 'inc a', temporal: true },
  { title: 'a condition that never holds', flows: 'start -> c -> a -> end', nodes: [catching('c', conditional('n > 1'))], variables: { n: 0 }, trace: '', status: 'running' },
  { title: 'a condition at the boundary that does not interrupt', flows: 'start -> s -> a -> end; high -> b', nodes: [subProcess('s', { flows: 'start1 -> inc -> c -> end1', nodes: [setting('inc', 'n', 'n + 1')] }), boundary('high', 's', conditional('n > 0'), false)], variables: { n: 0 }, trace: 'a b c inc', anyOrder: true },
  { title: 'a condition starts an interrupting event sub-process', flows: 'start -> g; g -> t -> inc; g -> w -> a', nodes: [fork, soon, setting('inc', 'n', 'n + 1'), waiting('w'), onEvent('es', conditional('n > 0'), true, 'b')], variables: { n: 0 }, trace: 'inc b' },
  { title: 'a condition starts an event sub-process beside the rest', flows: 'start -> inc -> t -> a -> end', nodes: [setting('inc', 'n', 'n + 1'), soon, onEvent('es', conditional('n > 0'), false, 'b')], variables: { n: 0 }, trace: 'inc b a' },

  // Links, §10.5.5.
  { title: 'a link', flows: 'start -> a -> out; back -> b -> end', nodes: [throwing('out', link('L')), catching('back', link('L'))], trace: 'a b' },
  { title: 'several throw events lead to one', flows: 'start -> g; g -> a -> out1; g -> b -> out2; back -> c -> end', nodes: [fork, throwing('out1', link('L')), throwing('out2', link('L')), catching('back', link('L'))], trace: 'a b c c', anyOrder: true },
  { title: 'a link as a loop', flows: 'start -> x -> inc -> g; g -> a -> end if n >= 2; g -> out default; back -> x', nodes: [gateway('exclusive', 'x'), gateway('exclusive', 'g'), setting('inc', 'n', 'n + 1'), throwing('out', link('L')), catching('back', link('L'))], variables: { n: 0 }, trace: 'inc inc a' },

  // Several definitions, §10.5.1.
  { title: 'a multiple catch event: one suffices', flows: 'start -> m -> a -> end', nodes: [catching('m', signal('S'), timer('PT1S'))], trace: 'a' },
  { title: 'a parallel multiple catch event: all are needed', flows: 'start -> m -> a -> end', nodes: [node('intermediateCatchEvent', 'm', { parallelMultiple: true }, signal('S'), timer('PT1S'))], steps: [{ advance: 'PT5S' }, { signal: { name: 'S' } }], trace: 'a' },
  { title: 'a parallel multiple catch event that misses one', flows: 'start -> m -> a -> end', nodes: [node('intermediateCatchEvent', 'm', { parallelMultiple: true }, signal('S'), timer('PT1S'))], trace: '', status: 'running' },
  { title: 'a multiple throw event throws all', flows: 'start -> g; g -> s1 -> a; g -> s2 -> b; g -> out -> c', nodes: [fork, catching('s1', signal('S')), catching('s2', signal('T')), throwing('out', signal('S'), signal('T'))], trace: 'a b c', anyOrder: true },
  { title: 'a multiple throw event throws two messages', flows: 'start -> out -> a -> end', nodes: [throwing('out', message('M'), message('N'))], startFirst: ['Q', 'R'], others: { Q: { flows: 'start2 -> m1 -> q', nodes: [catching('m1', message('M'))] }, R: { flows: 'start3 -> m2 -> r', nodes: [catching('m2', message('N'))] } }, trace: 'a q r', anyOrder: true, temporal: true },
  { title: 'a multiple end event throws all', flows: 'start -> g; g -> s1 -> a; g -> s2 -> b; g -> c -> out', nodes: [fork, catching('s1', signal('S')), catching('s2', signal('T')), ending('out', signal('S'), signal('T'))], trace: 'a b c', anyOrder: true },
  { title: 'a multiple boundary event', flows: 'start -> w -> a -> end; either -> b', nodes: [waiting('w'), node('boundaryEvent', 'either', { attachedToRef: 'w' }, signal('S'), timer('PT1S'))], trace: 'b' },
  { title: 'a parallel multiple boundary event', flows: 'start -> w -> a -> end; both -> b', nodes: [waiting('w'), node('boundaryEvent', 'both', { attachedToRef: 'w', parallelMultiple: true }, signal('S'), timer('PT1S'))], steps: [{ signal: { name: 'S' } }], trace: 'b' },
  { title: 'a multiple start event of an event sub-process', flows: 'start -> w -> a -> end', nodes: [waiting('w'), subProcess('es', { flows: 'begin -> b', nodes: [node('startEvent', 'begin', {}, signal('S'), timer('PT1S'))] }, { triggeredByEvent: true })], trace: 'b' },
  { title: 'a multiple start event: one suffices', flows: 'begin -> a -> end', nodes: [node('startEvent', 'begin', {}, signal('S'), message('M', true))], start: { message: 'M' }, trace: 'a' },

  // Errors, §10.5.7.
  { title: 'an error at the boundary of a sub-process', flows: 'start -> s -> a -> end; failed -> b', nodes: [subProcess('s', { flows: 'start1 -> g; g -> c -> bad; g -> w', nodes: [fork, ending('bad', error('E')), waiting('w')] }), boundary('failed', 's', error('E'))], trace: 'c b', temporal: true },
  { title: 'an error event without a reference catches all', flows: 'start -> s -> a -> end; failed -> b', nodes: [subProcess('s', { flows: 'start1 -> bad', nodes: [ending('bad', error('E'))] }), boundary('failed', 's', error())], trace: 'b' },
  { title: 'another error is not caught', flows: 'start -> s -> a -> end; failed -> b', nodes: [subProcess('s', { flows: 'start1 -> bad', nodes: [ending('bad', error('E'))] }), boundary('failed', 's', error('F'))], trace: '', status: 'failed' },
  { title: 'an error goes outwards to the nearest that catches it', flows: 'start -> s -> a -> end; failed -> b', nodes: [subProcess('s', { flows: 'start1 -> r -> c; inner -> d', nodes: [subProcess('r', { flows: 'start2 -> bad', nodes: [ending('bad', error('E'))] }), boundary('inner', 'r', error('F'))] }), boundary('failed', 's', error('E'))], trace: 'b' },
  { title: 'an error at the boundary of a transaction', flows: 'start -> s -> a -> end; failed -> b', nodes: [transaction('s', { flows: 'start1 -> c -> bad', nodes: [...undoneBy('c', 'u'), ending('bad', error('E'))] }), boundary('failed', 's', error('E')), boundary('cancelled', 's', cancel())], trace: 'c b' },
  { title: 'an error starts an event sub-process of its scope', flows: 'start -> g; g -> c -> bad; g -> w', nodes: [fork, waiting('w'), ending('bad', error('E')), onEvent('es', error('E'), true, 'b')], trace: 'c b', temporal: true },
  { title: 'an event sub-process of a sub-process handles its error, and the outside goes on', flows: 'start -> s -> a -> end', nodes: [subProcess('s', { flows: 'start1 -> bad', nodes: [ending('bad', error('E')), onEvent('es', error(), true, 'b')] })], trace: 'b a' },
  { title: 'an error that its handler throws again reaches the scope around', flows: 'start -> s -> a -> end; failed -> d', nodes: [subProcess('s', { flows: 'start1 -> bad', nodes: [ending('bad', error('E')), onEvent('es', error('E'), true, 'b -> again', [ending('again', error('E'))])] }), boundary('failed', 's', error('E'))], trace: 'b d' },
  { title: 'an error that nothing catches', flows: 'start -> a -> bad', nodes: [ending('bad', error('E'))], trace: 'a', status: 'failed', temporal: true },

  // Escalations.
  { title: 'an escalation that interrupts', flows: 'start -> s -> a -> end; told -> b', nodes: [subProcess('s', { flows: 'start1 -> up -> c -> end1', nodes: [throwing('up', escalation('X'))] }), boundary('told', 's', escalation('X'))], trace: 'b' },
  { title: 'an escalation that does not', flows: 'start -> s -> a -> end; told -> b', nodes: [subProcess('s', { flows: 'start1 -> up -> c -> end1', nodes: [throwing('up', escalation('X'))] }), boundary('told', 's', escalation('X'), false)], trace: 'a b c', anyOrder: true },
  { title: 'an escalation end event', flows: 'start -> s -> a -> end; told -> b', nodes: [subProcess('s', { flows: 'start1 -> c -> up', nodes: [ending('up', escalation('X'))] }), boundary('told', 's', escalation(), false)], trace: 'a b c', anyOrder: true },
  { title: 'an escalation starts an interrupting event sub-process', flows: 'start -> g; g -> up -> a; g -> w', nodes: [fork, waiting('w'), throwing('up', escalation('X')), onEvent('es', escalation('X'), true, 'b')], trace: 'b' },
  { title: 'an escalation starts an event sub-process beside the rest', flows: 'start -> up -> a -> end', nodes: [throwing('up', escalation('X')), onEvent('es', escalation('X'), false, 'b')], trace: 'a b', anyOrder: true },
  { title: 'an escalation that its handler throws again reaches the scope around, and not the handler', flows: 'start -> s -> a -> end; told -> d', nodes: [subProcess('s', { flows: 'start1 -> up -> c -> end1', nodes: [throwing('up', escalation('X')), onEvent('es', escalation('X'), false, 'b -> again', [ending('again', escalation('X'))])] }), boundary('told', 's', escalation('X'), false)], trace: 'a b c d', anyOrder: true },
  { title: 'an escalation that nobody catches', flows: 'start -> up -> a -> end', nodes: [throwing('up', escalation('X'))], trace: 'a' },

  // Terminate, §13.5.6.
  { title: 'a terminate end event ends the process', flows: 'start -> g; g -> a -> stop; g -> t -> b', nodes: [fork, soon, ending('stop', terminate())], trace: 'a' },
  { title: 'a terminate end event of an event sub-process ends that only', flows: 'start -> t -> a -> end', nodes: [soon, onEvent('es', signal('S'), false, 'b -> stop', [ending('stop', terminate())])], steps: [{ signal: { name: 'S' } }], trace: 'b a' },
  { title: 'nothing is undone by a terminate end event', flows: 'start -> s -> b -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> stop', nodes: [...undoneBy('a', 'u'), ending('stop', terminate())] })], trace: 'a b' },
  { title: 'an intermediate event without a definition', flows: 'start -> i -> a -> end', nodes: [node('intermediateThrowEvent', 'i')], trace: 'i a' },

  // Event-based gateways, §13.4.4.
  { title: 'the first event decides', flows: 'start -> e; e -> s1 -> a; e -> t -> b', nodes: [gateway('eventBased', 'e'), soon, catching('s1', signal('S'))], trace: 'b', temporal: true },
  { title: 'a receive task behind an event-based gateway', flows: 'start -> e; e -> r -> a; e -> t -> b', nodes: [gateway('eventBased', 'e'), soon, node('receiveTask', 'r', { messageRef: 'M' }, '<bpmn:extensionElements><careloop:fields>{"correlationKey":"\\"k\\""}</careloop:fields></bpmn:extensionElements>')], steps: [send('M')], trace: 'r a' },
  { title: 'a starting event-based gateway', flows: 'e -> m1 -> a; e -> m2 -> b', nodes: [node('eventBasedGateway', 'e', { instantiate: true }), catching('m1', message('M', true)), catching('m2', message('N', true))], start: { message: 'N' }, trace: 'b' },
  { title: 'a lasting sub-process ends when its event sub-process has interrupted', flows: 'start -> s -> a -> end', nodes: [lasting('s', onEvent('es', timer('PT1S'), true, 'b'))], trace: 'b a' },
  { title: 'a called process hears a signal of its caller', flows: 'start -> g; g -> c -> a; g -> t -> out', nodes: [fork, soon, call('c', 'Q'), throwing('out', signal('S'))], others: { Q: { flows: 'start2 -> s1 -> q', nodes: [catching('s1', signal('S'))] } }, trace: 'a q' },
];

const back = throwing('back', compensation());
/** Compensation and cancellation: BPMN 2.0.2 §10.7 and §13.5.5. */
export const compensationCases: readonly LanguageCase[] = [
  { title: 'a throw event undoes what completed', flows: 'start -> a -> back -> b -> end', nodes: [...undoneBy('a', 'u'), back], trace: 'a u b', temporal: true },
  { title: 'in reverse order', flows: 'start -> a -> b -> back -> c -> end', nodes: [...undoneBy('a', 'u'), ...undoneBy('b', 'v'), back], trace: 'a b v u c', temporal: true },
  { title: 'an end event undoes', flows: 'start -> a -> back', nodes: [...undoneBy('a', 'u'), ending('back', compensation())], trace: 'a u' },
  { title: 'only the named activity', flows: 'start -> a -> b -> back -> c -> end', nodes: [...undoneBy('a', 'u'), ...undoneBy('b', 'v'), throwing('back', compensation('a'))], trace: 'a b u c' },
  { title: 'an event with two compensations undoes both activities', flows: 'start -> a -> b -> c -> back -> d -> end', nodes: [...undoneBy('a', 'u'), ...undoneBy('b', 'v'), ...undoneBy('c', 'w'), throwing('back', compensation('a'), compensation('c'))], trace: 'a b c u w d' },
  { title: 'each only once', flows: 'start -> a -> back -> again -> c -> end', nodes: [...undoneBy('a', 'u'), back, throwing('again', compensation())], trace: 'a u c' },
  { title: 'what has not completed is not undone', flows: 'start -> back -> a -> end', nodes: [...undoneBy('a', 'u'), back], trace: 'a' },
  { title: 'the handler is not part of the flow', flows: 'start -> a -> end', nodes: [...undoneBy('a', 'u')], trace: 'a' },
  { title: 'an activity that completed twice is undone twice', flows: 'start -> a -> back -> c -> end', nodes: [script('a', multiple(true, 2)), ...undoneBy('a', 'u'), back], trace: 'a a u u c' },
  { title: 'a completed sub-process is undone from the inside', flows: 'start -> s -> back -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> b -> end1', nodes: [...undoneBy('a', 'u'), ...undoneBy('b', 'v')] }), back], trace: 'a b v u c' },
  { title: 'a completed sub-process that is named is undone from the inside', flows: 'start -> s -> back -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> end1', nodes: [...undoneBy('a', 'u')] }), throwing('back', compensation('s'))], trace: 'a u c' },
  { title: 'a sub-process is undone by its own handler', flows: 'start -> s -> back -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> end1', nodes: [...undoneBy('a', 'u')] }), ...undoneBy('s', 'v'), back], trace: 'a v c' },
  { title: 'a sub-process is undone by its event sub-process', flows: 'start -> s -> back -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> end1', nodes: [onEvent('es', compensation(), true, 'v')] }), back], trace: 'a v c' },
  { title: 'a compensation event sub-process may undo the inside', flows: 'start -> s -> back -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> end1', nodes: [...undoneBy('a', 'u'), onEvent('es', compensation(), true, 'v -> inner -> w', [throwing('inner', compensation())])] }), back], trace: 'a v u w c' },
  { title: 'a throw event in a sub-process undoes that sub-process only', flows: 'start -> a -> s -> c -> end', nodes: [...undoneBy('a', 'u'), subProcess('s', { flows: 'start1 -> b -> inner -> end1', nodes: [...undoneBy('b', 'v'), throwing('inner', compensation())] })], trace: 'a b v c' },
  { title: 'an error handler undoes what completed in the failed scope', flows: 'start -> s -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> bad', nodes: [...undoneBy('a', 'u'), ending('bad', error('E')), onEvent('es', error('E'), true, 'b -> inner', [throwing('inner', compensation())])] })], trace: 'a b u c' },
  { title: 'a boundary error path undoes what completed around the failed activity', flows: 'start -> a -> s -> c -> end; failed -> back -> d', nodes: [...undoneBy('a', 'u'), subProcess('s', { flows: 'start1 -> bad', nodes: [ending('bad', error('E'))] }), boundary('failed', 's', error('E')), back], trace: 'a u d' },
  { title: 'a call activity is undone by its handler', flows: 'start -> k -> back -> c -> end', nodes: [call('k', 'Q'), ...undoneBy('k', 'u'), back], others: { Q: { flows: 'start2 -> q' } }, trace: 'u c q' },
  { title: 'a handler may be a sub-process', flows: 'start -> a -> back -> c -> end', nodes: [...undoneBy('a', 'h', subProcess('h', { flows: 'start1 -> u -> v' }, { isForCompensation: true })), back], trace: 'a u v c' },

  { title: 'a cancelled transaction undoes what completed and leaves over the cancel event', flows: 'start -> s -> c -> end; cancelled -> d', nodes: [transaction('s', { flows: 'start1 -> a -> b -> no', nodes: [...undoneBy('a', 'u'), ...undoneBy('b', 'v'), ending('no', cancel())] }), boundary('cancelled', 's', cancel())], trace: 'a b v u d', temporal: true },
  { title: 'a cancel end event ends what runs in the transaction', flows: 'start -> s -> c -> end; cancelled -> d', nodes: [transaction('s', { flows: 'start1 -> g; g -> t -> b; g -> a -> no', nodes: [fork, soon, ...undoneBy('a', 'u'), ending('no', cancel())] }), boundary('cancelled', 's', cancel())], trace: 'a u d' },
  { title: 'a transaction that succeeds goes on, and can be undone afterwards', flows: 'start -> s -> c -> back -> end; cancelled -> d', nodes: [transaction('s', { flows: 'start1 -> a -> end1', nodes: [...undoneBy('a', 'u')] }), boundary('cancelled', 's', cancel()), back], trace: 'a c u' },
  { title: 'a cancelled transaction undoes the sub-processes in it', flows: 'start -> s -> c -> end; cancelled -> d', nodes: [transaction('s', { flows: 'start1 -> r -> no', nodes: [subProcess('r', { flows: 'start2 -> a -> end2', nodes: [...undoneBy('a', 'u')] }), ending('no', cancel())] }), boundary('cancelled', 's', cancel())], trace: 'a u d' },

  // A compensation event sub-process of the process itself.
  { title: 'the process is undone as a whole by its event sub-process, not from the inside', flows: 'start -> a -> back -> b -> end', nodes: [...undoneBy('a', 'u'), back, onEvent('es', compensation(), true, 'v')], trace: 'a v b', temporal: true },
  { title: 'the event sub-process of the process may undo the inside', flows: 'start -> a -> c -> back -> b -> end', nodes: [...undoneBy('a', 'u'), ...undoneBy('c', 'w'), back, onEvent('es', compensation(), true, 'v -> inner -> x', [throwing('inner', compensation())])], trace: 'a c v w u x b' },
  { title: 'the process is undone as a whole once, and afterwards from the inside', flows: 'start -> a -> back -> c -> again -> b -> end', nodes: [...undoneBy('a', 'u'), ...undoneBy('c', 'w'), back, throwing('again', compensation()), onEvent('es', compensation(), true, 'v')], trace: 'a v c w b' },
  { title: 'an error handler of the process asks for it', flows: 'start -> a -> bad', nodes: [...undoneBy('a', 'u'), ending('bad', error('E')), onEvent('es', error('E'), true, 'h -> inner -> i', [throwing('inner', compensation())]), onEvent('all', compensation(), true, 'v')], trace: 'a h v i' },
  { title: 'who names an activity does not ask for the whole', flows: 'start -> a -> back -> b -> one -> end', nodes: [...undoneBy('a', 'u'), throwing('back', compensation('a')), throwing('one', compensation()), onEvent('es', compensation(), true, 'v')], trace: 'a u b v' },
  { title: 'a throw event in a sub-process does not ask for the whole', flows: 'start -> s -> back -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> inner -> c', nodes: [...undoneBy('a', 'u'), throwing('inner', compensation())] }), back, onEvent('es', compensation(), true, 'v')], trace: 'a u c v' },
  { title: 'the event sub-process of the process sees the variables of the moment and sets the live ones', flows: 'start -> inc -> back -> g; g -> b -> end if n = 11; g -> c -> end2 default', nodes: [setting('inc', 'n', 'n + 1'), back, gateway('exclusive', 'g'), onEvent('es', compensation(), true, 'v', [setting('v', 'n', 'n + 10')])], variables: { n: 0 }, trace: 'inc v b' },
];
