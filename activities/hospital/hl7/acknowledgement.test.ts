import { Message as PeerMessage } from 'node-hl7-client';
import { writeAcknowledgement } from './acknowledgement.ts';
import { encodeText } from './charset.ts';
import { peekHeader } from './header.ts';
import { Hl7Refusal } from './hl7-refusal.ts';

const at = '2026-11-22T00:00:00.000Z';
const headerOf = (version: string, charset = 'UNICODE UTF-8') => peekHeader(encodeText(`MSH|^~\\&|HIS\\T\\1|Ward|CARELOOP|H|20261122080000||ORM^O01^ORM_O01|C1|P|${version}||||||${charset}\rPID|1`, 'utf-8'));

describe('writeAcknowledgement', () => {
  it('writes an acceptance that an independent parser reads', () => {
    const text = writeAcknowledgement({ header: headerOf('2.5.1'), at, text: 'order taken' });

    const peer = new PeerMessage({ text });
    expect(String(peer.get('MSA.1'))).toBe('AA');
    expect(String(peer.get('MSA.2'))).toBe('C1');
    expect(String(peer.get('MSH.9.1'))).toBe('ACK');
    expect(String(peer.get('MSH.3'))).toBe('CARELOOP');
    expect(text.split('\r')[0]).toBe(`MSH|^~\\&|CARELOOP|H|HIS\\T\\1|Ward|20261122080000+0800||ACK^O01^ACK|${String(peer.get('MSH.10'))}|P|2.5.1||||||UNICODE UTF-8`);
  });

  it('writes a refusal with code, place and reason in ERR', () => {
    const refusal = new Hl7Refusal('AE', '204', 'UNKNOWN_PATIENT', 'Expected a patient known here in PID-3, but found another', ['PID', 1, 3]);

    const lines = writeAcknowledgement({ header: headerOf('2.5.1'), at, refusal }).split('\r');

    expect(lines.slice(1)).toEqual([
      'MSA|AE|C1|Expected a patient known here in PID-3, but found another',
      'ERR||PID^1^3|204^Unknown key identifier^HL70357|E|UNKNOWN_PATIENT|||Expected a patient known here in PID-3, but found another',
      '',
    ]);
  });

  it('writes the place in ERR-1 for versions before 2.5', () => {
    const refusal = new Hl7Refusal('AE', '101', 'FIELD_MISSING', 'Expected a value', ['ORC', 1, 2]);

    expect(writeAcknowledgement({ header: headerOf('2.3.1'), at, refusal })).toContain('\rERR|ORC^1^2^101&Required field missing&HL70357\r');
  });
});

describe('peekHeader', () => {
  it('finds the control id also where the rest cannot be decoded', () => {
    const bytes = Buffer.concat([Buffer.from('MSH|^~\\&|HIS|H|CARELOOP|H|1||ORM^O01|C7|P|2.5.1||||||UNICODE UTF-8\rPID|'), Buffer.of(0xff, 0xfe)]);

    expect(peekHeader(bytes)).toMatchObject({ controlId: 'C7', sendingApplication: 'HIS', messageCode: 'ORM', triggerEvent: 'O01', charset: 'utf-8' });
  });

  it('is empty for bytes that are no message', () => {
    expect(peekHeader(Buffer.of(0, 255, 1))).toMatchObject({ controlId: '', messageCode: '' });
  });
});
