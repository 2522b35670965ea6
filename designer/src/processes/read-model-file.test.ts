import { decodeText, maximumFileBytes, readModelFile } from './read-model-file.ts';

const file = (name: string, bytes: Uint8Array, size = bytes.length) => ({ name, size, arrayBuffer: async () => bytes.slice().buffer });
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a file that somebody chose', () => {
  it('is XML, or a definition by its name', async () => {
    expect(await readModelFile(file('a.bpmn', utf8('<x/>')))).toEqual({ ok: true, input: { bpmnXml: '<x/>' } });
    expect(await readModelFile(file('a.JSON', utf8('{"key":"a"}')))).toEqual({ ok: true, input: { definition: { key: 'a' } } });
    expect(await readModelFile(file('a.json', utf8('<x/>')))).toEqual({ ok: false, trouble: 'notJson' });
  });

  it('is not read when it is too large, and not sent when it cannot be read', async () => {
    const unread = { name: 'a.bpmn', size: maximumFileBytes + 1, arrayBuffer: () => Promise.reject(new Error('Expected not to be read')) };

    expect(await readModelFile(unread)).toEqual({ ok: false, trouble: 'tooLarge' });
    expect(await readModelFile({ ...unread, size: 5 })).toEqual({ ok: false, trouble: 'unreadable' });
    expect(await readModelFile(file('a.bpmn', Uint8Array.of(0x3c, 0xff, 0x3e)))).toEqual({ ok: false, trouble: 'encoding' });
  });

  it('is decoded by its mark or declaration', () => {
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x3c, 0x00, 0x3a, 0x4e))).toBe('<为');
    expect(decodeText(Uint8Array.of(0x00, 0x3c, 0x4e, 0x3a))).toBe('<为');
    expect(decodeText(Uint8Array.of(...utf8('<?xml version="1.0" encoding="GBK"?>'), 0xce, 0xaa))).toMatch(/为$/);
    expect(decodeText(utf8('<?xml version="1.0" encoding="nothing"?>'))).toBeUndefined();
  });
});
