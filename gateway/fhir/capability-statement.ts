import { fhirJson } from './format.ts';
import type { ResourceDoor } from './kind.ts';
import { maximumCount } from './search/read-search.ts';

/** Of the statement, not of the installation. */
const date = '2026-11-23';

/** What this server does, R4 §2.2. Anybody may read it: it is the same in every hospital, and a client needs it before it has a token. */
export function capabilityStatement(doors: readonly ResourceDoor[], base: string): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Careloop' },
    implementation: { description: 'What Careloop keeps of patients, tasks and the record, to read and to search', url: base },
    fhirVersion: '4.0.1',
    format: [fhirJson],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth', display: 'OAuth' }] }],
          description: `Systems bring a bearer token of /oauth/token, people the session of the web app. Rows and fields follow the hospital's access policy; hidden values are data-absent-reason "masked", and a search that passes over hidden rows says so with an OperationOutcome of code "suppressed".`,
        },
        resource: doors.map(({ type, parameters }) => ({
          type,
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          versioning: 'no-version',
          readHistory: false,
          searchParam: Object.entries(parameters).map(([name, { type: kind, modifiers }]) => ({ name, type: kind, ...(modifiers ? { documentation: `Also ${modifiers.map((modifier) => `${name}:${modifier}`).join(', ')}.` } : {}) })),
        })),
        searchParam: [
          { name: '_count', type: 'number', documentation: `At most ${maximumCount}; 0 tells only how many there are.` },
          { name: '_total', type: 'token', documentation: 'none or accurate; estimate is accurate.' },
        ],
      },
    ],
  };
}
