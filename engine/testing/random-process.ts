import type { FlowElement, MultiInstance, ProcessDefinition, SequenceFlow } from '../definition/index.ts';
import { FlowBuilder, type Flows, type Part } from './flow-builder.ts';
import { leafElement } from './leaf-element.ts';
import { declare } from './process-builder.ts';
import type { Block } from './random-block.ts';

/** The definition of a block between a start and an end event. */
export function definitionOfBlock(block: Block): ProcessDefinition {
  const builder = new Builder();
  const { flowElements, sequenceFlows } = builder.container(block);
  return { format: 'careloop-process/1', key: 'random', version: '1', name: { 'zh-CN': '随机', en: 'Random' }, variables: declare({ x: 'number', y: 'number', outputs: 'list' }), flowElements, sequenceFlows };
}

class Builder extends FlowBuilder {
  container(block: Block): Flows {
    return this.enclose(() => this.#build(block));
  }

  #build(block: Block): Part {
    switch (block.kind) {
      case 'sequence':
        return this.chain(block.blocks.map((inner) => this.#build(inner)));
      case 'choice':
        return this.#choice(block.blocks);
      case 'parallel':
        return this.between({ id: this.id('fork'), type: 'parallelGateway' }, { id: this.id('join'), type: 'parallelGateway' }, block.blocks, (inner) => this.#build(inner));
      case 'fan':
        return this.between({ id: this.id('fan'), type: 'scriptTask', script: '1' }, { id: this.id('join'), type: 'parallelGateway' }, block.blocks, (inner) => this.#build(inner));
      case 'some':
        return this.#some(block.blocks);
      case 'first':
        return this.between({ id: this.id('fork'), type: 'parallelGateway' }, { id: this.id('complex'), type: 'complexGateway', activationCondition: 'activationCount >= 1' }, block.blocks, (inner) => this.#build(inner));
      case 'anyOrder':
        return this.#anyOrder(block.blocks);
      case 'sub':
        return this.single({ id: this.id('sub'), type: 'subProcess', ...this.container(block.body) });
      case 'loop':
        return this.#loop(block.body);
      case 'each':
        return this.#each(block);
      case 'reminded':
        return this.#reminded(block.body);
      case 'repeated':
        return this.single({ id: this.id('sub'), type: 'subProcess', ...this.container(block.body), standardLoop: { kind: 'standardLoop', testBefore: false, condition: 'loopCounter < 2', maximum: 3 } });
      case 'transaction':
        return this.#transaction(block.body);
      case 'transactions':
        return this.#transaction(block.body, { multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '2' } });
      case 'stoppable':
        return this.#stoppable(block.body);
      case 'escalating':
        return this.#escalating(block.body);
      case 'race':
        return this.#race();
      case 'link':
        return this.#link();
      case 'condition':
        return this.#condition();
      case 'undoable':
        return this.#undoable();
      case 'guarded':
        return this.#guarded();
      case 'late':
        return this.#late();
      default:
        return this.single(leafElement(this.id(block.kind), block.kind));
    }
  }

  #choice(blocks: readonly Block[]): Part {
    const gateway = this.id('choice');
    const merge = this.add({ id: this.id('merge'), type: 'exclusiveGateway' });
    const parts = blocks.map((inner) => this.#build(inner));
    const flows = parts.map((part, index) => this.flow(gateway, part.first, index === parts.length - 1 ? undefined : `x > ${index * 3 + 2}`));
    for (const part of parts) this.flow(part.last, merge);
    this.add({ id: gateway, type: 'exclusiveGateway', default: flows.at(-1) ?? '' });
    return { first: gateway, last: merge };
  }

  /** Repeats its body twice; the counter lives in a scope of its own. */
  #loop(body: Block): Part {
    const id = this.id('loop');
    const { flowElements, sequenceFlows } = this.container(body);
    const start = this.id('start');
    const [merge, again, end, count, inner] = ['merge', 'again', 'end', 'count', 'sub'].map((name) => this.id(name)) as [string, string, string, string, string];
    const flow = (sourceRef: string, targetRef: string, condition?: string): SequenceFlow => ({ id: this.id('f'), sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) });
    const out = flow(again, end);
    return this.single({
      id, type: 'subProcess', inputs: [{ target: 'counter', source: '0' }],
      flowElements: [
        { id: start, type: 'startEvent' }, { id: merge, type: 'exclusiveGateway' }, { id: inner, type: 'subProcess', flowElements, sequenceFlows },
        { id: count, type: 'scriptTask', script: 'counter + 1', resultVariable: 'counter' }, { id: again, type: 'exclusiveGateway', default: out.id }, { id: end, type: 'endEvent' },
      ],
      sequenceFlows: [flow(start, merge), flow(merge, inner), flow(inner, count), flow(count, again), flow(again, merge, 'counter < 2'), out],
    });
  }

  /** An inclusive gateway: one branch always, the others by their conditions. */
  #some(blocks: readonly Block[]): Part {
    const split = this.id('some');
    const join = this.add({ id: this.id('join'), type: 'inclusiveGateway' });
    for (const [index, block] of blocks.entries()) {
      const part = this.#build(block);
      this.flow(split, part.first, index === 0 ? 'true' : `x > ${index * 3}`);
      this.flow(part.last, join);
    }
    this.add({ id: split, type: 'inclusiveGateway' });
    return { first: split, last: join };
  }

  #anyOrder(blocks: readonly Block[]): Part {
    const flowElements = blocks.map((block): FlowElement => ({ id: this.id('sub'), type: 'subProcess', ...this.container(block) }));
    return this.single({ id: this.id('anyOrder'), type: 'adHocSubProcess', flowElements, sequenceFlows: [], ordering: blocks.length === 2 ? 'sequential' : 'parallel' });
  }

  /** Its body may be followed by its undoing; of several in parallel, one may end the others. */
  #transaction(body: Block, marker: { readonly multiInstance?: MultiInstance } = {}): Part {
    const { flowElements, sequenceFlows } = this.container({ kind: 'sequence', blocks: [{ kind: 'undoable' }, body] });
    const end = flowElements.find(({ type }) => type === 'endEvent')?.id ?? '';
    const choice = this.id('choice');
    const cancel = this.id('cancel');
    const good: SequenceFlow = { id: this.id('f'), sourceRef: choice, targetRef: end };
    const redirected = sequenceFlows.map((flow) => (flow.targetRef === end ? { ...flow, targetRef: choice } : flow));
    const host = this.add({
      id: this.id('transaction'), type: 'transaction', ...marker,
      flowElements: [...flowElements, { id: choice, type: 'exclusiveGateway', default: good.id }, { id: cancel, type: 'endEvent', event: { kind: 'cancel' } }],
      sequenceFlows: [...redirected, { id: this.id('f'), sourceRef: choice, targetRef: cancel, condition: 'x > 5' }, good],
    });
    return this.merge(host, this.add({ id: this.id('undone'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'cancel' } }));
  }

  /** A signal ends the body and runs a service in its place; beside it, a reminder runs at most twice. */
  #stoppable(body: Block): Part {
    const handler = (event: { kind: 'signal'; signal: string } | { kind: 'timer'; timeCycle: string }, isInterrupting: boolean): FlowElement => {
      const [id, start, act] = [this.id('stop'), this.id('start'), leafElement(this.id('service'), 'service')] as const;
      return { id, type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: start, type: 'startEvent', event, isInterrupting }, act], sequenceFlows: [{ id: this.id('f'), sourceRef: start, targetRef: act.id }] };
    };
    const { flowElements, sequenceFlows } = this.container(body);
    const handlers = [handler({ kind: 'signal', signal: 'stop' }, true), handler({ kind: 'timer', timeCycle: '"R2/PT10M"' }, false)];
    return this.single({ id: this.id('sub'), type: 'subProcess', flowElements: [...flowElements, ...handlers], sequenceFlows });
  }

  /** The body escalates when it is done; a service runs beside the rest. */
  #escalating(body: Block): Part {
    const { flowElements, sequenceFlows } = this.container(body);
    const escalates = flowElements.map((element): FlowElement => (element.type === 'endEvent' ? { ...element, event: { kind: 'escalation', escalationCode: 'DONE' } } : element));
    const host = this.add({ id: this.id('sub'), type: 'subProcess', flowElements: escalates, sequenceFlows });
    const caught = this.add({ id: this.id('caught'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: false, event: { kind: 'escalation' } });
    this.flow(caught, this.add(leafElement(this.id('service'), 'service')));
    return { first: host, last: host };
  }

  #race(): Part {
    const gateway = this.add({ id: this.id('race'), type: 'eventBasedGateway' });
    const merge = this.add({ id: this.id('merge'), type: 'exclusiveGateway' });
    for (const kind of ['timer', 'signal', 'message'] as const) {
      const event = this.add(leafElement(this.id(kind), kind));
      this.flow(gateway, event);
      this.flow(event, merge);
    }
    return { first: gateway, last: merge };
  }

  #link(): Part {
    const link = this.id('link');
    const first = this.add({ id: this.id('throw'), type: 'intermediateThrowEvent', event: { kind: 'link', link } });
    return { first, last: this.add({ id: this.id('catch'), type: 'intermediateCatchEvent', event: { kind: 'link', link } }) };
  }

  /** A task that is given up when a value is high. */
  #condition(): Part {
    const host = this.add(leafElement(this.id('user'), 'user'));
    return this.merge(host, this.add({ id: this.id('high'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'conditional', condition: 'x > 7' } }));
  }

  #undoable(): Part {
    const host = this.add(leafElement(this.id('service'), 'service'));
    const handler = this.add({ ...leafElement(this.id('service'), 'service'), isForCompensation: true } as FlowElement);
    this.add({ id: this.id('undo'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler } });
    return { first: host, last: host };
  }

  #each({ sequential, count, body }: Extract<Block, { kind: 'each' }>): Part {
    const items = Array.from({ length: count }, (_item, index) => index);
    return this.single({
      id: this.id('each'), type: 'subProcess', ...this.container(body),
      multiInstance: { kind: 'multiInstance', sequential, collection: `[${items.join(', ')}]`, elementVariable: 'item', outputCollection: 'outputs', outputElement: 'item * 2' },
    });
  }

  /** Beside the body, a reminder runs at most twice. */
  #reminded(body: Block): Part {
    const host = this.add({ id: this.id('sub'), type: 'subProcess', ...this.container(body) });
    const reminder = this.add({ id: this.id('reminder'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: false, event: { kind: 'timer', timeCycle: '"R2/PT10M"' } });
    this.flow(reminder, this.add(leafElement(this.id('service'), 'service')));
    return { first: host, last: host };
  }

  /** A service in a sub-process whose answer decides whether it ends with an error that is caught. */
  #guarded(): Part {
    const [start, ask, choice, fail, end] = ['start', 'ask', 'choice', 'fail', 'end'].map((name) => this.id(name)) as [string, string, string, string, string];
    const flow = (sourceRef: string, targetRef: string, condition?: string): SequenceFlow => ({ id: this.id('f'), sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) });
    const good = flow(choice, end);
    const host = this.add({
      id: this.id('sub'), type: 'subProcess', inputs: [{ target: 'answer', source: '0' }], variables: declare({ answer: 'number' }),
      flowElements: [
        { id: start, type: 'startEvent' }, { id: ask, type: 'serviceTask', activity: 'random.act', outputs: [{ target: 'answer', source: 'result.n' }] },
        { id: choice, type: 'exclusiveGateway', default: good.id }, { id: fail, type: 'endEvent', event: { kind: 'error', errorCode: 'BAD' } }, { id: end, type: 'endEvent' },
      ],
      sequenceFlows: [flow(start, ask), flow(ask, choice), flow(choice, fail, 'answer > 4'), good],
    });
    const caught = this.add({ id: this.id('caught'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'error', errorCode: 'BAD' } });
    return this.merge(host, caught);
  }

  /** A task that is given up after an hour. */
  #late(): Part {
    const host = this.add(leafElement(this.id('user'), 'user'));
    return this.merge(host, this.add({ id: this.id('late'), type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } }));
  }

}
