/** What is read of a decision that changes, wherever it is listed. */
export const changeFields = 'decisionId decidedAt levelBefore levelAfter rulesBefore rulesAfter failure patient { patientId name } decision { id }';
