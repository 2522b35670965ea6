import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from '#database';
import type { Variables } from '#engine';
import { createAccessRecorder, type OpenAccesses } from '../graphql/access-record.ts';
import type { DoorFact } from '../graphql/door-fact.ts';
import { languageOf } from '../graphql/language.ts';
import { createLoaders } from '../graphql/loaders.ts';
import { createProcessBundles } from '../graphql/process-bundles.ts';
import { answerJson, readBody } from '../http/answer.ts';
import { csrfHeader, type RequestViewers } from '../http/request-viewer.ts';
import { createAccess } from '../identity/access.ts';
import { mayCall } from '../identity/policy.ts';
import { createRights } from '../identity/rights.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Limits } from '../limits/index.ts';
import { searchBundle } from './bundle.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { FhirContext } from './context.ts';
import { fhirJson, isStrict, requireJson } from './format.ts';
import type { ResourceDoor } from './kind.ts';
import { allergyIntoleranceDoor } from './kinds/allergy-intolerance.ts';
import { auditEventDoor } from './kinds/audit-event.ts';
import { encounterDoor } from './kinds/encounter.ts';
import { locationDoor } from './kinds/location.ts';
import { observationDoor } from './kinds/observation.ts';
import { patientDoor } from './kinds/patient.ts';
import { taskDoor } from './kinds/task.ts';
import { FhirRefusal, outcomeOf } from './refusal.ts';
import { createFieldRights } from './rights.ts';
import { routeOf, type Route } from './route.ts';
import { readParameters } from './search/read-parameters.ts';
import { readSearch, type Search } from './search/read-search.ts';
import { createSealedValues } from './search/sealed-values.ts';

/** Every type of resource that is kept here. */
export const resourceDoors: readonly ResourceDoor[] = [patientDoor, encounterDoor, allergyIntoleranceDoor, observationDoor, taskDoor, auditEventDoor, locationDoor];

/** A search is some dozens of parameters. */
const maximumFormBytes = 64 * 1024;
/** What one resource counts, by its elements, as fields count in GraphQL. */
const pointsOfResource = 20;

export interface FhirDoorOptions {
  readonly database: Database;
  readonly requestViewers: RequestViewers;
  readonly limits: Limits;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  readonly openAccessesOf: OpenAccesses;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly baseUrl: string;
  readonly logger: Pick<Logger, 'error'>;
}

/** FHIR R4 (4.0.1) under `/fhir`: read and search, by the policy table, on record; refusals are OperationOutcomes. */
export function createFhirDoor({ database, requestViewers, limits, recordFact, openAccessesOf, masterKey, baseUrl, logger }: FhirDoorOptions) {
  const base = `${baseUrl}/fhir`;
  const types = resourceDoors.map(({ type }) => type as string);
  const sealed = createSealedValues(masterKey);
  const rightsOf = createRights(database);
  const bundles = createProcessBundles(database);
  const readsOf = createAccessRecorder(recordFact, openAccessesOf);
  const capabilities = capabilityStatement(resourceDoors, base);

  /** Who asks, with a request counted; a session has to bring what links and forms of other sites cannot. */
  async function viewerOf(request: IncomingMessage, response: ServerResponse): Promise<Viewer> {
    const found = await requestViewers(request);
    if ('refusal' in found) throw new FhirRefusal(found.refusal.status, found.refusal.status === 401 ? 'login' : 'forbidden', found.refusal.message, { headers: found.refusal.headers });
    if (found.by === 'session' && request.headers[csrfHeader] === undefined) throw new FhirRefusal(403, 'forbidden', `Expected the header ${csrfHeader} with a request of a session`);
    spent(await limits.countRequest(found.viewer), response);
    return found.viewer;
  }

  async function contextOf(viewer: Viewer, request: IncomingMessage): Promise<FhirContext> {
    const { related, visibility, visibilityBy } = await rightsOf(viewer);
    const loaders = createLoaders(database);
    return {
      database, viewer, visibility, visibilityBy, loaders, bundles, base,
      access: createAccess(viewer, related, loaders.labels),
      rights: createFieldRights(viewer, related),
      reads: readsOf(viewer),
      language: languageOf(request.headers['accept-language']),
    };
  }

  /** Puts on record what was read or refused, before anything leaves. */
  async function record({ reads, access }: FhirContext): Promise<void> {
    try {
      await reads.flush(access);
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'the record could not be written; the answer is withheld');
      throw new FhirRefusal(503, 'transient', 'Expected the access to be recorded, but the record cannot be written now');
    }
  }

  async function requireOperation(operation: string, context: FhirContext): Promise<void> {
    if (mayCall(operation, context.viewer.roles)) return;
    context.reads.refuse(operation);
    await record(context);
    throw new FhirRefusal(403, 'forbidden', 'Expected a role that may do this by the access policy, but you have none');
  }

  async function answerRead(door: ResourceDoor, id: string, context: FhirContext): Promise<object> {
    await requireOperation('Query.node', context);
    const resource = await door.read(id, context);
    await record(context);
    // The same for what is not there and for what the viewer may not see.
    if (resource === undefined) throw new FhirRefusal(404, 'not-found', `Expected a ${door.type} of this id, but there is none`);
    return resource;
  }

  async function answerSearch(door: ResourceDoor, text: string, request: IncomingMessage, response: ServerResponse, context: FhirContext): Promise<object> {
    await requireOperation(door.searchOperation, context);
    const of = { viewerId: context.viewer.id, type: door.type };
    const search = await readSearch(door, sealed, { text, isStrict: isStrict(headerOf(request, 'prefer')), base, of });
    spent(await limits.spend(context.viewer, pointsOfResource * Math.max(1, search.asked.take)), response);
    if (door === auditEventDoor) context.reads.search(searchOnRecord(search));
    const found = await door.search(search.asked, context);
    await record(context);
    return searchBundle(door, search, found, { sealed, of, base });
  }

  async function answer(route: Route, request: IncomingMessage, response: ServerResponse, url: URL): Promise<object> {
    const query = url.search.slice(1);
    if (route.kind === 'metadata') {
      requireFormat(request, query);
      return capabilities;
    }
    const viewer = await viewerOf(request, response);
    const text = route.kind === 'search' && route.isForm ? [query, await readForm(request)].filter((part) => part !== '').join('&') : query;
    requireFormat(request, text);
    const door = resourceDoors.find(({ type }) => type === route.type);
    if (!door) throw new FhirRefusal(404, 'not-supported', 'Expected a type of resource that is kept here, but it is none');
    const context = await contextOf(viewer, request);
    return route.kind === 'read' ? answerRead(door, route.id, context) : answerSearch(door, text, request, response, context);
  }

  return async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      answerFhir(response, 200, await answer(routeOf(request.method ?? '', url.pathname, types), request, response, url));
    } catch (error) {
      if (error instanceof FhirRefusal) return answerFhir(response, error.status, outcomeOf(error), error.headers);
      logger.error({ error: error instanceof Error ? error.name : 'unknown', door: 'fhir' }, 'a request failed unexpectedly');
      answerFhir(response, 500, outcomeOf({ issue: 'exception', message: 'Expected the request to work, but it failed', parameter: undefined }));
    }
  };
}

function answerFhir(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  answerJson(response, status, body, { ...headers, 'content-type': `${fhirJson}; charset=utf-8` });
}

/** Tells what is left of this minute; refuses with 429 when nothing is. */
function spent({ isAllowed, resetSeconds, headers }: Awaited<ReturnType<Limits['spend']>>, response: ServerResponse): void {
  if (!isAllowed) throw new FhirRefusal(429, 'throttled', `Expected fewer or smaller requests, but there were too many: ask again in ${resetSeconds} s`, { headers });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function requireFormat(request: IncomingMessage, text: string): void {
  requireJson(request.headers.accept, readParameters(text).find(({ name }) => name === '_format')?.text);
}

async function readForm(request: IncomingMessage): Promise<string> {
  if (!/^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(request.headers['content-type'] ?? '')) throw new FhirRefusal(415, 'not-supported', 'Expected content-type application/x-www-form-urlencoded');
  const text = await readBody(request, maximumFormBytes);
  if (text === undefined) throw new FhirRefusal(413, 'too-long', `Expected a form of at most ${maximumFormBytes} bytes`, { headers: { connection: 'close' } });
  return text;
}

/** What the record says of a search of the record. */
function searchOnRecord({ used }: Search): Variables {
  return { fhir: 'AuditEvent', parameters: used.map(({ name, value }) => `${name}=${value}`) };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
