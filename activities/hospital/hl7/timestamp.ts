const pattern = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?)?)?([+-]\d{4})?$/;

/** Zone of timestamps that name none: China Standard Time, which has no summer time. */
export const hospitalZone = '+0800';

/**
 * An HL7 timestamp (YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ]) as an ISO 8601 UTC instant; undefined when it is
 * none or no such moment exists. HL7 v2.5.1 §2.A.22 DTM.
 */
export function parseTimestamp(text: string, zone = hospitalZone): string | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', offset = zone] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  const local = new Date(`${wall}Z`);
  // The 31st of February would silently become March.
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(wall)) return undefined;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5));
  return new Date(local.getTime() - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000).toISOString();
}

/** An instant as an HL7 timestamp with seconds and zone. */
export function formatTimestamp(instant: string, zone = hospitalZone): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  const local = new Date(Date.parse(instant) + (zone.startsWith('-') ? -1 : 1) * minutes * 60_000);
  return `${local.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}${zone}`;
}
