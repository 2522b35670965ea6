import type { EntryChange, FieldChange } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import type { NamedDifference } from '../rule-set-rows.ts';
import { LocalizedTextType } from './localized-text.ts';

const FieldChangeType = builder.objectRef<FieldChange>('FieldChange').implement({
  description: 'One field that differs. A side is null where the field is not there or null.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'From the entry, or the document, on: `conditions.all.1.value`.' }),
    before: t.field({ type: 'JSON', nullable: true, resolve: ({ before }) => before ?? null }),
    after: t.field({ type: 'JSON', nullable: true, resolve: ({ after }) => after ?? null }),
  }),
});

const ChangeKind = builder.enumType('ChangeKind', {
  values: { ADDED: { value: 'added' }, REMOVED: { value: 'removed' }, CHANGED: { value: 'changed' }, MOVED: { value: 'moved', description: 'Only its place in the order.' } } as const,
});

const EntryChangeType = builder.objectRef<EntryChange>('EntryChange').implement({
  description: 'A rule, input or output that differs.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'The rule’s id; the name of an input or output.' }),
    kind: t.field({ type: ChangeKind, resolve: ({ kind }) => kind }),
    name: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ name }) => name ?? null }),
    fromIndex: t.int({ nullable: true, resolve: ({ fromIndex }) => fromIndex ?? null }),
    toIndex: t.int({ nullable: true, resolve: ({ toIndex }) => toIndex ?? null }),
    fields: t.field({ type: [FieldChangeType], resolve: ({ fields }) => [...fields] }),
  }),
});

/** What differs between two documents of a rule set. */
export const RuleSetDifferenceType = builder.objectRef<NamedDifference>('RuleSetDifference').implement({
  description: 'What differs between two documents of a rule set.',
  fields: (t) => ({
    from: t.exposeString('from', { description: 'A version, or `#` and the revision of a draft.' }),
    to: t.exposeString('to'),
    document: t.field({ type: [FieldChangeType], description: 'Of the document itself: name, description, hit policy.', resolve: ({ document }) => [...document] }),
    inputs: t.field({ type: [EntryChangeType], resolve: ({ inputs }) => [...inputs] }),
    outputs: t.field({ type: [EntryChangeType], resolve: ({ outputs }) => [...outputs] }),
    rules: t.field({ type: [EntryChangeType], resolve: ({ rules }) => [...rules] }),
  }),
});
