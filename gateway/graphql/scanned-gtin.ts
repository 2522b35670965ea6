/**
 * The GTIN-14 in what was scanned: a bare product number of 8, 12, 13 or 14 digits, or the first element of a GS1
 * code, with brackets, symbology identifier and separator or without. Undefined when there is none.
 * GS1 General Specifications §3.3.2.
 */
export function scannedGtin(scanned: string): string | undefined {
  const bare = /^(\d{8}|\d{12,14})$/.exec(scanned)?.[1];
  return (bare ?? /^(?:\][A-Za-z]\d)?\x1d?\(?01\)?(\d{14})/.exec(scanned)?.[1])?.padStart(14, '0');
}
