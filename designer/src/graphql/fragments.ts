/** Selections shared by the documents. Plain text, since each document is sent as it stands. */

/** A text in both languages. */
export const localized = '{ zhCN en }';

export const patientFields = `
  id patientId name gender birthDate age isSynthetic allergyStatus weightKg maskedFields
  allergies { substance reactionClass }
  encounter { id bed wristband ward wardName ${localized} }
`;

/** A finding of a file of rule sets. */
export const fileFindingFields = `code severity elementId elementName place ruleId row column text message ${localized}`;

export const verificationField = 'verification { performedAt until performedBy { id displayName } }';

export const taskFields = `
  id taskId elementId name ${localized} status candidateRoles unit dueAt priority presentation why ${localized} input
  createdAt endedAt followUpAt canClaim canComplete maskedFields
  assignee { id displayName }
  owner { id displayName }
  ${verificationField}
  patient { ${patientFields} }
  processInstance { id processInstanceId processKey definition { id name ${localized} } }
`;

export const incidentFields = `
  id incidentId elementId elementName ${localized} kind code message allowed raisedAt resolvedAt
  processInstance { id processInstanceId businessKey processKey definition { id name ${localized} } }
`;

export const auditEntryFields = `
  id sequence recordedAt occurredAt lateEntry action processInstanceId taskId elementId elementName ${localized} reason
  ruleSet ruleSetVersion decisionId before after detail leafIndex sentence ${localized}
  actor { id kind displayName roles }
`;

export const instanceRowFields = `
  id processInstanceId processKey businessKey status errorCode startedAt endedAt maskedFields
  completedElements { elementId times }
  activeElements { elementId elementInstanceId since }
  definition { id key version name ${localized} hash }
  incidents { ${incidentFields} }
  patient { ${patientFields} }
`;

/** A case that calls, or is called by, another one. */
export const relatedInstanceFields = `id processInstanceId businessKey status definition { id name ${localized} }`;

export const pageFields = 'pageInfo { hasNextPage endCursor }';

/** Every expected error of a mutation. */
export const errorFields = '... on Error { code message place }';
