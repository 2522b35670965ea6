import { fileURLToPath } from 'node:url';
import { createDatabase } from '#database';
import type { FlowElement } from '#engine';
import { runningDatabaseUrl } from '../../../cli/commands/running-database.ts';
import { loadProcess } from '../../../gateway/processes/load-processes.ts';
import { publishLoaded } from '../../../gateway/processes/publish-process.ts';

const exampleFolder = fileURLToPath(new URL('../../../processes/ten-node-example', import.meta.url));
const secondLook: FlowElement = { id: 'secondLook', type: 'userTask', name: { 'zh-CN': '复核', en: 'Second look' }, candidateRoles: ['operator'], form: 'approve' };

/** Publishes version 2 of the ten-node example in a running installation: a second look follows the approval. Returns how many flows it has. */
export async function publishSecondVersion(dataFolder: string): Promise<number> {
  const example = loadProcess(exampleFolder);
  const { definition } = example;
  const sequenceFlows = [...definition.sequenceFlows.map((flow) => (flow.id === 'f8' ? { ...flow, targetRef: secondLook.id } : flow)), { id: 'f8b', sourceRef: secondLook.id, targetRef: 'join' }];
  const database = createDatabase(runningDatabaseUrl({ dataFolder }), 2);
  try {
    await publishLoaded(database, { ...example, definition: { ...definition, version: '2', flowElements: [...definition.flowElements, secondLook], sequenceFlows } });
  } finally {
    await database.close();
  }
  return sequenceFlows.length;
}
