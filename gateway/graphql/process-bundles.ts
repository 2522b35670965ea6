import { z } from 'zod';
import type { Database } from '#database';
import { allElements, type FlowElement, type LocalizedText, type ProcessDefinition } from '#engine';

/** A form of a process: JSON schema, how to show it, and its title. */
export interface ProcessForm {
  readonly key: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly uiSchema: Readonly<Record<string, unknown>>;
  readonly title?: LocalizedText | undefined;
}

/** An immutable bundle, opened. */
export interface OpenedBundle {
  readonly hash: string;
  readonly definition: ProcessDefinition;
  readonly elements: ReadonlyMap<string, FlowElement>;
  readonly forms: ReadonlyMap<string, ProcessForm>;
}

export interface ProcessBundles {
  /** The bundle with this hash. Rejects when there is none: an instance always has its bundle. */
  get(hash: string): Promise<OpenedBundle>;
}

const formSchema = z.object({
  schema: z.record(z.string(), z.unknown()).default({}),
  uiSchema: z.record(z.string(), z.unknown()).default({}),
  title: z.object({ 'zh-CN': z.string(), en: z.string() }).optional(),
});
const maximumBundles = 200;

/** Opens bundles once a process: they never change. */
export function createProcessBundles({ prisma }: Pick<Database, 'prisma'>): ProcessBundles {
  const opened = new Map<string, Promise<OpenedBundle>>();

  async function open(hash: string): Promise<OpenedBundle> {
    const row = await prisma.processBundle.findUniqueOrThrow({ where: { hash }, select: { bytes: true, forms: true } });
    // Validated against the definition schema when it was published.
    const { definition } = JSON.parse(Buffer.from(row.bytes).toString('utf8')) as { definition: ProcessDefinition };
    return { hash, definition, elements: new Map(allElements(definition).map((element) => [element.id, element])), forms: formsOf(row.forms) };
  }

  return {
    get(hash) {
      const known = opened.get(hash);
      if (known) return known;
      if (opened.size >= maximumBundles) opened.delete(opened.keys().next().value ?? '');
      const bundle = open(hash);
      opened.set(hash, bundle);
      bundle.catch(() => opened.delete(hash));
      return bundle;
    },
  };
}

/** Forms are stored by key; a list of forms with keys is understood too. */
function formsOf(stored: unknown): ReadonlyMap<string, ProcessForm> {
  const entries: [string, unknown][] = Array.isArray(stored) ? stored.map((form: { key?: unknown }) => [String(form.key), form]) : Object.entries((stored ?? {}) as Record<string, unknown>);
  return new Map(entries.flatMap(([key, form]) => {
    const parsed = formSchema.safeParse(form);
    return parsed.success ? [[key, { key, ...parsed.data }] as const] : [];
  }));
}
