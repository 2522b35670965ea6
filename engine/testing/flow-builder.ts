import type { FlowElement, SequenceFlow } from '../definition/index.ts';

/** Where a token comes into a part of a flow, and where it leaves. */
export interface Part {
  readonly first: string;
  readonly last: string;
}

/** What a process or sub-process holds. */
export interface Flows {
  readonly flowElements: FlowElement[];
  readonly sequenceFlows: SequenceFlow[];
}

/** Puts elements and flows together, with ids of its own in the order in which they are made. */
export class FlowBuilder {
  #lastId = 0;
  #elements: FlowElement[] = [];
  #flows: SequenceFlow[] = [];

  /** What is built meanwhile, in a container of its own between a start and an end event. */
  enclose(build: () => Part): Flows {
    const outer = { elements: this.#elements, flows: this.#flows };
    this.#elements = [];
    this.#flows = [];
    const start = this.add({ id: this.id('start'), type: 'startEvent' });
    const part = build();
    const end = this.add({ id: this.id('end'), type: 'endEvent' });
    this.flow(start, part.first);
    this.flow(part.last, end);
    const built = { flowElements: this.#elements, sequenceFlows: this.#flows };
    this.#elements = outer.elements;
    this.#flows = outer.flows;
    return built;
  }

  /** The activity or the event attached to it, whichever is left. */
  merge(host: string, boundary: string): Part {
    const merge = this.add({ id: this.id('merge'), type: 'exclusiveGateway' });
    this.flow(host, merge);
    this.flow(boundary, merge);
    return { first: host, last: merge };
  }

  /** Each inner part, built one after the other, between two gateways. */
  between<Inner>(first: FlowElement, last: FlowElement, inners: readonly Inner[], build: (inner: Inner) => Part): Part {
    const part = { first: this.add(first), last: this.add(last) };
    for (const each of inners) {
      const inner = build(each);
      this.flow(part.first, inner.first);
      this.flow(inner.last, part.last);
    }
    return part;
  }

  /** The parts one after the other. */
  chain(parts: readonly Part[]): Part {
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      if (next) this.flow(part.last, next.first);
    }
    return { first: parts[0]?.first ?? '', last: parts.at(-1)?.last ?? '' };
  }

  /** One element as a part. */
  single(element: FlowElement): Part {
    const id = this.add(element);
    return { first: id, last: id };
  }

  /** Gives its id. */
  add(element: FlowElement): string {
    this.#elements.push(element);
    return element.id;
  }

  /** Gives its id. */
  flow(sourceRef: string, targetRef: string, condition?: string): string {
    const id = this.id('f');
    this.#flows.push({ id, sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) });
    return id;
  }

  /** A new one. */
  id(prefix: string): string {
    this.#lastId += 1;
    return `${prefix}${this.#lastId}`;
  }
}
