import { groupSeparator } from './key-character.ts';

/** What a drug's barcode says. GS1 General Specifications §3. */
export interface DrugCode {
  /** As scanned, without the symbology identifier. */
  readonly text: string;
  /** (01) GTIN-14, or a bare GTIN of 8, 12, 13 or 14 digits brought to 14. */
  readonly gtin?: string;
  /** (17) expiry date as `2027-03-31`; day 00 is the last of the month. */
  readonly expiry?: string;
  /** (10) batch. */
  readonly batch?: string;
  /** (21) serial number. */
  readonly serial?: string;
}

/** Application identifiers of a fixed length, by their first two digits: identifier and value together. GS1 §7.8.5. */
const fixedLengths: Readonly<Record<string, number>> = { '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '11': 8, '12': 8, '13': 8, '14': 8, '15': 8, '16': 8, '17': 8, '18': 8, '19': 8, '20': 4 };

/** True when the last digit is the right check digit. GS1 §7.9.1. */
export function hasCheckDigit(gtin: string): boolean {
  if (!/^\d{8,14}$/.test(gtin)) return false;
  const digits = [...gtin].map(Number);
  const check = digits.pop();
  const sum = digits.reverse().reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return check === (10 - (sum % 10)) % 10;
}

function expiryOf(digits: string): string | undefined {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(digits);
  if (match === null) return undefined;
  const year = 2000 + Number(match[1]);
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = Number(match[3]) === 0 ? lastDay : Number(match[3]);
  if (day > lastDay) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  let rest = text;
  while (rest.length > 0) {
    if (rest.startsWith(groupSeparator)) {
      rest = rest.slice(1);
      continue;
    }
    const identifier = rest.slice(0, 2);
    if (!/^\d{2}$/.test(identifier)) return undefined;
    const fixed = fixedLengths[identifier];
    const separator = rest.indexOf(groupSeparator);
    const end = fixed ?? (separator === -1 ? rest.length : separator);
    if (rest.length < end || end <= 2) return undefined;
    fields.set(identifier, rest.slice(2, end));
    rest = rest.slice(end);
  }
  return fields;
}

/** Fields in the human-readable form `(01)…(17)…`. */
function bracketedFields(text: string): ReadonlyMap<string, string> | undefined {
  if (!/^\(\d{2,4}\)/.test(text)) return undefined;
  return new Map([...text.matchAll(/\((\d{2,4})\)([^(]*)/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/**
 * Reads a drug's barcode: GS1 element strings (with or without symbology identifier, with the separator lost or
 * not after the last field) and bare GTINs. Anything else is just text, which the server compares as it is.
 */
export function readDrugCode(scanned: string): DrugCode {
  const text = scanned.replace(/^\](?:C1|e0|d2|Q3|E0)/, '').replace(/^[\u001d\u00e8]/, '').trim();
  if (/^\d{8}$|^\d{12,14}$/.test(text) && hasCheckDigit(text)) return { text, gtin: text.padStart(14, '0') };
  const fields = bracketedFields(text) ?? (/^\d{2}/.test(text) ? fieldsOf(text) : undefined);
  const gtin = fields?.get('01');
  if (fields === undefined || gtin === undefined || !hasCheckDigit(gtin)) return { text };
  const expiry = expiryOf(fields.get('17') ?? '');
  const batch = fields.get('10');
  const serial = fields.get('21');
  return { text, gtin, ...(expiry === undefined ? {} : { expiry }), ...(batch === undefined ? {} : { batch }), ...(serial === undefined ? {} : { serial }) };
}

/** True once the whole day of expiry has passed at the given local date (`2027-04-01`). */
export function isExpired(code: DrugCode, today: string): boolean {
  return code.expiry !== undefined && code.expiry < today;
}
