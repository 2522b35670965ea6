const patient = 'patient { id patientId name gender birthDate age allergyStatus weightKg isSynthetic allergies { substance reactionClass } encounter { bed wristband ward } }';

/** What a ward's page asks: fifty tasks and fifty cases, each with its patient. */
export const listQuery = `query WardLists {
  tasks(first: 50) { edges { node { id taskId elementId name { zhCN en } status priority dueAt createdAt candidateRoles unit input ${patient} processInstance { id processKey } } } }
  processInstances(first: 50) { edges { node { id processInstanceId processKey businessKey status startedAt ${patient} } } }
}`;
