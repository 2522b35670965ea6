import { routeOf } from './route.ts';

const types = ['Patient'];
const refusal = (method: string, path: string) => {
  try {
    return routeOf(method, path, types);
  } catch (error) {
    const { status, issue, headers } = error as { readonly status: number; readonly issue: string; readonly headers: Readonly<Record<string, string>> };
    return [status, issue, ...(headers['allow'] === undefined ? [] : [headers['allow']])];
  }
};

describe('a request', () => {
  it('reads, searches or asks what there is', () => {
    expect(refusal('GET', '/fhir/metadata')).toEqual({ kind: 'metadata' });
    expect(refusal('HEAD', '/fhir/Patient/P1')).toEqual({ kind: 'read', type: 'Patient', id: 'P1' });
    expect(refusal('GET', '/fhir/Patient/')).toEqual({ kind: 'search', type: 'Patient', isForm: false });
    expect(refusal('POST', '/fhir/Patient/_search')).toEqual({ kind: 'search', type: 'Patient', isForm: true });
  });

  it.each([
    ['GET', '/fhir', [404, 'not-found']],
    ['POST', '/fhir', [405, 'not-supported', '']],
    ['POST', '/fhir/metadata', [405, 'not-supported', 'GET, HEAD']],
    ['GET', '/fhir/Claim', [404, 'not-supported']],
    ['GET', '/fhir/patient/P1', [404, 'not-supported']],
    ['GET', '/fhir/__proto__/x', [404, 'not-supported']],
    ['GET', '/fhir/Patient/_search', [405, 'not-supported', 'POST']],
    ['GET', '/fhir/Patient/P1/_history', [404, 'not-supported']],
    ['GET', '/fhir/Patient/P1/_history/1', [404, 'not-supported']],
    ['GET', '/fhir/Patient/$everything', [404, 'not-supported']],
    ['POST', '/fhir/Patient', [405, 'not-supported', 'GET, HEAD']],
    ['PUT', '/fhir/Patient/P1', [405, 'not-supported', 'GET, HEAD']],
    ['DELETE', '/fhir/Patient/P1', [405, 'not-supported', 'GET, HEAD']],
    ['PATCH', '/fhir/Patient/P1', [405, 'not-supported', 'GET, HEAD']],
  ])('%s %s is refused', (method, path, expected) => {
    expect(refusal(method, path)).toEqual(expected);
  });
});
