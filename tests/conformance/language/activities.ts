import type { LanguageCase } from './language-case.ts';
import { adHoc, boundary, call, conditional, correlated, ending, error, escalation, gateway, loop, message, multiple, node, onEvent, script, setting, signal, subProcess, terminate, text, throwing, timer, waiting, xml } from './model.ts';

const list = xml('multiInstanceLoopCharacteristics', { isSequential: true }, xml('loopDataInputRef', {}, 'items'), xml('inputDataItem', { id: 'item', name: 'item' }));
const behavior = (attributes: Readonly<Record<string, string | boolean>>, ...children: readonly string[]): string => xml('multiInstanceLoopCharacteristics', { isSequential: true, ...attributes }, text('loopCardinality', 3), ...children);
const noted = xml('signalEventDefinition', { id: 'noted', signalRef: 'S' });
const globalScript = xml('globalScriptTask', { id: 'G', name: 'Global' }, xml('script', {}, '"global"'));

/** Activities: BPMN 2.0.2 §10.3 and §13.3. */
export const activityCases: readonly LanguageCase[] = [
  // Loop markers, §13.3.6.
  { title: 'a loop that asks afterwards runs at least once', flows: 'start -> a -> end', nodes: [script('a', loop({ testBefore: false }, 'false'))], trace: 'a' },
  { title: 'a loop that asks before may not run at all', flows: 'start -> a -> b -> end', nodes: [script('a', loop({ testBefore: true }, 'false'))], trace: 'b' },
  { title: 'a loop asks afterwards when it does not say when', flows: 'start -> a -> end', nodes: [script('a', loop({}, 'false'))], trace: 'a' },
  { title: 'loopMaximum caps a loop whose condition always holds', flows: 'start -> a -> b -> end', nodes: [script('a', loop({ testBefore: true, loopMaximum: 3 }, 'true'))], trace: 'a a a b' },
  { title: 'loopMaximum alone says how often', flows: 'start -> a -> b -> end', nodes: [script('a', loop({ testBefore: false, loopMaximum: 2 }))], trace: 'a a b' },
  { title: 'a loop asks about what its repetitions have set', flows: 'start -> a -> end', nodes: [setting('a', 'n', 'n + 1', loop({ testBefore: true }, 'n < 3'))], variables: { n: 0 }, trace: 'a a a', result: { n: 3 } },
  { title: 'a loop of a sub-process runs its whole flow each time', flows: 'start -> s -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> b -> end1' }, {}, loop({ testBefore: false, loopMaximum: 2 }, 'true'))], trace: 'a b a b c' },
  { title: 'a loop of a call activity calls each time', flows: 'start -> c -> end', nodes: [call('c', 'Q', loop({ testBefore: false, loopMaximum: 2 }, 'true'))], others: { Q: { flows: 'start2 -> q -> end2' } }, trace: 'q q' },

  // Multiple instances, §13.3.7.
  { title: 'a sequential cardinality of three', flows: 'start -> a -> b -> end', nodes: [script('a', multiple(true, 3))], trace: 'a a a b', temporal: true },
  { title: 'a parallel cardinality of three', flows: 'start -> a -> b -> end', nodes: [script('a', multiple(false, 3))], trace: 'a a a b' },
  { title: 'the instances of a sequential sub-process do not overlap', flows: 'start -> s -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> t -> b -> end1', nodes: [node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, {}, multiple(true, 2))], trace: 'a b a b', temporal: true },
  { title: 'the instances of a parallel sub-process do', flows: 'start -> s -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> t -> b -> end1', nodes: [node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, {}, multiple(false, 2))], trace: 'a a b b', temporal: true },
  { title: 'a cardinality out of a variable', flows: 'start -> a -> end', nodes: [script('a', multiple(true, 'n'))], variables: { n: 2 }, trace: 'a a' },
  { title: 'a cardinality of none passes on', flows: 'start -> a -> b -> end', nodes: [script('a', multiple(false, 0))], trace: 'b' },
  { title: 'a cardinality below none is a run-time error', flows: 'start -> a -> b -> end', nodes: [script('a', multiple(false, -1))], trace: '', status: 'running', incidents: ['COLLECTION_INVALID'] },
  { title: 'a completion condition ends a sequential one early', flows: 'start -> a -> b -> end', nodes: [script('a', multiple(true, 5, text('completionCondition', 'numberOfCompletedInstances >= 2')))], trace: 'a a b' },
  { title: 'a completion condition ends what still runs of a parallel one', flows: 'start -> s -> b -> end', nodes: [subProcess('s', { flows: 'start1 -> a -> g; g -> c -> end1 if loopCounter = 1; g -> t -> d -> end1 default', nodes: [gateway('exclusive', 'g'), node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, {}, multiple(false, 3, text('completionCondition', 'numberOfCompletedInstances >= 1')))], trace: 'a a a b c', anyOrder: true },
  { title: 'a collection of data, item by item', flows: 'start -> a -> end', nodes: [setting('a', 'n', 'n + item', list)], variables: { items: [1, 2, 3], n: 0 }, trace: 'a a a', result: { n: 6 } },
  { title: 'a terminate end event ends its own instance only', flows: 'start -> s -> b -> end', nodes: [subProcess('s', { flows: 'start1 -> g; g -> a -> end1; g -> t -> c -> end2', nodes: [gateway('parallel', 'g'), ending('end1', terminate()), node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, {}, multiple(false, 2))], trace: 'a a b' },
  { title: 'behavior None throws for each instance', flows: 'start -> a -> end; heard -> h', nodes: [script('a', behavior({ behavior: 'None', noneBehaviorEventRef: 'noted' })), boundary('heard', 'a', signal('S'), false)], roots: [noted], trace: 'a a a h h h', anyOrder: true },
  { title: 'behavior One throws for the first', flows: 'start -> a -> end; heard -> h', nodes: [script('a', behavior({ behavior: 'One', oneBehaviorEventRef: 'noted' })), boundary('heard', 'a', signal('S'), false)], roots: [noted], trace: 'a a a h', anyOrder: true },
  { title: 'behavior One with an interrupting event ends the rest', flows: 'start -> a -> end; heard -> h', nodes: [script('a', behavior({ behavior: 'One', oneBehaviorEventRef: 'noted' })), boundary('heard', 'a', signal('S'))], roots: [noted], trace: 'a h' },
  { title: 'behavior None without an event throws nothing', flows: 'start -> a -> end; heard -> h', nodes: [script('a', behavior({ behavior: 'None' })), boundary('heard', 'a', signal('S'), false)], roots: [noted], trace: 'a a a' },
  { title: 'behavior None throws to an escalation at the boundary', flows: 'start -> a -> end; told -> h', nodes: [script('a', behavior({ behavior: 'None', noneBehaviorEventRef: 'up' })), boundary('told', 'a', escalation('X'), false)], roots: [xml('escalationEventDefinition', { id: 'up', escalationRef: 'X' })], trace: 'a a a h h h', anyOrder: true },
  { title: 'behavior All throws nothing', flows: 'start -> a -> end; heard -> h', nodes: [script('a', behavior({ behavior: 'All', noneBehaviorEventRef: 'noted' })), boundary('heard', 'a', signal('S'), false)], roots: [noted], trace: 'a a a' },
  { title: 'complex behavior throws what its condition chooses', flows: 'start -> a -> end; heard -> h; other -> o', nodes: [
    script('a', behavior({ behavior: 'Complex' }, xml('complexBehaviorDefinition', {}, text('condition', 'numberOfCompletedInstances = 1'), xml('event', {}, signal('S'))), xml('complexBehaviorDefinition', {}, text('condition', 'numberOfCompletedInstances = 3'), xml('event', {}, signal('T'))))),
    boundary('heard', 'a', signal('S'), false), boundary('other', 'a', signal('T'), false),
  ], trace: 'a a a h o', anyOrder: true },
  { title: 'an interrupting boundary event ends all instances', flows: 'start -> w -> a -> end; late -> b', nodes: [{ ...waiting('w'), children: [...waiting('w').children, multiple(false, 3)] }, boundary('late', 'w', timer('PT1S'))], trace: 'b' },
  { title: 'an error in one instance ends all', flows: 'start -> s -> a -> end; failed -> b', nodes: [subProcess('s', { flows: 'start1 -> c -> end1', nodes: [ending('end1', error('E'))] }, {}, multiple(true, 3)), boundary('failed', 's', error('E'))], trace: 'c b' },
  { title: 'a called process for each item', flows: 'start -> c -> a -> end', nodes: [call('c', 'Q', multiple(false, 2))], others: { Q: { flows: 'start2 -> q -> end2' } }, trace: 'a q q', temporal: true },

  // Sub-processes, §13.3.4 and §10.3.5.
  { title: 'a sub-process ends when its last token does', flows: 'start -> s -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> g; g -> a -> end1; g -> t -> b -> end2', nodes: [gateway('parallel', 'g'), node('intermediateCatchEvent', 't', {}, timer('PT1S'))] })], trace: 'a b c' },
  { title: 'a sub-process without start and end event begins with all that nothing leads to', flows: 'start -> s -> c -> end', nodes: [subProcess('s', { flows: 'a; b' })], trace: 'a b c', anyOrder: true },
  { title: 'a process without start and end event', flows: 'a -> b; c', trace: 'a b c', anyOrder: true },
  { title: 'a start event without an end event', flows: 'start -> a', trace: 'a' },
  { title: 'a terminate end event in a sub-process lets the process go on', flows: 'start -> s -> c -> end', nodes: [subProcess('s', { flows: 'start1 -> g; g -> a -> end1; g -> t -> b -> end2', nodes: [gateway('parallel', 'g'), node('intermediateCatchEvent', 't', {}, timer('PT1S')), ending('end1', terminate())] })], trace: 'a c' },
  { title: 'a sub-process is entered anew for every token', flows: 'start -> g; g -> x; g -> x; x -> s -> c -> end', nodes: [gateway('parallel', 'g'), gateway('exclusive', 'x'), subProcess('s', { flows: 'start1 -> a -> end1' })], trace: 'a a c c', anyOrder: true },

  // Call activities, §10.3.6.
  { title: 'a called process', flows: 'start -> c -> a -> end', nodes: [call('c', 'Q')], others: { Q: { flows: 'start2 -> q -> end2' } }, trace: 'a q', temporal: true },
  { title: 'a called process without start and end event', flows: 'start -> c -> a -> end', nodes: [call('c', 'Q')], others: { Q: { flows: 'q' } }, trace: 'a q' },
  { title: 'a called global task', flows: 'start -> c -> a -> end', nodes: [call('c', 'G')], roots: [globalScript], trace: 'a G_task' },
  { title: 'an error of a called process is caught at the call', flows: 'start -> c -> a -> end; failed -> b', nodes: [call('c', 'Q'), boundary('failed', 'c', error('E'))], others: { Q: { flows: 'start2 -> q -> end2', nodes: [ending('end2', error('E'))] } }, trace: 'b q', temporal: true },
  { title: 'an escalation of a called process reaches the call', flows: 'start -> c -> a -> end; told -> b', nodes: [call('c', 'Q'), boundary('told', 'c', escalation('X'), false)], others: { Q: { flows: 'start2 -> up -> q -> end2', nodes: [throwing('up', escalation('X'))] } }, trace: 'a b q', anyOrder: true, temporal: true },
  { title: 'a terminate end event of a called process ends that process only', flows: 'start -> c -> a -> end', nodes: [call('c', 'Q')], others: { Q: { flows: 'start2 -> g; g -> q -> end2; g -> t -> r', nodes: [gateway('parallel', 'g'), node('intermediateCatchEvent', 't', {}, timer('PT1S')), ending('end2', terminate())] } }, trace: 'a q' },
  { title: 'a called process is given what it declares', flows: 'start -> c -> end', nodes: [call('c', 'Q')], others: { Q: { flows: 'start2 -> g; g -> q -> end2 if n > 1; g -> r default', nodes: [gateway('exclusive', 'g')] } }, variables: { n: 2 }, trace: 'q' },
  // The test server's time stands still when a child ends after its parent; so the caller goes on for a while.
  { title: 'an interrupted call ends the called process', flows: 'start -> c -> a -> end; late -> t1 -> b', nodes: [call('c', 'Q'), boundary('late', 'c', timer('PT1S')), node('intermediateCatchEvent', 't1', {}, timer('PT1S'))], others: { Q: { flows: 'start2 -> t -> q -> end2', nodes: [node('intermediateCatchEvent', 't', {}, timer('PT5S'))] } }, trace: 'b', temporal: true },
  { title: 'a process that calls itself', flows: 'start -> g; g -> a -> end if n >= 2; g -> inc -> c -> b -> end default', nodes: [gateway('exclusive', 'g'), setting('inc', 'n', 'n + 1'), call('c', 'P')], variables: { n: 0 }, trace: 'a b b inc inc', anyOrder: true },

  // Ad hoc, §13.3.5.
  { title: 'an ad-hoc sub-process does all that it holds', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: 'a; b' })], trace: 'a b c' },
  { title: 'an ad-hoc sub-process follows the flows inside', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: 'a -> b; d' })], trace: 'a b c d', anyOrder: true },
  { title: 'one at a time', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: 's; r', nodes: ['s', 'r'].map((id) => subProcess(id, { flows: `start_${id} -> a_${id} -> t_${id} -> b_${id}`, nodes: [node('intermediateCatchEvent', `t_${id}`, {}, timer('PT1S'))] })) }, { ordering: 'Sequential' })], trace: 'a_s b_s a_r b_r c' },
  { title: 'a completion condition ends an ad-hoc sub-process and what runs in it', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: 'a; t -> b', nodes: [setting('a', 'n', 'n + 1'), node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, { cancelRemainingInstances: true }, text('completionCondition', 'n >= 1'))], variables: { n: 0 }, trace: 'a c' },
  { title: 'without cancelling it waits for what runs', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: 'a; t -> b', nodes: [setting('a', 'n', 'n + 1'), node('intermediateCatchEvent', 't', {}, timer('PT1S'))] }, { cancelRemainingInstances: false }, text('completionCondition', 'n >= 1'))], variables: { n: 0 }, trace: 'a b c' },
  { title: 'one at a time, until the condition holds', flows: 'start -> h -> c -> end', nodes: [adHoc('h', { flows: '', nodes: [setting('a', 'n', 'n + 1'), script('b')] }, { ordering: 'Sequential' }, text('completionCondition', 'n >= 1'))], variables: { n: 0 }, trace: 'a c' },

  // Tokens, table 10.3.
  { title: 'startQuantity waits for that many tokens', flows: 'start -> g; g -> x; g -> x; x -> a -> b -> end', nodes: [gateway('parallel', 'g'), gateway('exclusive', 'x'), node('scriptTask', 'a', { startQuantity: 2 }, xml('script', {}, '"a"'))], trace: 'a b' },
  { title: 'completionQuantity sends that many', flows: 'start -> a -> b -> end', nodes: [node('scriptTask', 'a', { completionQuantity: 2 }, xml('script', {}, '"a"'))], trace: 'a b b' },
  { title: 'one quantity feeds the other', flows: 'start -> a -> b -> end', nodes: [node('scriptTask', 'a', { completionQuantity: 4 }, xml('script', {}, '"a"')), node('scriptTask', 'b', { startQuantity: 2 }, xml('script', {}, '"b"'))], trace: 'a b b' },
  { title: 'a token too few waits', flows: 'start -> a -> end', nodes: [node('scriptTask', 'a', { startQuantity: 2 }, xml('script', {}, '"a"'))], trace: '', status: 'running', incidents: ['DEADLOCK'] },

  // Messages, §13.3.3.
  { title: 'a send task starts a process that receives', flows: 'start -> send -> a -> end', nodes: [node('sendTask', 'send', { messageRef: 'M' }, correlated)], others: { Q: { flows: 'receive -> q -> end2', nodes: [node('receiveTask', 'receive', { messageRef: 'M', instantiate: true })] } }, trace: 'a q', temporal: true },
  { title: 'a receive task waits for its message', flows: 'start -> r -> a -> end', nodes: [node('receiveTask', 'r', { messageRef: 'M' }, correlated)], steps: [{ message: { name: 'M', correlationKey: 'k' } }], trace: 'a' },
  { title: 'a receive task hears what another branch sends', flows: 'start -> g; g -> r -> a -> end; g -> send -> b -> end', nodes: [gateway('parallel', 'g'), node('receiveTask', 'r', { messageRef: 'M' }, correlated), node('sendTask', 'send', { messageRef: 'M' }, correlated)], trace: 'a b', anyOrder: true },

  // Data, §10.4.
  { title: 'plain and manual tasks are done when they are reached', flows: 'start -> t -> m -> a -> end', nodes: [node('task', 't'), node('manualTask', 'm')], trace: 't m a' },
  { title: 'a data object keeps what a script puts there', flows: 'start -> a -> g; g -> b -> end if note = "x"; g -> c default', nodes: [node('dataObject', 'note', { itemSubjectRef: 'xsd:string' }), node('dataObjectReference', 'ref', { dataObjectRef: 'note' }), setting('a', 'ref', '"x"'), gateway('exclusive', 'g')], trace: 'a b' },
  { title: 'lanes change nothing', flows: 'start -> a -> b -> end', nodes: [node('laneSet', 'lanes', {}, xml('lane', { id: 'l1', name: 'one' }, xml('flowNodeRef', {}, 'a')), xml('lane', { id: 'l2', name: 'two' }, xml('flowNodeRef', {}, 'b')))], trace: 'a b' },
  { title: 'all conditional flows whose condition holds leave an activity, the default only when none does', flows: 'start -> a; a -> b if n > 1; a -> c if n > 2; a -> d default', variables: { n: 3 }, trace: 'a b c', anyOrder: true },
  { title: 'an event sub-process of a called process stays inside', flows: 'start -> c -> a -> end', nodes: [call('c', 'Q')], others: { Q: { flows: 'start2 -> q -> fail', nodes: [ending('fail', error('E')), onEvent('es', error('E'), true, 'r')] } }, trace: 'a q r' },
  { title: 'a condition at the boundary of a task', flows: 'start -> g; g -> w -> a; g -> t -> inc; high -> b', nodes: [gateway('parallel', 'g'), waiting('w'), boundary('high', 'w', conditional('n > 0')), setting('inc', 'n', 'n + 1'), node('intermediateCatchEvent', 't', {}, timer('PT1S'))], variables: { n: 0 }, trace: 'b inc', anyOrder: true, temporal: true },
  { title: 'a message at the boundary of a task', flows: 'start -> w -> a; called -> b', nodes: [waiting('w'), boundary('called', 'w', message('M'))], steps: [{ message: { name: 'M', correlationKey: 'k' } }], trace: 'b' },
];
