import { allElements, allFlows, type LocalizedText, type ProcessDefinition } from '#engine';
import type { RequestContext } from './context.ts';

interface TaskForWhy {
  readonly instanceId: string;
  readonly elementId: string;
  readonly createdAt: Date;
  readonly dueAt: Date | null;
  readonly patientId: string | null;
  readonly instance: { readonly bundleHash: string };
}

/** A decision is recorded by the database's clock, a task by the engine's: by at most this much later. */
const recordingMs = 1_000;

interface StoredFinding {
  readonly ruleSet?: unknown;
  readonly message?: { readonly 'zh-CN'?: unknown; readonly en?: unknown };
}

/**
 * Why a person has this task: the findings of the decisions just before it that were not a pass, else the flow
 * that led here, when it has a name. Null when there is nothing to say.
 */
export async function whyOf(task: TaskForWhy, { loaders, bundles, reads }: RequestContext): Promise<LocalizedText | null> {
  const { definition } = await bundles.get(task.instance.bundleHash);
  const until = task.createdAt.getTime() + recordingMs;
  const objections = ((await loaders.objections(task.instanceId)) ?? []).filter(({ decidedAt, elementId }) => decidedAt.getTime() <= until && elementId !== null && leadsTo(definition, elementId, task.elementId));
  // Of each rule set the newest counts: a check may have been made again.
  const newest = objections.filter((decision, index) => objections.findIndex(({ ruleSet }) => ruleSet === decision.ruleSet) === index);
  const reasons = newest.flatMap(({ ruleSet, version, elementId, explanation }) => {
    const messages = findingsOf(explanation);
    const name = allElements(definition).find(({ id }) => id === elementId)?.name ?? { 'zh-CN': ruleSet, en: ruleSet };
    return messages.length === 0 ? [] : [{ 'zh-CN': `规则“${name['zh-CN']}”（版本 ${version}）：${messages.map((message) => message['zh-CN'].replace(/。$/, '')).join('；')}`, en: `Rule set “${name.en}” (version ${version}): ${messages.map((message) => message.en.replace(/\.$/, '')).join('; ')}` }];
  });
  if (reasons.length > 0) {
    if (task.patientId !== null) reads.add(task.patientId);
    return { 'zh-CN': reasons.map((reason) => reason['zh-CN']).join('\n'), en: reasons.map((reason) => reason.en).join('\n') };
  }
  return allFlows(definition).find(({ targetRef, name }) => targetRef === task.elementId && name !== undefined)?.name ?? null;
}

/** Whether a decision's element leads to the task over gateways and script tasks within a few steps. */
function leadsTo(definition: ProcessDefinition, from: string, to: string): boolean {
  const flows = allFlows(definition);
  let frontier = new Set([from]);
  for (let steps = 0; steps < 6 && frontier.size > 0; steps += 1) {
    frontier = new Set(flows.filter(({ sourceRef }) => frontier.has(sourceRef)).map(({ targetRef }) => targetRef));
    if (frontier.has(to)) return true;
  }
  return false;
}

function findingsOf(explanation: unknown): LocalizedText[] {
  const findings = (explanation as { readonly findings?: readonly StoredFinding[] } | null)?.findings ?? [];
  return findings.flatMap(({ message }) => (typeof message?.['zh-CN'] === 'string' && typeof message.en === 'string' ? [{ 'zh-CN': message['zh-CN'], en: message.en }] : []));
}
