import type { LocalizedText } from '#engine';
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
 * Why a person has this task: the findings of the decision just before it that were not a pass, else the flow
 * that led here, when it has a name. Null when there is nothing to say.
 */
export async function whyOf(task: TaskForWhy, { loaders, bundles, reads }: RequestContext): Promise<LocalizedText | null> {
  const { definition } = await bundles.get(task.instance.bundleHash);
  const until = task.createdAt.getTime() + recordingMs;
  const decision = (await loaders.objections(task.instanceId))?.find(({ decidedAt }) => decidedAt.getTime() <= until);
  const followsDecision = decision?.elementId != null && leadsTo(definition, decision.elementId, task.elementId);
  if (decision && followsDecision) {
    const messages = findingsOf(decision.explanation);
    if (messages.length > 0) {
      if (task.patientId !== null) reads.add(task.patientId);
      return { 'zh-CN': `规则 ${decision.ruleSet}（版本 ${decision.version}）：${messages.map((message) => message['zh-CN']).join('；')}`, en: `Rule set ${decision.ruleSet} (version ${decision.version}): ${messages.map((message) => message.en).join('; ')}` };
    }
  }
  const flow = flowsOf(definition).find(({ targetRef, name }) => targetRef === task.elementId && name !== undefined);
  return flow?.name ?? null;
}

type Scope = { readonly flowElements: readonly { readonly type: string }[]; readonly sequenceFlows: readonly { readonly sourceRef: string; readonly targetRef: string; readonly name?: LocalizedText | undefined }[] };

function flowsOf(scope: Scope): Scope['sequenceFlows'] {
  // A sub-process is a scope of its own.
  return [...scope.sequenceFlows, ...scope.flowElements.filter(({ type }) => type === 'subProcess').flatMap((element) => flowsOf(element as unknown as Scope))];
}

/** Whether a decision's element leads to the task over gateways and script tasks within a few steps. */
function leadsTo(definition: Scope, from: string, to: string): boolean {
  const flows = flowsOf(definition);
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
