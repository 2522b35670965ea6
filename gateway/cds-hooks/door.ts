import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { languageOf } from '../graphql/language.ts';
import { answerJson, headersOf, readBody } from '../http/answer.ts';
import { clientAddressOf } from '../http/client-address.ts';
import { certificateOf } from '../identity/clients/index.ts';
import { mayUseDoor } from '../identity/policy.ts';
import { actorOf } from '../identity/viewer.ts';
import type { Viewers } from '../identity/viewers.ts';
import type { Limits } from '../limits/index.ts';
import { isDeeperThan, unstorable } from '../unstorable-text.ts';
import { answerHook, type HookDependencies } from './answer-hook.ts';
import { feedbackSchema, keepFeedback } from './feedback.ts';
import { hookRequestSchema, maximumOrders } from './hook-request.ts';
import { PatientMismatchError, TooManyOrdersError } from './order-contexts.ts';
import { cdsServices } from './services.ts';

const maximumRequestBytes = 4 * 1024 * 1024;
/** More than any FHIR resource in a bundle in a prefetch has. */
const maximumLevels = 64;

/** Discovery, services and feedback under `/cds-services`, CDS Hooks 2.0. A body that is not JSON, or not of its shape, is refused with its place. */
export function createCdsHooksDoor(dependencies: HookDependencies & { readonly viewers: Viewers; readonly limits: Limits }) {
  const { database, recordFact, viewers, limits } = dependencies;

  return async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, , id, action, ...rest] = url.pathname.split('/');
    const isFeedback = action === 'feedback';
    if (rest.length > 0 || (action !== undefined && !isFeedback)) return notFound(response);
    if (id === undefined || id === '') {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected GET' }, { allow: 'GET, HEAD' });
      return answerJson(response, 200, { services: cdsServices });
    }
    const service = cdsServices.find((each) => each.id === id);
    if (!service) return notFound(response);
    if (request.method !== 'POST') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected POST' }, { allow: 'POST' });
    if (!/^application\/json(?:\s*;|$)/i.test(request.headers['content-type'] ?? '')) return answerJson(response, 415, { code: 'CONTENT_TYPE_NOT_SUPPORTED', message: 'Expected content-type application/json' });

    const found = await viewers.authenticate(headersOf(request), certificateOf(request.socket)?.thumbprint);
    // Systems only: a page of another site cannot bring a bearer token, but could bring a browser's cookie.
    if (found.kind !== 'viewer' || found.by !== 'token') {
      const minute = Math.floor(Date.now() / 60_000);
      const address = clientAddressOf(request);
      await recordFact({ factId: `access.refused/${address}/cds-services/${minute}`, action: 'access.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason: 'UNAUTHENTICATED', detail: { address } });
      return answerJson(response, 401, { code: 'UNAUTHENTICATED', message: 'Expected the bearer token of a system, but got none that is valid' }, { 'www-authenticate': `Bearer realm="careloop"${found.kind === 'invalid' ? ', error="invalid_token"' : ''}` });
    }
    const { viewer } = found;
    if (!mayUseDoor('/cds-services', viewer.roles)) {
      await recordFact({ factId: `access.refused/${viewer.id}/cds-services/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: actorOf(viewer), reason: 'FORBIDDEN /cds-services' });
      return answerJson(response, 403, { code: 'FORBIDDEN', message: 'Expected a client that may ask the rules, but this one may not' });
    }

    const verdict = await limits.countHook(viewer);
    if (!verdict.isAllowed) return answerJson(response, 429, { code: 'RATE_LIMITED', message: `Expected fewer requests, but there were too many: ask again in ${verdict.resetSeconds} s` }, verdict.headers);
    for (const [name, value] of Object.entries(verdict.headers)) response.setHeader(name, value);
    const text = await readBody(request, maximumRequestBytes);
    if (text === undefined) return answerJson(response, 413, { code: 'BODY_TOO_LARGE', message: `Expected a body of at most ${maximumRequestBytes} bytes` }, { connection: 'close' });
    const body = readJson(text);
    if (isDeeperThan(body, maximumLevels)) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: `Expected a body of at most ${maximumLevels} levels, but it is deeper`, place: '' });
    const place = unstorable(body);
    if (place !== undefined) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: 'Expected text without the character NUL and halves of characters, but found one', place: place.slice(0, 256) });
    if (isFeedback) {
      const feedback = feedbackSchema.safeParse(body);
      if (!feedback.success) return invalid(response, feedback.error);
      const unknown = await keepFeedback(database, recordFact, service.id, feedback.data, viewer);
      if (unknown.length > 0) return answerJson(response, 400, { code: 'CARD_NOT_FOUND', message: 'Expected cards of this service that were given to this client, but some are not; nothing was kept', cards: unknown });
      return answerJson(response, 200, {});
    }

    const asked = hookRequestSchema.safeParse(body);
    if (!asked.success) return invalid(response, asked.error);
    if (asked.data.hook !== service.hook) return answerJson(response, 400, { code: 'HOOK_MISMATCH', message: `Expected the hook ${service.hook} at ${service.id}, but got another`, place: 'hook' });
    try {
      answerJson(response, 200, { cards: await answerHook(dependencies, service, asked.data, viewer, languageOf(request.headers['accept-language'])) });
    } catch (error) {
      if (error instanceof TooManyOrdersError) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: `Expected at most ${maximumOrders} medication orders to judge, but there are more`, place: service.hook === 'patient-view' ? 'prefetch' : 'context.draftOrders.entry' });
      if (!(error instanceof PatientMismatchError)) throw error;
      answerJson(response, 412, { code: 'PATIENT_MISMATCH', message: error.message, place: 'prefetch' });
    }
  };
}

function notFound(response: ServerResponse): void {
  answerJson(response, 404, { code: 'NOT_FOUND', message: 'Expected a service that GET /cds-services lists, but there is none of this name' });
}

function invalid(response: ServerResponse, error: z.ZodError): void {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  answerJson(response, 400, { code: 'REQUEST_INVALID', message: `Expected a request of CDS Hooks 2.0, but ${place === '' ? 'the body' : place} is not of its shape`, place });
}

/** Undefined for what is not JSON: the schema refuses it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
