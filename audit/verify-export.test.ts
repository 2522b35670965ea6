import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { formatExport, signExport, type AuditExport } from './audit-export.ts';
import { recordLeafHash } from './audit-record.ts';
import { toHex } from './bytes.ts';
import { createSigner, nodeCrypto } from './node-crypto.ts';
import { sampleExport, sampleRecord, sampleSigner } from './sample-log.ts';
import { verifyExport } from './verify-export.ts';
import { verifyExportText } from './verify-export-text.ts';

const pinned = { crypto: nodeCrypto, publicKey: sampleSigner.publicKey };
const whole = sampleExport(13);
const ofInstance = sampleExport(13, { kind: 'instance', id: 'instance-1' });
/** `codes` of the findings with the entries that they name. */
const findingsOf = async (document: unknown) => (await verifyExport(document, pinned)).findings.map((finding) => [finding.code, finding.sequence]);
const withEntry = (document: AuditExport, position: number, change: object): AuditExport => ({ ...document, entries: document.entries.map((entry, index) => (index === position ? { ...entry, ...change } : entry)) });

describe.each([['the whole log', whole], ['one instance', ofInstance]] as const)('verifyExport of %s', (_name, document) => {
  it('finds nothing in what was exported', async () => {
    expect(await verifyExport(JSON.parse(formatExport(document)), pinned)).toMatchObject({ isIntact: true, entryCount: document.entries.length, treeSize: 13, isKeyPinned: true, findings: [] });
  });

  it('names an edited entry with sequence, action and time', async () => {
    const sequence = document.entries[2]?.sequence;

    const { findings } = await verifyExport(withEntry(document, 2, { reason: 'another' }), pinned);

    expect(findings).toEqual([{ code: 'ENTRY_EDITED', message: `Entry ${sequence} (task.completed, 2026-11-22T08:00:00.000Z) was edited: its content is not what was sealed.`, sequence, index: document.leaves[2]?.index, action: document.entries[2]?.action, occurredAt: '2026-11-22T08:00:00.000Z' }].map((finding) => ({ ...finding, message: finding.message.replace('task.completed', document.entries[2]?.action ?? '') })));
  });

  it('names an entry by its sealed sequence when that was edited', async () => {
    expect(await findingsOf(withEntry(document, 2, { sequence: 999 }))).toEqual([['ENTRY_EDITED', document.entries[2]?.sequence]]);
  });

  it('names a missing entry', async () => {
    expect(await findingsOf({ ...document, entries: document.entries.filter((_entry, index) => index !== 1) })).toEqual([['ENTRY_MISSING', document.entries[1]?.sequence]]);
  });

  it('names an appended entry', async () => {
    expect(await findingsOf({ ...document, entries: [...document.entries, sampleRecord(50)] })).toEqual([['ENTRY_APPENDED', 200]]);
  });

  it('names a duplicated entry as appended', async () => {
    expect(await findingsOf({ ...document, entries: [...document.entries, document.entries[0]] })).toEqual([['ENTRY_APPENDED', document.entries[0]?.sequence]]);
  });

  it('names a moved entry', async () => {
    const [first, ...rest] = document.entries;

    expect(await findingsOf({ ...document, entries: [...rest, first] })).toEqual([['ENTRY_REORDERED', first?.sequence]]);
  });

  it('names the entry whose leaf hash was edited, and says that the entry is intact', async () => {
    const leaves = document.leaves.map((leaf, index) => (index === 1 ? { ...leaf, hash: toHex(recordLeafHash(nodeCrypto, {})) } : leaf));

    expect(await findingsOf({ ...document, leaves })).toEqual([['LEAF_EDITED', document.leaves[1]?.sequence], ['MANIFEST_INVALID', undefined]]);
  });

  it('finds an entry that was edited together with its leaf', async () => {
    const forged = { ...document.entries[1], reason: 'forged' };
    const leaves = document.leaves.map((leaf, index) => (index === 1 ? { ...leaf, hash: toHex(recordLeafHash(nodeCrypto, forged)) } : leaf));

    const findings = (await verifyExport({ ...withEntry(document, 1, { reason: 'forged' }), leaves }, pinned)).findings;

    expect(findings.map((finding) => finding.code)).toEqual([document === whole ? 'ROOT_DIFFERS' : 'PROOF_INVALID', 'MANIFEST_INVALID']);
    expect(findings[0]?.message).toContain(document === whole ? 'among entries 100 to 104' : `Entry ${document.leaves[1]?.sequence}`);
  });

  it('finds an entry that was left out together with its leaf and proof', async () => {
    const keep = <Item>(items: readonly Item[]) => items.filter((_item, index) => index !== 1);

    const findings = await findingsOf({ ...document, entries: keep(document.entries), leaves: keep(document.leaves), proofs: keep(document.proofs) });

    expect(findings.map(([code]) => code)).toContain('MANIFEST_INVALID');
  });

  it('finds a changed tree head, scope, time and key', async () => {
    const { treeHead } = document;
    expect(await findingsOf({ ...document, treeHead: { ...treeHead, signedAt: '2026-11-23T08:10:00.000Z' } })).toEqual([['TREE_HEAD_INVALID', undefined], ['MANIFEST_INVALID', undefined]]);
    expect(await findingsOf({ ...document, exportedAt: '2026-11-23T08:10:00.000Z' })).toEqual([['MANIFEST_INVALID', undefined]]);
    expect(await findingsOf({ ...document, keyId: '0000' })).toEqual([['KEY_DIFFERS', undefined], ['MANIFEST_INVALID', undefined]]);
  });

  it('finds an export that was signed anew with another key, when the key is given', async () => {
    const forger = createSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const { format: _format, manifest: _manifest, keyId: _keyId, publicKey: _publicKey, ...content } = document;
    const forged = signExport(nodeCrypto, forger, content);

    expect((await findingsOf(forged)).map(([code]) => code)).toEqual(['KEY_DIFFERS', 'MANIFEST_INVALID']);
    expect((await verifyExport(forged, { crypto: nodeCrypto })).isKeyPinned).toBe(false);
  });

  it('finds and names any one flipped bit of any entry in the file', async () => {
    const text = formatExport(document);
    const bytes = Buffer.from(text);
    const start = bytes.indexOf('"entries": [') + '"entries": ['.length + 1;
    const end = bytes.indexOf('\n]', start);
    const lineAt = (offset: number) => bytes.subarray(start, offset).toString('latin1').split('\n').length - 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: end - 1 }), fc.integer({ min: 0, max: 7 }), async (offset, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);

        const verification = await verifyExportText(flipped.toString('utf8'), pinned);

        expect(verification?.isIntact).toBe(false);
        const isSeparator = bytes[offset] === 10 || (bytes[offset] === 44 && bytes[offset + 1] === 10);
        if (!isSeparator) expect(verification?.findings.map((finding) => finding.sequence)).toContain(document.entries[lineAt(offset)]?.sequence);
      }),
      { seed: 8, numRuns: 600 },
    );
  });

  it('finds any one flipped bit of the file outside the entries too', async () => {
    const bytes = Buffer.from(formatExport(document));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), async (offset, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);

        expect((await verifyExportText(flipped.toString('utf8'), pinned))?.isIntact).toBe(false);
      }),
      { seed: 9, numRuns: 600 },
    );
  });
});

describe('verifyExportText', () => {
  it('finds a member that is said twice, which a JSON parser would not see', async () => {
    const text = formatExport(whole).replace('"reason":"家', '"reason":"harmless","reason":"家');

    expect((await verifyExportText(text, pinned))?.findings).toMatchObject([{ code: 'EXPORT_REFORMATTED', sequence: 100 }]);
  });

  it('says of half an export that it is malformed, and of anything else that it is none', async () => {
    expect((await verifyExportText('{"format":"careloop-audit-export/1"}', pinned))?.findings).toMatchObject([{ code: 'EXPORT_MALFORMED' }]);
    expect(await verifyExportText('{"a":1}', pinned)).toBeUndefined();
    expect(await verifyExportText('hello', pinned)).toBeUndefined();
  });
});
