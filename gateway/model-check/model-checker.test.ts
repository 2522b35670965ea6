import { createModelChecker } from './model-checker.ts';

const small = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"><process id="p"><task id="t"/></process></definitions>';

describe('checking beside other work', () => {
  it('answers one after the other, and turns away what would wait too long', async () => {
    const checker = createModelChecker({ maximumWaiting: 1 });
    try {
      const [first, second, third] = await Promise.all([checker.check({ kind: 'bpmn', xml: small }), checker.check({ kind: 'bpmn', xml: '<x' }), checker.check({ kind: 'bpmn', xml: small })]);

      if (first?.kind !== 'checked') throw new Error(`Expected an answer, but it is ${first?.kind}`);
      expect(JSON.parse(Buffer.from(first.check.picture ?? []).toString())).toMatchObject({ elements: [{ id: 't' }] });
      expect(second).toMatchObject({ kind: 'checked', check: { findings: [{ code: 'XML_MALFORMED' }] } });
      expect(third).toEqual({ kind: 'busy' });
    } finally {
      await checker.close();
    }
  }, 60_000);

  it('gives up what takes too long, and answers the next', async () => {
    const checker = createModelChecker({ timeLimitMs: 1 });
    try {
      expect(await checker.check({ kind: 'bpmn', xml: small })).toEqual({ kind: 'tooHeavy' });
      expect(await checker.check({ kind: 'bpmn', xml: small })).toEqual({ kind: 'tooHeavy' });
    } finally {
      await checker.close();
    }
  }, 60_000);
});
