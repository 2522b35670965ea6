import { brandWithType } from '@pothos/core';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { readGlobalId } from '../global-ids.ts';
import { badArgument } from '../request-errors.ts';
import { visibleAlert, visibleDecision, visibleEntry, visibleIncident, visibleInstance, visiblePatient, visibleTask } from '../visible-rows.ts';

/** How each type is read by id, through the same rights as everywhere. A type that is not here has no node. */
const readers: Readonly<Record<string, (id: string, context: RequestContext) => Promise<object | null> | object | null>> = {
  ProcessInstance: visibleInstance,
  Task: visibleTask,
  Patient: (id, context) => visiblePatient({ id }, context),
  Incident: visibleIncident,
  Alert: visibleAlert,
  Decision: visibleDecision,
  AuditEntry: visibleEntry,
  ProcessDefinition: (hash, { database }) => database.prisma.processBundle.findUnique({ where: { hash } }),
};

/** Types that `node` knows. */
export const nodeTypes: readonly string[] = Object.keys(readers);

const maximumNodes = 100;

async function readNode(globalId: string, context: RequestContext): Promise<object | null> {
  const key = readGlobalId(globalId);
  const node = key === undefined ? null : ((await readers[key.typename]?.(key.id, context)) ?? null);
  // The type of a row is not in the row.
  if (node !== null && key !== undefined) brandWithType(node, key.typename as never);
  return node;
}

builder.queryField('node', (t) =>
  t.field({ type: builder.nodeInterfaceRef(), nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => readNode(id, context) as never }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > maximumNodes) throw badArgument('PAGE_SIZE_INVALID', 'ids', `Expected at most ${maximumNodes} ids, but got ${ids.length}`);
      return Promise.all(ids.map((id) => readNode(id, context))) as never;
    },
  }),
);
