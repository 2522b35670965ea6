import fc from 'fast-check';
import { fromProcessDefinition } from './from-process-definition.ts';
import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { everyElement } from './testing/every-element.ts';
import { processesOf, toProcessDefinition } from './to-process-definition.ts';
import { writeBpmnXml } from './write-xml.ts';

const whole = writeBpmnXml(fromProcessDefinition(everyElement));
const tags = whole.split(/(?<=>)/);

type Damage = { readonly kind: 'drop' | 'twice' | 'swap' | 'cut'; readonly at: number } | { readonly kind: 'character'; readonly at: number; readonly character: string };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constantFrom('drop' as const, 'twice' as const, 'swap' as const, 'cut' as const), at: fc.nat(tags.length - 2) }),
  fc.record({ kind: fc.constant('character' as const), at: fc.nat(whole.length - 1), character: fc.constantFrom('<', '>', '&', '"', 'x', ':', '\u0000', '\uD800', ' ') }),
);

/** Tags taken out, put twice or changed places; attributes lost; characters replaced. */
function damaged(all: readonly Damage[]): string {
  const copy = [...tags];
  for (const { kind, at } of all) {
    const tag = copy[at] ?? '';
    if (kind === 'drop') copy[at] = '';
    else if (kind === 'twice') copy[at] = tag + tag;
    else if (kind === 'swap') [copy[at], copy[at + 1]] = [copy[at + 1] ?? '', tag];
    else if (kind === 'cut') copy[at] = tag.replace(/ [\w:]+="[^"]*"(?=[^"]*$)/, '');
  }
  let text = copy.join('');
  for (const each of all) if (each.kind === 'character') text = text.slice(0, each.at) + each.character + text.slice(each.at + 1);
  return text;
}

describe('a damaged file', () => {
  it('is read or refused, never thrown at, and stays as it is when its executable form is not changed', () => {
    let executable = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
        const { document, findings } = parseBpmnXml(damaged(all));
        if (!document) {
          expect(findings).toHaveLength(1);
          return;
        }
        expect(parseBpmnXml(writeBpmnXml(document)).document).toEqual(document);
        for (const { id } of processesOf(document)) {
          const form = toProcessDefinition(document, id);
          if (form.definition && findings.every(({ severity }) => severity !== 'error')) {
            executable += 1;
            expect(fromProcessDefinition(form.definition, document)).toEqual(document);
          } else if (!form.definition) expect(form.findings.some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { seed: 3, numRuns: 150 },
    );
    expect(executable).toBeGreaterThan(0);
  });
});
