import { Kind } from 'graphql';
import { DateTime } from './date-time.ts';

it.each(['2026-11-23T08:00:00Z', '2026-11-23T08:00:00.123+08:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])('takes %s', (text) => {
  expect(DateTime.parseValue(text)).toEqual(new Date(text));
  expect(DateTime.parseLiteral({ kind: Kind.STRING, value: text })).toEqual(new Date(text));
});

it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'])('refuses %s, which the database cannot keep', (text) => {
  expect(() => DateTime.parseValue(text)).toThrow('Expected an instant of the years 1 to 9999');
  expect(() => DateTime.parseLiteral({ kind: Kind.STRING, value: text })).toThrow('Expected an instant of the years 1 to 9999');
});
