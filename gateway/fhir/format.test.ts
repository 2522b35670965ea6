import { isStrict, requireJson } from './format.ts';

const status = (accept: string | undefined, format?: string) => {
  try {
    requireJson(accept, format);
    return 200;
  } catch (error) {
    return (error as { readonly status: number }).status;
  }
};

describe('the format', () => {
  it.each([undefined, '', '*/*', 'application/*', 'application/fhir+json', 'application/json', 'application/xml, application/fhir+json;q=0.5', 'application/fhir+json; fhirVersion=4.0', 'text/html, */*;q=0.8'])('is JSON for %s', (accept) => {
    expect(status(accept)).toBe(200);
  });

  it.each(['application/fhir+xml', 'text/html', 'application/fhir+json;q=0', 'application/fhir+json; fhirVersion=5.0', '*/*;q=0'])('is refused to %s', (accept) => {
    expect(status(accept)).toBe(406);
  });

  it('goes by _format where it is there', () => {
    expect([status('application/fhir+xml', 'json'), status(undefined, 'application/fhir json'), status('application/json', 'xml'), status(undefined, 'ttl')]).toEqual([200, 200, 406, 406]);
  });
});

it('is strict only where the client prefers it', () => {
  expect([isStrict('handling=strict'), isStrict('return=minimal, handling="strict"'), isStrict('handling=lenient'), isStrict('x-handling=strict'), isStrict(undefined)]).toEqual([true, true, false, false, false]);
});
