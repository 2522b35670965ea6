/** FHIR R4 at `/fhir`: reading and searching, through the same rights as GraphQL. */
export { createFhirDoor } from './door.ts';
