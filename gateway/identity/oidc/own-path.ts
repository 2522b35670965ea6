/** Paths that are doors of other kinds, where nobody is led after signing in. */
const doors = /^\/(?:api|oauth|fhir|graphql|sign-in|cds-services|login)(?:[/?#]|$)/;

/** Whether a text is a path within our own web app, whoever reads it: no other site, no door. */
export function isOwnPath(path: string): boolean {
  // Browsers take a backslash for a slash and leave out tabs and line ends.
  if (path.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\')) return false;
  const url = new URL(path, 'http://own.invalid');
  return url.origin === 'http://own.invalid' && !url.pathname.startsWith('//') && !doors.test(url.pathname);
}
