/**
 * Who may do and see what: the one table from which enforcement follows. Roles and operations stand here; who sees rows
 * of a type, their sensitive fields, and what labels narrow stands in `policy/`, by role and relation. The schema takes it
 * field by field (`graphql/policy-plugin.ts`), lists and `node` as filters (`visibility.ts`), docs/access-policy.md
 * as text; what the table does not grant is refused. A test walks the schema and finds each operation, type and field here.
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
  'Query.auditTrail': ['auditor', 'privacy-officer'],
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
  'Query.accessPolicy': ['auditor', 'privacy-officer', 'security-administrator', 'process-owner'],
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
  'Query.findPatient': [...carers, 'privacy-officer'],
  'Query.emergencyAccessMinutes': carers,
  'Query.myEmergencyAccesses': carers,
  'Query.emergencyAccesses': ['privacy-officer', 'auditor'],
  'Query.patientIdentity': ['privacy-officer', 'auditor'],
  'Query.careTeam': [...carers, 'privacy-officer', 'auditor'],
  'Query.sensitivityLabels': [...carers, 'privacy-officer', 'auditor'],
  'Query.patientAccessLog': ['privacy-officer', 'auditor', 'head-nurse'],
  'Query.findCarers': ['doctor', 'head-nurse'],
  'Mutation.takeEmergencyAccess': carers,
  'Mutation.endEmergencyAccess': carers,
  'Mutation.reviewEmergencyAccess': ['privacy-officer'],
  'Mutation.addCareTeamMember': ['doctor', 'head-nurse'],
  'Mutation.endCareTeamMembership': carers,
  'Mutation.labelPatient': ['doctor', 'privacy-officer'],
  'Mutation.removeLabel': ['doctor', 'privacy-officer'],
  'Subscription.patientAccessChanged': [...carers, 'privacy-officer', 'auditor'],
  // People and their roles.
  'Query.people': ['system-administrator', 'security-administrator', 'auditor'],
  'Query.person': ['system-administrator', 'security-administrator', 'auditor'],
  'Query.ownRoles': personRoles,
  'Query.colleaguesForRole': [...workers, 'finance', 'security-administrator'],
  'Mutation.createPerson': ['system-administrator'],
  'Mutation.renamePerson': ['system-administrator'],
  'Mutation.disablePerson': ['system-administrator'],
  'Mutation.enablePerson': ['system-administrator'],
  'Mutation.renewFirstPasswordLink': ['system-administrator'],
  'Mutation.grantRole': ['security-administrator'],
  'Mutation.confirmRole': ['system-administrator', 'security-administrator'],
  'Mutation.rejectRole': ['system-administrator', 'security-administrator'],
  'Mutation.endRole': ['security-administrator'],
  'Mutation.recordQualification': ['security-administrator'],
  'Mutation.revokeQualification': ['security-administrator'],
  'Mutation.delegateRole': [...workers, 'finance'],
  'Mutation.endDelegation': [...workers, 'finance'],
  'Mutation.enterAbsence': [...workers, 'finance', 'security-administrator'],
  'Mutation.endAbsence': [...workers, 'finance', 'security-administrator'],
  // Sessions, recovery and locks of sign-in.
  'Query.personSessions': ['security-administrator', 'system-administrator'],
  'Query.recoveryCases': ['security-administrator', 'system-administrator', 'auditor'],
  'Query.signInSecurity': ['security-administrator'],
  'Mutation.endSession': personRoles,
  'Mutation.endAllSessions': personRoles,
  'Mutation.acknowledgeAccountNotices': personRoles,
  'Mutation.openRecovery': ['system-administrator'],
  'Mutation.confirmRecovery': ['security-administrator'],
  'Mutation.withdrawRecovery': ['security-administrator', 'system-administrator'],
  'Mutation.unlockAccount': ['security-administrator'],
  'Query.systemClients': ['security-administrator'],
  'Query.systemClient': ['security-administrator'],
  'Mutation.createSystemClient': ['security-administrator'],
  'Mutation.addClientCredential': ['security-administrator'],
  'Mutation.revokeClientCredential': ['security-administrator'],
  'Mutation.revokeSystemClient': ['security-administrator'],
  'Mutation.setSystemClientLimit': ['security-administrator'],
  'Query.signOnIdentities': ['system-administrator', 'security-administrator', 'auditor'],
  'Mutation.linkSignOnIdentity': ['system-administrator'],
  'Mutation.unlinkSignOnIdentity': ['system-administrator'],
  // Wards, and licences that end.
  'Query.wardStandings': ['system-administrator', 'security-administrator', 'auditor'],
  'Mutation.createWard': ['system-administrator'],
  'Mutation.renameWard': ['system-administrator'],
  'Mutation.closeWard': ['system-administrator'],
  'Mutation.reopenWard': ['system-administrator'],
  'Query.endingLicences': ['security-administrator', 'auditor'],
};

/** What also a person without a role in force may ask: who they are. */
const withoutRole: readonly string[] = ['Query.viewer', 'Query.ownRoles'];

/** Doors beside GraphQL, by path, and the systems that may use them. */
const doorPolicy: Readonly<Record<string, readonly Role[]>> = {
  '/cds-services': ['emr-desk', 'his'],
};

/** Types that hold nothing of a patient or that only frame others; seen by whoever was given one. A `RuleCase` does not say whose facts it has. */
export const openTypes: readonly string[] = ['Viewer', 'ProcessDefinition', 'VariableDeclaration', 'LocalizedText', 'Ward', 'ActiveElement', 'CompletedElement', 'ActorInfo', 'Assignee', 'TaskForm', 'TaskVerification', 'PageInfo', 'Finding', 'CheckOrderResult', 'MigrationPlan', 'ElementMappingEntry', 'MigrationFinding', 'InstanceMigration', 'ConditionFailure',
  'CheckedProcess', 'ModelFinding', 'RuleSet', 'RuleSetRights', 'RuleSetUse', 'RuleSetVersion', 'RuleSetRule', 'RuleSetDraft', 'RuleSetFinding', 'RuleSetFileFinding', 'RuleSetFileDecision', 'RuleSetFile', 'RuleSetImport', 'RuleSetReview', 'RuleSetVerdict', 'RuleSetRecall', 'RuleSuspension', 'RuleSuspensionAct',
  'RuleSetDifference', 'EntryChange', 'FieldChange', 'RuleSetEvaluation', 'DecisionExplanation', 'RuleSentence',
  'RuleSetBacktest', 'BacktestResult', 'BacktestGroup', 'BacktestRule', 'BacktestMatrixCell', 'BacktestFailure', 'NotComparableReason', 'RuleCase', 'RuleCaseExpectation', 'RuleCaseRun', 'RuleCaseResult', 'RuleCaseDifference', 'ContentRuleCase', 'ContentRuleCaseResult', 'ContentCaseMark',
  'RuleCoverage', 'RuleStatistics', 'RuleStatistic', 'OverrideReason', 'RuleReviewCounts', 'ApprovalReason', 'RuleShadow', 'RuleShadowCounts',
  'PatientIdentity', 'FoundPatients', 'EmergencyAccess', 'EmergencyAccessReview', 'AccessLogEntry', 'CareTeamMember', 'SensitivityLabel', 'Carer',
  'Person', 'RoleAssignment', 'RoleProposal', 'Qualification', 'Absence', 'OwnRoles', 'ViewerRole',
  'AccessPolicy', 'PolicyRole', 'PolicyRelation', 'PolicyCell', 'PolicyField', 'PolicyType', 'PolicyLabel', 'PolicyOperation',
  'PersonSession', 'SessionClock', 'AccountNotice', 'RecoveryCase', 'SignInSecurity', 'LockedAccount', 'RefusedSignIns',
  'SystemClient', 'ClientCredential',
  'SignOnIdentity',
  'WardStanding', 'EndingLicence', 'EndingLicences'];

/**
 * Values that frames (connections, edges, payloads, errors, changes) hold themselves, by name; seen by whoever was given
 * the frame. `expected` and `scanned` go to who scanned; a `DecisionChange` does not say whose it is.
 */
export const frameFields: readonly string[] = [
  'cursor', 'totalCount', 'pending', 'accepted', 'delivered', 'started', 'receivers', 'code', 'message', 'place', 'detail', 'checkCode', 'expected', 'scanned',
  'revision', 'failedCases', 'droppedSignatures', 'findingCount', 'picture', 'taskId', 'decisionId', 'decidedAt', 'drug', 'failure', 'levelBefore', 'levelAfter', 'rulesBefore', 'rulesAfter',
  'format', 'wasOpen', 'firstPasswordPath', 'ended', 'acknowledged', 'recoveryCode', 'recoveryPath', 'linkExpiresAt', 'unlocked', 'credentialId', 'secret', 'isRepeat',
];

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
  return (roles.length === 0 && withoutRole.includes(operation)) || (operationPolicy[operation] ?? []).some((role) => roles.includes(role));
}

/** True when one of `roles` may use the door at `path`. */
export function mayUseDoor(path: string, roles: readonly string[]): boolean {
  return (doorPolicy[path] ?? []).some((role) => roles.includes(role));
}
