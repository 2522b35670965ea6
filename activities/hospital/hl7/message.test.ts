import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Message as PeerMessage } from 'node-hl7-client';
import { escapeText, standardEncoding, unescapeText } from './escape-sequences.ts';
import { optionalSegment, parseMessage, repetitionsOf, requireSegment, requireValue, segmentsOf, valueOf } from './message.ts';

const msh = 'MSH|^~\\&|HIS|H|CARELOOP|H|20261122080000||ORM^O01^ORM_O01|1|P|2.5.1';

describe('parseMessage', () => {
  it('reads fields, repetitions, components and subcomponents', () => {
    const message = parseMessage(`${msh}\rPID|1||P12^4^M11^one&2.16&ISO^MR~X9^^^^PI||`);
    const pid = requireSegment(message, 'PID');

    expect(valueOf(message, pid, { field: 3 })).toBe('P12');
    expect(valueOf(message, pid, { field: 3, component: 4, subcomponent: 2 })).toBe('2.16');
    expect(valueOf(message, pid, { field: 3, repetition: 2, component: 5 })).toBe('PI');
    expect(repetitionsOf(message, pid, 3)).toBe(2);
    expect(valueOf(message, pid, { field: 9 })).toBeUndefined();
  });

  it('counts MSH fields with the separator as the first', () => {
    const message = parseMessage(msh);

    expect(valueOf(message, message.segments[0], { field: 1 })).toBe('|');
    expect(valueOf(message, message.segments[0], { field: 2 })).toBe('^~\\&');
    expect(valueOf(message, message.segments[0], { field: 9, component: 2 })).toBe('O01');
    expect(valueOf(message, message.segments[0], { field: 12 })).toBe('2.5.1');
  });

  it('uses the delimiters of the message itself', () => {
    const message = parseMessage('MSH#*!$%#HIS\rPID#1##P12*a!P13#x$F$y');

    expect(valueOf(message, requireSegment(message, 'PID'), { field: 3, repetition: 2 })).toBe('P13');
    expect(valueOf(message, requireSegment(message, 'PID'), { field: 4 })).toBe('x#y');
  });

  it('takes the HL7 null as no value', () => {
    const message = parseMessage(`${msh}\rPID|1||""`);

    expect(() => requireValue(message, requireSegment(message, 'PID'), { field: 3 })).toThrow(expect.objectContaining({ code: 'FIELD_MISSING', condition: '101', location: ['PID', 1, 3] }));
  });

  it.each([
    ['', 'HEADER_INVALID'],
    ['MSH', 'HEADER_INVALID'],
    ['MSH|||||', 'HEADER_INVALID'],
    ['MSH|^^\\&|a', 'HEADER_INVALID'],
    ['PID|1', 'HEADER_INVALID'],
    [`${msh}\rpid|1`, 'SEGMENT_INVALID'],
    [`${msh}\rhello`, 'SEGMENT_INVALID'],
    [`${msh}\r${msh}`, 'SEGMENT_DUPLICATED'],
  ])('refuses %j with %s', (text, code) => {
    expect(() => parseMessage(text)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a missing and a second segment where one is expected', () => {
    const message = parseMessage(`${msh}\rPID|1\rPID|2`);

    expect(() => requireSegment(message, 'ORC')).toThrow(expect.objectContaining({ code: 'SEGMENT_MISSING', condition: '100', location: ['ORC', 1] }));
    expect(() => optionalSegment(message, 'PID')).toThrow(expect.objectContaining({ code: 'SEGMENT_DUPLICATED', location: ['PID', 2] }));
  });
});

describe('escape sequences', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeText(text);

        expect(unescapeText(escaped, standardEncoding, (bytes) => Buffer.from(bytes).toString('utf8'))).toBe(text);
        expect(escaped).not.toMatch(/[|^~&\r\n]/);
      }),
      { seed: 27, numRuns: 500 },
    );
  });

  it('leaves alone what is no sequence', () => {
    expect(unescapeText('C:\\Q\\T\\x \\X0D\\ \\XZZ\\ end\\', standardEncoding, (bytes) => Buffer.from(bytes).toString('utf8'))).toBe('C:\\Q&x \r \\XZZ\\ end\\');
  });
});

/** Published samples, kept outside the repository. */
const samples = ['ORM-O01-01', 'ORU-R01-01', 'ADT-A08-01'].map((name) => ({ name, file: new URL(`../../../../shared/hl7/${name}.hl7`, import.meta.url) }));

describe('published sample messages', () => {
  for (const { name, file } of samples) {
    const run = existsSync(file) ? it : it.skip;
    run(`reads every segment and field of ${name} as an independent parser does`, () => {
      const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '').replaceAll('\n', '\r');

      const message = parseMessage(text);

      const peer = new PeerMessage({ text });
      expect(message.segments).toHaveLength(text.split('\r').filter((line) => line !== '').length);
      for (const segment of message.segments.filter(({ name: segmentName, sequence }) => segmentName !== 'MSH' && sequence === 1 && segmentsOf(message, segmentName).length === 1)) {
        for (let field = 1; field < segment.fields.length; field += 1) {
          // A field that repeats, and what is empty, the peer gives in another shape.
          if (repetitionsOf(message, segment, field) !== 1) continue;
          const raw = segment.fields[field] ?? '';
          if (raw.includes('&') || !raw.includes('^')) continue;
          const value = valueOf(message, segment, { field });
          if (value !== undefined) expect(`${segment.name}-${field}: ${value}`).toBe(`${segment.name}-${field}: ${String(peer.get(`${segment.name}.${field}.1`))}`);
        }
      }
    });
  }

  (existsSync(samples[0]?.file ?? '') ? it : it.skip)('finds order, patient and observation where the sample has them', () => {
    const message = parseMessage(readFileSync(samples[0]?.file ?? '', 'utf8').replace(/^\uFEFF/, ''));

    expect(valueOf(message, requireSegment(message, 'ORC'), { field: 2 })).toBe('1101');
    expect(valueOf(message, requireSegment(message, 'PID'), { field: 3, repetition: 2 })).toBe('123456789');
    expect(valueOf(message, requireSegment(message, 'PID'), { field: 3, component: 4, subcomponent: 2 })).toBe('2.16.1');
    expect(valueOf(message, requireSegment(message, 'OBX'), { field: 5, repetition: 2 })).toBe('120');
  });
});
