import { isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField, type GraphQLInputType } from 'graphql';
import type { Tape } from './tape.ts';

/** What a caller may know of the hospital: ids, keys and numbers that are there. */
export interface KnownValues {
  readonly texts: readonly string[];
}

const hostileTexts = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202eabc', "'; drop table patient; --", '%', '\\', '%s%n', '${7*7}', '{{7*7}}', '../../../etc/passwd', '<script>alert(1)</script>',
  '__proto__', 'constructor', 'x'.repeat(300), 'y'.repeat(70_000), '-1', '99999999999999999999', 'NaN', 'null', '00000000-0000-0000-0000-000000000000', 'R1BDOlM6Li4v', 'R1BDOko6MQ==', 'R1BDOk46MQ==',
  'R1BDOkQ6MTcwMDAwMDAwMDAwMA==', 'R1BDOkk6OTk5OTk5OTk5OTk5OTk5OTk5OTk5', 'R1BDOlM6AA==', '=====', Buffer.from('AuditEntry:99999999999999999999').toString('base64'), Buffer.from('Patient:\u0000').toString('base64'),
  Buffer.from('ProcessInstance:1').toString('base64'), Buffer.from('toString:1').toString('base64'), Buffer.from('Viewer:demo-admin').toString('base64'),
];
const integers = [0, 1, 2, 5, 50, 100, 101, -1, 2_147_483_647, -2_147_483_648];
const floats = [0, 1, 0.5, -1, 1e308, 5e-324, 1e21];
const instants = ['2026-11-20T08:00:00Z', '2026-11-23T08:00:00.123+08:00', '1970-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', '2026-11-20', 'yesterday', ''];

/** A JSON value that fits `type`, mostly; what does not fit is part of what doors must stand. `hostile`: percent of values that are meant ill. */
export function valueFor(type: GraphQLInputType, tape: Tape, known: KnownValues, hostile: number, depth = 0): unknown {
  if (isNonNullType(type)) return tape.happens(hostile / 4) ? null : present(type.ofType, tape, known, hostile, depth);
  return tape.happens(12) ? null : present(type, tape, known, hostile, depth);
}

function present(type: GraphQLInputType, tape: Tape, known: KnownValues, hostile: number, depth: number): unknown {
  if (isNonNullType(type)) return present(type.ofType, tape, known, hostile, depth);
  if (isListType(type)) return Array.from({ length: tape.happens(hostile / 8) ? 120 : tape.next(4) }, () => valueFor(type.ofType, tape, known, hostile, depth));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => depth < 4 && (isRequiredInputField(field) ? !tape.happens(hostile / 8) : tape.happens(40)));
    const value: Record<string, unknown> = Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, tape, known, hostile, depth + 1)]));
    if (tape.happens(hostile / 8)) value['unknownField'] = 1;
    return value;
  }
  if (isEnumType(type)) return tape.happens(hostile / 4) ? 'NO_SUCH_VALUE' : tape.pick(type.getValues()).name;
  if (tape.happens(hostile / 4)) return tape.pick<unknown>([[], {}, true, 7, 'text', [[1]]]);
  switch (type.name) {
    case 'Int': return tape.pick(tape.happens(hostile) ? integers : integers.slice(0, 6));
    case 'Float': return tape.pick(tape.happens(hostile) ? floats : floats.slice(0, 3));
    case 'Boolean': return tape.happens(50);
    case 'DateTime': return tape.pick(tape.happens(hostile) ? instants : instants.slice(0, 3));
    case 'JSON': return jsonValue(tape, known, hostile, 0);
    default: return text(tape, known, hostile);
  }
}

function text(tape: Tape, known: KnownValues, hostile: number): string {
  return tape.pick(tape.happens(hostile) ? hostileTexts : known.texts);
}

function jsonValue(tape: Tape, known: KnownValues, hostile: number, depth: number): unknown {
  const kind = tape.next(depth > 3 ? 4 : 7);
  if (kind === 0) return { patientId: 'P1', wristband: 'WB-P1', ward: 'W1' };
  if (kind === 1) return text(tape, known, hostile);
  if (kind === 2) return tape.pick([...integers, ...floats]);
  if (kind === 3) return tape.pick([null, true, false, {}, []]);
  if (kind === 4) return Array.from({ length: tape.next(4) }, () => jsonValue(tape, known, hostile, depth + 1));
  const value: Record<string, unknown> = {};
  // Defined, not set: the key __proto__ is one of those that are tried.
  for (let count = tape.next(4); count > 0; count -= 1) Object.defineProperty(value, text(tape, known, hostile).slice(0, 40), { value: jsonValue(tape, known, hostile, depth + 1), enumerable: true, configurable: true });
  return value;
}
