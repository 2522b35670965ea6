import { readDrugCode } from '../scanner/gs1.ts';

const drugFields = ['drugBarcode'];
const wristbandFields = ['wristband'];

/** The form's fields that a scanner fills. */
export function scanFieldsOf(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => drugFields.includes(field) || wristbandFields.includes(field));
}

/** Which field a scanned code belongs in: a product number means the drug; with one field there is no choice. */
export function fieldForScan(fields: readonly string[], code: string): string | undefined {
  const candidates = scanFieldsOf(fields);
  if (candidates.length <= 1) return candidates[0];
  const wanted = readDrugCode(code).gtin === undefined ? wristbandFields : drugFields;
  return candidates.find((field) => wanted.includes(field));
}
