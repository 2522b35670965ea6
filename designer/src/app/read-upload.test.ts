import { readModel } from '../processes/read-model.ts';
import { readUpload } from './read-upload.ts';

const file = (bytes: Uint8Array, size = bytes.length) => ({ size, arrayBuffer: async () => new Uint8Array(bytes).buffer });
const utf8 = (text: string) => new TextEncoder().encode(text);
const bpmn = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>';

describe('a file that somebody chose', () => {
  it('is what its content is: a model as XML or JSON, whatever it is called', async () => {
    expect(await readModel(file(utf8(bpmn)))).toEqual({ ok: true, input: { bpmnXml: bpmn } });
    expect(await readModel(file(utf8('\ufeff {"key":"a"}')))).toEqual({ ok: true, input: { definition: { key: 'a' } } });
    expect(await readModel(file(utf8('{"key":')))).toEqual({ ok: false, failure: 'notJson' });
  });

  it('is not read when it is too large, and not sent when it cannot be read', async () => {
    const unread = { arrayBuffer: () => Promise.reject(new Error('Expected not to be read')) };

    expect(await readUpload({ ...unread, size: 8_000_000 }, 'process')).toMatchObject({ ok: false, failure: { code: 'FILE_TOO_LARGE', message: { 'zh-CN': expect.stringContaining('8.0 MB') as string } } });
    expect(await readUpload({ ...unread, size: 5 }, 'process')).toEqual({ ok: false, failure: 'unreadable' });
    expect(await readUpload(file(Uint8Array.of(0x3c, 0xff, 0x3e)), 'process')).toMatchObject({ ok: false, failure: { code: 'FILE_ENCODING_UNKNOWN' } });
  });

  it('is too large also when only its UTF-8 is', async () => {
    const gb = Uint8Array.from({ length: 4_000_000 }, (_, index) => (index % 2 === 0 ? 0xce : 0xaa));

    expect(await readUpload(file(Buffer.concat([utf8('<?xml version="1.0" encoding="GBK"?><a>'), gb.subarray(0, 4)])), 'ruleSet')).toMatchObject({ ok: true, text: expect.stringMatching(/为为$/) as string });
    expect(await readUpload(file(Buffer.concat([utf8('<?xml version="1.0" encoding="GBK"?><a>'), gb])), 'ruleSet')).toMatchObject({ ok: false, failure: { code: 'FILE_TOO_LARGE' } });
  });

  it('is not sent when it is of another kind than the page takes', async () => {
    expect(await readUpload(file(utf8(bpmn)), 'ruleSet')).toMatchObject({ ok: false, failure: { code: 'FILE_OF_ANOTHER_KIND' } });
    expect(await readUpload(file(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0)), 'process')).toMatchObject({ ok: false, failure: { code: 'FILE_NOT_TEXT' } });
    expect(await readUpload(file(new Uint8Array()), 'process')).toMatchObject({ ok: false, failure: { code: 'FILE_EMPTY' } });
  });
});
