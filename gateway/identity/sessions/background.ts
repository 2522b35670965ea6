/** The web app's mark of a request that no person made: a poll, or what an event of a subscription led to. */
export const backgroundHeader = 'x-careloop-background';
/** The web app's mark, at sign-in, of a device that several people use. */
export const sharedDeviceHeader = 'x-careloop-shared-device';

/**
 * Whether a request shows that somebody is there. A subscription never does. The mark can only shorten a session: who leaves
 * it out could as well make a request that needs none, and the absolute end stays.
 */
export function isOfPerson(headers: Headers): boolean {
  return headers.get(backgroundHeader) === null && !/\btext\/event-stream\b/i.test(headers.get('accept') ?? '');
}
