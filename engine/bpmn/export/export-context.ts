import { attributeOf } from '../element-access.ts';
import { allDrafts, childDrafts, newDraft, type Draft } from './draft.ts';

type RootKind = 'message' | 'signal' | 'error' | 'escalation';

/** What of a root element the executable form names: its code or its name. */
const namedBy: Readonly<Record<RootKind, string>> = { message: 'name', signal: 'name', error: 'errorCode', escalation: 'escalationCode' };

/** One export: the definitions being written, and the ids that are taken. */
export class ExportContext {
  readonly definitions: Draft;
  readonly #ids = new Set<string>();
  readonly #ownIds: ReadonlySet<string>;

  /** `ownIds` are those of the definition: no id made here may be one of them. */
  constructor(definitions: Draft, ownIds: Iterable<string>) {
    this.definitions = definitions;
    this.#ownIds = new Set(ownIds);
    for (const draft of allDrafts(definitions)) {
      const id = draft.namespace === undefined ? draft.attributes?.['id'] : undefined;
      if (id !== undefined) this.#ids.add(id);
    }
  }

  /** An id that nothing has, beginning with the wanted one. */
  freeId(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#ids.has(id) || this.#ownIds.has(id); count += 1) id = `${wanted}_${count}`;
    this.#ids.add(id);
    return id;
  }

  /** The id of the message, signal, error or escalation of this name or code; made when there is none. */
  referenceTo(kind: RootKind, name: string): string {
    const field = namedBy[kind];
    const existing = childDrafts(this.definitions, `bpmn:${kind}`).find((root) => {
      const own = attributeOf(root, field);
      // An empty name is no name, an empty code is one.
      return (field === 'name' ? own || attributeOf(root, 'id') : (own ?? attributeOf(root, 'id'))) === name;
    });
    const existingId = existing && attributeOf(existing, 'id');
    if (existingId !== undefined) return existingId;
    const id = this.freeId(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}_${name.replace(/[^\p{L}\p{N}_.-]/gu, '_').slice(0, 60) || '1'}`);
    this.addRoot(newDraft(`bpmn:${kind}`, { id, name, ...(field === 'name' ? {} : { [field]: name }) }));
    return id;
  }

  /** Adds a root element before the first process. */
  addRoot(root: Draft): void {
    const children = (this.definitions.children ??= []);
    const process = children.findIndex((node) => 'name' in node && (node.name === 'bpmn:process' || node.name === 'bpmn:collaboration' || node.name.startsWith('bpmndi:')));
    children.splice(process < 0 ? children.length : process, 0, root);
  }
}
