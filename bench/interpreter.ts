import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import * as elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import Serializer, { TypeResolver } from 'moddle-context-serializer';
import { compile, createInitialState, step, type EngineEvent, type FlowElement, type ProcessBundle, type ProcessDefinition, type ProcessPlan, type ProcessState } from '#engine';

const rounds = 7;
const at = '2026-11-23T08:00:00.000Z';
const actor = { id: 'bench', kind: 'person', roles: ['operator'] } as const;
const folder = new URL('../processes/ten-node-example/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const bundle = { format: 'careloop-bundle/1', definition: read('process.json'), ruleSets: { 'example-grading@1': read('rules/example-grading.json') } } as ProcessBundle;
const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

/**
 * `npm run bench -- interpreter`: `step` in memory. Whole instances of the ten-node process against npm `bpmn-engine`
 * (which is spared the thirty rules and reads its XML once); the time of an event as the model grows; bytes of state a token.
 */
export async function run(): Promise<void> {
  const plan = compile(bundle);
  const ours: number[] = [];
  const theirs: number[] = [];
  const peer = await preparePeer();
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await perSecond(5_000, () => runInstance(plan)));
    theirs.push(await perSecond(150, peer));
  }
  const throughput = { careloopPerSecond: Math.round(median(ours)), peerPerSecond: Math.round(median(theirs)), times: Math.round(median(ours) / median(theirs)), target: 50 };

  const sizes = [10, 100, 1_000].map((elements) => ({ elements, microsecondsAnEvent: Number(timePerEvent(elements).toFixed(2)) }));
  const largest = Math.max(...sizes.map(({ microsecondsAnEvent }) => microsecondsAnEvent));
  const growth = Number((largest / (sizes[0]?.microsecondsAnEvent ?? 1)).toFixed(2));

  const waiting = Object.entries(waitingElements).map(([type, elementOf]) => [type, bytesPerToken(elementOf)]);
  const bytes = { ...Object.fromEntries(waiting), target: 200 };
  console.log(JSON.stringify({ bench: 'interpreter', cores: cpus().length, node: process.version, rounds, throughput, sizes, growth: { times: growth, target: 1.5 }, bytesPerToken: bytes }, undefined, 2));
}

async function perSecond(count: number, runOne: () => void | Promise<void>): Promise<number> {
  for (let index = 0; index < count / 10; index += 1) await runOne();
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) await runOne();
  return (count * 1_000) / (performance.now() - begun);
}

/** One instance from start to end, every event handled as the Temporal shell would. */
function runInstance(plan: ProcessPlan): void {
  let state = createInitialState(plan, { instanceId: 'i' });
  const send = (event: EngineEvent): void => {
    const next = step(plan, state, event);
    // Whoever measures a shorter way measures another process.
    if (next.commands.some(({ type }) => type === 'rejectEvent')) throw new Error(`Expected ${event.type} to be awaited, but it was rejected`);
    state = next.state;
  };
  send({ id: '1', at, actor, type: 'instanceStarted', variables: { amount: 250 } });
  send({ id: '2', at, actor, type: 'serviceCompleted', elementInstanceId: instanceOf(state, 'lookUp'), result: { level: 7 } });
  send({ id: '3', at, actor, type: 'serviceCompleted', elementInstanceId: instanceOf(state, 'notify'), result: { sent: true } });
  send({ id: '4', at, actor, type: 'userTaskCompleted', taskId: Object.keys(state.userTasks)[0] ?? '', data: { approved: true } });
  if (state.status !== 'completed') throw new Error(`Expected the instance to complete, but it is ${state.status}`);
}

function instanceOf(state: ProcessState, elementId: string): string {
  return Object.values(state.elementInstances).find((instance) => instance.elementId === elementId)?.id ?? '';
}

/** The same process for bpmn-engine; its services answer at once and its decision is a constant. */
async function preparePeer(): Promise<() => Promise<void>> {
  const answer = (result: object) => () => (_scope: unknown, callback: (error: null, result: object) => void) => callback(null, result);
  const options = { services: { lookUp: answer({ level: 7 }), gradeRisk: answer({ findings: [1] }), notify: answer({ sent: true }) } };
  const moddleContext = await new BpmnModdle().fromXML(peerSource);
  const sourceContext = Serializer(moddleContext, TypeResolver(elements));
  return () =>
    new Promise((resolve, reject) => {
      const engine = new Engine({ name: 'ten-node', sourceContext, ...options });
      engine.once('end', () => resolve());
      engine.once('error', reject);
      engine.execute({ variables: { amount: 5_000 } }).then((execution) => execution.signal({ id: 'approve' }), reject);
    });
}

const peerSource = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="tenNode" targetNamespace="urn:bench">
  <process id="ten" isExecutable="true">
    <startEvent id="start" /><serviceTask id="lookUp" implementation="\${environment.services.lookUp()}" />
    <serviceTask id="gradeRisk" implementation="\${environment.services.gradeRisk()}" /><exclusiveGateway id="isRisky" default="toReject" />
    <parallelGateway id="both" /><serviceTask id="notify" implementation="\${environment.services.notify()}" /><userTask id="approve" />
    <parallelGateway id="join" /><scriptTask id="summarise" scriptFormat="js"><script>next(null, 'approved');</script></scriptTask><endEvent id="end" /><endEvent id="rejected" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="lookUp" /><sequenceFlow id="f2" sourceRef="lookUp" targetRef="gradeRisk" /><sequenceFlow id="f3" sourceRef="gradeRisk" targetRef="isRisky" />
    <sequenceFlow id="toBoth" sourceRef="isRisky" targetRef="both"><conditionExpression xsi:type="tFormalExpression" language="js">next(null, true);</conditionExpression></sequenceFlow>
    <sequenceFlow id="toReject" sourceRef="isRisky" targetRef="rejected" /><sequenceFlow id="f5" sourceRef="both" targetRef="notify" /><sequenceFlow id="f6" sourceRef="both" targetRef="approve" />
    <sequenceFlow id="f7" sourceRef="notify" targetRef="join" /><sequenceFlow id="f8" sourceRef="approve" targetRef="join" /><sequenceFlow id="f9" sourceRef="join" targetRef="summarise" /><sequenceFlow id="f10" sourceRef="summarise" targetRef="end" />
  </process>
</definitions>`;

/** A chain of service tasks with a choice after each third, run from end to end. */
function timePerEvent(elements: number): number {
  const plan = compile(chainOf(elements - 2));
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const runs = Math.ceil(20_000 / elements);
    let events = 0;
    const begun = performance.now();
    for (let index = 0; index < runs; index += 1) events += runChain(plan);
    times.push(((performance.now() - begun) * 1_000) / events);
  }
  return median(times.slice(2));
}

function runChain(plan: ProcessPlan): number {
  let { state } = step(plan, createInitialState(plan, { instanceId: 'i' }), { id: '0', at, actor, type: 'instanceStarted', variables: { n: 1 } });
  let events = 1;
  while (state.status === 'running') {
    const [elementInstanceId = ''] = Object.keys(state.elementInstances);
    state = step(plan, state, { id: String(events), at, actor, type: 'serviceCompleted', elementInstanceId, result: { n: events } }).state;
    events += 1;
  }
  return events;
}

function chainOf(tasks: number): ProcessDefinition {
  const ids = ['start', ...Array.from({ length: tasks }, (_, index) => `act${index}`), 'end'];
  return {
    ...frame('chain'),
    flowElements: ids.map((id) => (id === 'start' ? { id, type: 'startEvent' } : id === 'end' ? { id, type: 'endEvent' } : { id, type: 'serviceTask', activity: 'bench.act', outputs: [{ target: 'n', source: 'result.n' }] })),
    sequenceFlows: ids.slice(1).map((id, index) => ({ id: `f${index}`, sourceRef: ids[index] ?? '', targetRef: id })),
  };
}

/** What a token can wait at. */
const waitingElements: { readonly [type: string]: (id: string) => FlowElement } = {
  serviceTask: (id) => ({ id, type: 'serviceTask', activity: 'bench.act' }),
  userTask: (id) => ({ id, type: 'userTask', candidateRoles: ['nurse'], form: 'form' }),
  timer: (id) => ({ id, type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } }),
  message: (id) => ({ id, type: 'intermediateCatchEvent', event: { kind: 'message', message: 'm', correlationKey: '"k"' } }),
};

/** How much one more waiting token adds to the state, in bytes of JSON. */
function bytesPerToken(elementOf: (id: string) => FlowElement): number {
  const size = (tokens: number): number => {
    const ids = Array.from({ length: tokens }, (_, index) => `task${index}`);
    const plan = compile({
      ...frame('fan'),
      flowElements: [{ id: 'start', type: 'startEvent' }, ...ids.map(elementOf)],
      sequenceFlows: ids.map((id) => ({ id: `to_${id}`, sourceRef: 'start', targetRef: id })),
    });
    const { state } = step(plan, createInitialState(plan, { instanceId: 'i' }), { id: '0', at, actor, type: 'instanceStarted', variables: { n: 1 } });
    return JSON.stringify(state).length;
  };
  return Math.round((size(110) - size(10)) / 100);
}

function frame(key: string): Omit<ProcessDefinition, 'flowElements' | 'sequenceFlows'> {
  return { format: 'careloop-process/1', key, version: '1', name: { 'zh-CN': key, en: key }, variables: [{ name: 'n', type: 'number', classification: 'operational' }] };
}
