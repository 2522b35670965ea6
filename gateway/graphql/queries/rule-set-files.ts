import { sourceOf } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { badArgument } from '../request-errors.ts';
import { querySide, RuleSetSideInput } from '../rule-set-side.ts';
import { RuleSetFileFormatEnum, RuleSetFileType, type ExportedFile } from '../types/rule-set-file.ts';

builder.queryField('ruleSetFile', (t) =>
  t.field({
    type: RuleSetFileType,
    description: 'A version, review or draft of a rule set as a file. In DMN, what the file that it was imported from holds beside it goes out again. A draft with errors has no DMN (RULE_SET_INVALID).',
    args: { key: t.arg.string({ required: true }), of: t.arg({ type: RuleSetSideInput, required: true }), format: t.arg({ type: RuleSetFileFormatEnum, required: true }) },
    resolve: async (_root, { key, of, format }, context): Promise<ExportedFile> => {
      const { name, document } = await querySide(key, of, 'of', context);
      const stem = `${key}-${name.replace(/^#/, 'draft-').replace(/[^A-Za-z0-9._-]/g, '_')}`;
      if (format === 'json') return { fileName: `${stem}.rules.json`, mediaType: 'application/json', content: `${JSON.stringify(document, null, 2)}\n`, findings: [] };
      const source = await sourceOf(key, of, context.database.prisma);
      const answer = await context.ruleSetFiles.write(document, source);
      if (answer.kind === 'busy') throw badArgument('CHECK_BUSY', 'of', 'Expected a file, but others are being made: try again in a moment');
      if (answer.kind === 'tooHeavy') throw badArgument('RULE_SET_FILE_TOO_COMPLEX', 'of', 'Expected a rule set that can be written in the time and memory allowed, but this one cannot');
      const { content, findings } = answer.answer;
      if (content === undefined) throw badArgument('RULE_SET_INVALID', 'of', 'Expected a document without findings for DMN, but it has some: export JSON, or mend it first');
      return { fileName: `${stem}.dmn`, mediaType: 'application/xml', content, findings };
    },
  }),
);
