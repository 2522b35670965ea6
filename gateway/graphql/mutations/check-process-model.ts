import type { ModelInput } from '../../model-check/index.ts';
import { builder } from '../builder.ts';
import { RefusedError, ValidationError } from '../expected-errors.ts';
import { requireUpload } from '../require-upload.ts';
import { mutationErrors } from '../types/errors.ts';
import { CheckProcessModelPayload } from '../types/model-check.ts';

const CheckProcessModelInput = builder.inputType('CheckProcessModelInput', {
  description: 'Either of the two.',
  fields: (t) => ({
    bpmnXml: t.string({ description: 'BPMN 2.0 XML, at most 5 MB.' }),
    definition: t.field({ type: 'JSON', description: 'A process in its JSON form.' }),
  }),
});

builder.mutationField('checkProcessModel', (t) =>
  t.field({
    type: CheckProcessModelPayload,
    description: 'Reads a process model, says what keeps it from being executed, and how to draw it. Stores nothing; what was sent is forgotten.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'CheckProcessModelResult' } },
    args: { input: t.arg({ type: CheckProcessModelInput, required: true }) },
    resolve: async (_root, { input }, { modelChecker }) => {
      const answer = await modelChecker.check(await modelOf(input));
      if (answer.kind === 'busy') throw new RefusedError({ code: 'CHECK_BUSY' });
      if (answer.kind === 'tooHeavy') throw new RefusedError({ code: 'MODEL_TOO_COMPLEX' });
      return answer.check;
    },
  }),
);

async function modelOf({ bpmnXml, definition }: typeof CheckProcessModelInput.$inferInput): Promise<ModelInput> {
  const hasXml = bpmnXml !== null && bpmnXml !== undefined;
  const hasDefinition = definition !== null && definition !== undefined;
  if (hasXml === hasDefinition) throw new ValidationError({ code: 'INPUT_INVALID', place: 'bpmnXml', detail: 'Expected either bpmnXml or definition' });
  if (!hasXml) return { kind: 'definition', json: definition };
  await requireUpload(bpmnXml, 'bpmn', 'bpmnXml');
  return { kind: 'bpmn', xml: bpmnXml };
}
