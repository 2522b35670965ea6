/**
 * Who may do and see what: the one table from which enforcement follows. The schema takes it field by
 * field (`graphql/policy-plugin.ts`), lists and `node` take `reach` as filters (`visibility.ts`), and what
 * the table does not grant is refused. A test walks the schema and finds each operation and type here.
 */

export const personRoles = ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'auditor', 'operator', 'process-owner', 'finance', 'privacy-officer', 'system-administrator', 'security-administrator'] as const;
export const systemRoles = ['his', 'lis', 'emr-desk'] as const;
export type Role = (typeof personRoles)[number] | (typeof systemRoles)[number];

/** Roles that act in one ward only; the others act in the whole hospital. */
export const wardRoles: readonly Role[] = ['doctor', 'nurse', 'head-nurse'];

/** The role that answers for the rules of a domain: it approves, signs, suspends and recalls. */
export const ruleDomainOwners = { pharmacy: 'pharmacist', nursing: 'head-nurse', medical: 'doctor', finance: 'finance' } as const satisfies Readonly<Record<RuleDomain, Role>>;
export type RuleDomain = 'pharmacy' | 'nursing' | 'medical' | 'finance';

const everyone: readonly Role[] = [...personRoles, ...systemRoles];
const carers: readonly Role[] = ['doctor', 'nurse', 'head-nurse', 'pharmacist'];
const workers: readonly Role[] = [...carers, 'operator', 'process-owner'];
const readers: readonly Role[] = [...workers, 'auditor', ...systemRoles];
const ruleOwners: readonly Role[] = Object.values(ruleDomainOwners);
const ruleEditors: readonly Role[] = [...ruleOwners, 'process-owner'];
const ruleReaders: readonly Role[] = [...carers, 'finance', 'auditor', 'operator', 'process-owner'];
const starters: readonly Role[] = ['doctor', 'nurse', 'head-nurse', 'operator', 'process-owner', ...systemRoles];

/** Operations, as `Type.field` of a root type, and who may call them. */
export const operationPolicy: Readonly<Record<string, readonly Role[]>> = {
  'Query.viewer': everyone,
  'Query.node': everyone,
  'Query.nodes': everyone,
  'Query.processDefinitions': everyone,
  'Query.processInstance': readers,
  'Query.processInstances': readers,
  'Query.tasks': [...workers, 'auditor'],
  'Query.task': [...workers, 'auditor'],
  'Query.incidents': [...workers, 'auditor'],
  'Query.auditTrail': ['auditor'],
  'Query.patients': [...carers, 'auditor', 'emr-desk'],
  'Query.patientByWristband': carers,
  'Query.alerts': [...carers, 'auditor'],
  'Query.wards': everyone,
  'Query.decision': [...carers, 'auditor'],
  'Query.explainDecision': [...carers, 'auditor'],
  'Query.ruleSets': ruleReaders,
  'Query.ruleSet': ruleReaders,
  'Query.ruleSetVersion': ruleReaders,
  'Query.ruleSetReview': ruleReaders,
  'Query.ruleSetDifference': ruleReaders,
  'Query.ruleSetFile': ruleReaders,
  'Query.ruleSuspensions': ruleReaders,
  'Query.casesLastJudgedBy': [...carers, 'auditor', 'operator'],
  'Query.evaluateRuleSet': [...ruleEditors, 'auditor'],
  'Query.backtest': [...ruleEditors, 'auditor'],
  'Query.backtests': [...ruleEditors, 'auditor'],
  'Query.ruleShadow': [...ruleEditors, 'auditor'],
  'Query.ruleShadows': [...ruleEditors, 'auditor'],
  'Query.ruleCase': [...ruleEditors, 'auditor'],
  'Query.ruleCases': [...ruleEditors, 'auditor'],
  'Query.contentRuleCases': [...ruleEditors, 'auditor'],
  'Query.runRuleCases': [...ruleEditors, 'auditor'],
  'Query.ruleStatistics': ruleReaders,
  'Query.migrationPlan': ['operator'],
  'Query.checkOrder': ['doctor', 'pharmacist', 'nurse', 'head-nurse', 'emr-desk', 'his'],
  'Mutation.startProcess': starters,
  'Mutation.publishMessage': ['doctor', 'operator', ...systemRoles],
  'Mutation.broadcastSignal': ['doctor', 'operator', ...systemRoles],
  'Mutation.evaluateConditions': ['doctor', 'operator', ...systemRoles],
  'Mutation.claimTask': workers,
  'Mutation.releaseTask': workers,
  'Mutation.delegateTask': workers,
  'Mutation.rejectTaskVerification': workers,
  'Mutation.activateAdHocActivity': workers,
  'Mutation.verifyTask': workers,
  'Mutation.completeTask': workers,
  'Mutation.resolveIncident': ['operator'],
  'Mutation.cancelProcessInstance': ['operator', 'doctor'],
  'Mutation.pauseProcessInstance': ['operator'],
  'Mutation.resumeProcessInstance': ['operator'],
  'Mutation.modifyProcessInstance': ['operator'],
  'Mutation.migrateProcessInstance': ['operator'],
  'Mutation.migrateProcessInstances': ['operator'],
  'Mutation.reopenProcessInstance': ['operator'],
  'Mutation.acknowledgeAlert': carers,
  'Mutation.saveRuleSetDraft': ruleEditors,
  'Mutation.checkRuleSetFile': ruleEditors,
  'Mutation.importRuleSet': ruleEditors,
  'Mutation.discardRuleSetDraft': ruleEditors,
  'Mutation.submitRuleSetForReview': ruleEditors,
  'Mutation.returnRuleSetReview': ruleEditors,
  'Mutation.rollBackRuleSet': ruleEditors,
  'Mutation.backtestRuleSet': ruleEditors,
  'Mutation.startRuleShadow': ruleEditors,
  'Mutation.stopRuleShadow': ruleEditors,
  'Mutation.saveRuleCase': ruleEditors,
  'Mutation.deleteRuleCase': ruleEditors,
  'Mutation.markContentRuleCases': ruleEditors,
  'Mutation.ruleCaseFromDecision': ruleEditors,
  'Mutation.approveRuleSet': ruleOwners,
  'Mutation.signRules': ruleOwners,
  'Mutation.suspendRule': ruleOwners,
  'Mutation.confirmSuspension': ruleOwners,
  'Mutation.liftSuspension': ruleOwners,
  'Mutation.recallRuleSetVersion': ruleOwners,
  'Mutation.checkProcessModel': ['process-owner', 'operator'],
  'Subscription.processInstanceChanged': readers,
  'Subscription.processInstancesChanged': readers,
  'Subscription.tasksChanged': [...workers, 'auditor'],
  'Query.signOnIdentities': ['system-administrator', 'security-administrator', 'auditor'],
  'Mutation.linkSignOnIdentity': ['system-administrator'],
  'Mutation.unlinkSignOnIdentity': ['system-administrator'],
};

/** Doors beside GraphQL, by path, and the systems that may use them. */
const doorPolicy: Readonly<Record<string, readonly Role[]>> = {
  '/cds-services': ['emr-desk', 'his'],
};

/**
 * How far a role sees things of a type. `all`: the hospital. `ward`: what belongs to a patient or place of
 * the own ward, and what the viewer started. `duty`: tasks for the own roles in the own ward. `started`:
 * what the viewer started. A role without a row sees none.
 */
export type Reach = 'all' | 'ward' | 'duty' | 'started';
export type SubjectType = 'ProcessInstance' | 'Task' | 'Patient' | 'Incident' | 'Alert' | 'Decision' | 'AuditEntry';

export const reachPolicy: Readonly<Record<SubjectType, Readonly<Partial<Record<Role, Reach>>>>> = {
  ProcessInstance: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all', operator: 'all', 'process-owner': 'all', his: 'all', 'emr-desk': 'all', lis: 'started' },
  Task: { doctor: 'ward', nurse: 'duty', 'head-nurse': 'ward', pharmacist: 'duty', auditor: 'all', operator: 'all', 'process-owner': 'duty' },
  Patient: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all', 'emr-desk': 'all' },
  Incident: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all', operator: 'all', 'process-owner': 'all' },
  Alert: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all' },
  Decision: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all' },
  AuditEntry: { doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward', pharmacist: 'all', auditor: 'all', operator: 'all', 'process-owner': 'all' },
};

/** Types that hold nothing of a patient or that only frame others; seen by whoever was given one. A `RuleCase` does not say whose facts it has. */
export const openTypes: readonly string[] = ['Viewer', 'ProcessDefinition', 'VariableDeclaration', 'LocalizedText', 'Ward', 'ActiveElement', 'CompletedElement', 'ActorInfo', 'Assignee', 'TaskForm', 'TaskVerification', 'PageInfo', 'Finding', 'CheckOrderResult', 'MigrationPlan', 'ElementMappingEntry', 'MigrationFinding', 'InstanceMigration', 'ConditionFailure', 'Allergy', 'EncounterInfo', 'ObservationValue',
  'CheckedProcess', 'ModelFinding', 'RuleSet', 'RuleSetRights', 'RuleSetUse', 'RuleSetVersion', 'RuleSetRule', 'RuleSetDraft', 'RuleSetFinding', 'RuleSetFileFinding', 'RuleSetFileDecision', 'RuleSetFile', 'RuleSetImport', 'RuleSetReview', 'RuleSetVerdict', 'RuleSetRecall', 'RuleSuspension', 'RuleSuspensionAct',
  'RuleSetDifference', 'EntryChange', 'FieldChange', 'RuleSetEvaluation', 'DecisionExplanation', 'RuleSentence',
  'RuleSetBacktest', 'BacktestResult', 'BacktestGroup', 'BacktestRule', 'BacktestMatrixCell', 'BacktestFailure', 'NotComparableReason', 'RuleCase', 'RuleCaseExpectation', 'RuleCaseRun', 'RuleCaseResult', 'RuleCaseDifference', 'ContentRuleCase', 'ContentRuleCaseResult', 'ContentCaseMark',
  'RuleCoverage', 'RuleStatistics', 'RuleStatistic', 'OverrideReason', 'RuleReviewCounts', 'ApprovalReason', 'RuleShadow', 'RuleShadowCounts',
  'SignOnIdentity'];

/**
 * Values that frames (connections, edges, payloads, errors, changes) hold themselves, by name; seen by whoever was given
 * the frame. `expected` and `scanned` go to who scanned; a `DecisionChange` does not say whose it is.
 */
export const frameFields: readonly string[] = ['cursor', 'totalCount', 'pending', 'accepted', 'delivered', 'started', 'receivers', 'code', 'message', 'place', 'detail', 'checkCode', 'expected', 'scanned', 'revision', 'failedCases', 'droppedSignatures', 'findingCount', 'picture',
  'taskId', 'decisionId', 'decidedAt', 'drug', 'failure', 'levelBefore', 'levelAfter', 'rulesBefore', 'rulesAfter', 'format'];

const patientDataReaders: readonly Role[] = [...carers, 'auditor'];

/** Fields that fewer roles see than their type; the others get null or an empty list. */
export const fieldPolicy: Readonly<Record<string, readonly Role[]>> = {
  'ProcessInstance.businessKey': [...patientDataReaders, 'operator', ...systemRoles],
  'ProcessInstance.variables': [...patientDataReaders, 'his', 'emr-desk'],
  'ProcessInstance.patient': [...patientDataReaders, 'emr-desk'],
  'ProcessInstance.decisions': patientDataReaders,
  'Task.patient': patientDataReaders,
  'Task.input': [...patientDataReaders, 'process-owner'],
  'Task.why': [...patientDataReaders, 'process-owner'],
  'AuditEntry.before': patientDataReaders,
  'AuditEntry.after': patientDataReaders,
  'AuditEntry.detail': patientDataReaders,
  'AuditEntry.patient': patientDataReaders,
  'Alert.patient': patientDataReaders,
};

/** Roles whose reads of patients go on record. All of them; a row less here would need a reason. */
export const recordedReaders: readonly Role[] = everyone;

/** True when one of `roles` may call the operation `Type.field`. Unknown operations are refused. */
export function mayCall(operation: string, roles: readonly string[]): boolean {
  return (operationPolicy[operation] ?? []).some((role) => roles.includes(role));
}

/** True when one of `roles` may use the door at `path`. */
export function mayUseDoor(path: string, roles: readonly string[]): boolean {
  return (doorPolicy[path] ?? []).some((role) => roles.includes(role));
}

/** True when one of `roles` sees the field `Type.field`. */
export function maySee(field: string, roles: readonly string[]): boolean {
  const allowed = fieldPolicy[field];
  return allowed === undefined || allowed.some((role) => roles.includes(role));
}

const width: readonly Reach[] = ['started', 'duty', 'ward', 'all'];

/** The widest reach that one of `roles` gives; undefined when none does. */
export function reachOf(type: SubjectType, roles: readonly string[]): Reach | undefined {
  const granted = Object.entries(reachPolicy[type]).filter(([role]) => roles.includes(role)).map(([, reach]) => reach);
  return granted.sort((a, b) => width.indexOf(b) - width.indexOf(a))[0];
}
