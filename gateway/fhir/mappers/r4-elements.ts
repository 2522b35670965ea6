/**
 * Elements that FHIR R4 (4.0.1) defines, by the paths of its resources and data types: a check of what mappers send. Of resources that are
 * sent here, in full at their first level and where deeper parts are sent.
 */
const domainResource = ['resourceType', 'id', 'meta', 'implicitRules', 'language', 'text', 'contained', 'extension', 'modifierExtension'];
const dataTypes: Readonly<Record<string, readonly string[]>> = {
  Meta: ['versionId', 'lastUpdated', 'source', 'profile', 'security:Coding', 'tag:Coding'],
  Coding: ['system', 'version', 'code', 'display', 'userSelected'],
  CodeableConcept: ['coding:Coding', 'text'],
  Identifier: ['use', 'type:CodeableConcept', 'system', 'value', 'period:Period', 'assigner:Reference'],
  Reference: ['reference', 'type', 'identifier:Identifier', 'display', 'extension:Extension'],
  Extension: ['url', 'valueCode'],
  Element: ['extension:Extension'],
  Period: ['start', 'end'],
  Quantity: ['value', 'comparator', 'unit', 'system', 'code'],
  HumanName: ['use', 'text', 'family', 'given', 'prefix', 'suffix', 'period:Period', 'extension:Extension'],
  'Encounter.location': ['location:Reference', 'status', 'physicalType:CodeableConcept', 'period:Period'],
  'AllergyIntolerance.reaction': ['substance:CodeableConcept', 'manifestation:CodeableConcept', 'description', 'onset', 'severity', 'exposureRoute:CodeableConcept', 'note'],
  'Task.restriction': ['repetitions', 'period:Period', 'recipient:Reference'],
  'AuditEvent.agent': ['type:CodeableConcept', 'role:CodeableConcept', 'who:Reference', 'altId', 'name', 'requestor', 'location:Reference', 'policy', 'media:Coding', 'network', 'purposeOfUse:CodeableConcept'],
  'AuditEvent.source': ['site', 'observer:Reference', 'type:Coding'],
  'AuditEvent.entity': ['what:Reference', 'type:Coding', 'role:Coding', 'lifecycle:Coding', 'securityLabel:Coding', 'name', 'description', 'query', 'detail'],
};
const resources: Readonly<Record<string, readonly string[]>> = {
  Patient: ['identifier:Identifier', 'active', 'name:HumanName', 'telecom', 'gender', 'birthDate', '_birthDate:Element', 'deceasedBoolean', 'deceasedDateTime', 'address', 'maritalStatus:CodeableConcept', 'multipleBirthBoolean', 'multipleBirthInteger', 'photo', 'contact', 'communication', 'generalPractitioner:Reference', 'managingOrganization:Reference', 'link'],
  Encounter: ['identifier:Identifier', 'status', 'statusHistory', 'class:Coding', 'classHistory', 'type:CodeableConcept', 'serviceType:CodeableConcept', 'priority:CodeableConcept', 'subject:Reference', 'episodeOfCare:Reference', 'basedOn:Reference', 'participant', 'appointment:Reference', 'period:Period', 'length', 'reasonCode:CodeableConcept', 'reasonReference:Reference', 'diagnosis', 'account:Reference', 'hospitalization', 'location:Encounter.location', 'serviceProvider:Reference', 'partOf:Reference'],
  AllergyIntolerance: ['identifier:Identifier', 'clinicalStatus:CodeableConcept', 'verificationStatus:CodeableConcept', 'type', 'category', 'criticality', 'code:CodeableConcept', 'patient:Reference', 'encounter:Reference', 'onsetDateTime', 'recordedDate', 'recorder:Reference', 'asserter:Reference', 'lastOccurrence', 'note', 'reaction:AllergyIntolerance.reaction'],
  Observation: ['identifier:Identifier', 'basedOn:Reference', 'partOf:Reference', 'status', 'category:CodeableConcept', 'code:CodeableConcept', 'subject:Reference', 'focus:Reference', 'encounter:Reference', 'effectiveDateTime', 'effectivePeriod:Period', 'issued', 'performer:Reference', 'valueQuantity:Quantity', 'valueCodeableConcept:CodeableConcept', 'valueString', 'dataAbsentReason:CodeableConcept', 'interpretation:CodeableConcept', 'note', 'bodySite:CodeableConcept', 'method:CodeableConcept', 'specimen:Reference', 'device:Reference', 'referenceRange', 'hasMember:Reference', 'derivedFrom:Reference', 'component'],
  Task: ['identifier:Identifier', 'instantiatesCanonical', 'instantiatesUri', 'basedOn:Reference', 'groupIdentifier:Identifier', 'partOf:Reference', 'status', 'statusReason:CodeableConcept', 'businessStatus:CodeableConcept', 'intent', 'priority', 'code:CodeableConcept', 'description', 'focus:Reference', 'for:Reference', 'encounter:Reference', 'executionPeriod:Period', 'authoredOn', 'lastModified', 'requester:Reference', 'performerType:CodeableConcept', 'owner:Reference', 'location:Reference', 'reasonCode:CodeableConcept', 'reasonReference:Reference', 'insurance:Reference', 'note', 'relevantHistory:Reference', 'restriction:Task.restriction', 'input', 'output'],
  AuditEvent: ['type:Coding', 'subtype:Coding', 'action', 'period:Period', 'recorded', 'outcome', 'outcomeDesc', 'purposeOfEvent:CodeableConcept', 'agent:AuditEvent.agent', 'source:AuditEvent.source', 'entity:AuditEvent.entity'],
  Location: ['identifier:Identifier', 'status', 'operationalStatus:Coding', 'name', 'alias', 'description', 'mode', 'type:CodeableConcept', 'telecom', 'address', 'physicalType:CodeableConcept', 'position', 'managingOrganization:Reference', 'partOf:Reference', 'hoursOfOperation', 'availabilityExceptions', 'endpoint:Reference'],
};

/** Paths of what a resource has that R4 does not define there. */
export function unknownElements(resource: { readonly resourceType: string }): readonly string[] {
  return strangers(resource, resource.resourceType, [...domainResource.map((name) => (name === 'meta' ? 'meta:Meta' : name)), ...(resources[resource.resourceType] ?? [])]);
}

function strangers(value: object, path: string, elements: readonly string[]): readonly string[] {
  const types = new Map(elements.map((element) => [element.split(':')[0] ?? '', element.split(':')[1]]));
  return Object.entries(value).flatMap(([name, held]) => {
    const at = `${path}.${name}`;
    if (!types.has(name)) return [at];
    const type = types.get(name);
    return ([held].flat() as readonly unknown[]).flatMap((each) => {
      if (typeof each !== 'object' || each === null) return type === undefined ? [] : [`${at} is no ${type}`];
      return type === undefined ? [`${at} has parts`] : strangers(each, at, dataTypes[type] ?? []);
    });
  });
}
