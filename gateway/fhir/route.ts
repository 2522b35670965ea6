import { FhirRefusal } from './refusal.ts';

/** What a request asks of the door. */
export type Route = { readonly kind: 'metadata' } | { readonly kind: 'read'; readonly type: string; readonly id: string } | { readonly kind: 'search'; readonly type: string; readonly isForm: boolean };

/**
 * Reads method and path, R4 §3.1.0. Refuses with 404 what is not here, types that are not kept among it, and with 405 methods that write: of
 * what is kept nothing is written by FHIR.
 */
export function routeOf(method: string, pathname: string, types: readonly string[]): Route {
  const [, , type = '', id, more, ...rest] = pathname.replace(/\/$/, '').split('/');
  const isReading = method === 'GET' || method === 'HEAD';
  if (type === '' && id === undefined) {
    if (!isReading) throw notAllowed('', 'Expected one resource to read or a type to search, but transactions and batches are not supported');
    throw notHere('Expected /fhir/metadata, or a type of resource, but there is neither');
  }
  if (type === 'metadata' && id === undefined) {
    if (!isReading) throw notAllowed('GET, HEAD', 'Expected GET at /fhir/metadata');
    return { kind: 'metadata' };
  }
  if (!types.includes(type)) throw notHere('Expected one of the types of resources that GET /fhir/metadata lists, but it is none', 'not-supported');
  if (more !== undefined || rest.length > 0 || (id !== undefined && /^[_$]/.test(id) && id !== '_search')) throw notHere('Expected to read or to search, but this interaction is not supported', 'not-supported');
  if (id === '_search') {
    if (method !== 'POST') throw notAllowed('POST', 'Expected POST at _search');
    return { kind: 'search', type, isForm: true };
  }
  if (!isReading) throw notAllowed('GET, HEAD', 'Expected GET: resources are read and searched here, not written');
  return id === undefined ? { kind: 'search', type, isForm: false } : { kind: 'read', type, id };
}

function notHere(message: string, issue: 'not-found' | 'not-supported' = 'not-found'): FhirRefusal {
  return new FhirRefusal(404, issue, message);
}

function notAllowed(allow: string, message: string): FhirRefusal {
  return new FhirRefusal(405, 'not-supported', message, { headers: { allow } });
}
