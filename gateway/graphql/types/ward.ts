import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';
import { LocalizedTextType } from './localized-text.ts';

export const WardType = builder.prismaObject('Ward', {
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The code that messages and cabinets know it by.' }),
    // The column holds a LocalizedText.
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name as unknown as LocalizedText }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true, description: 'Since when nobody works there any more.' }),
  }),
});

builder.queryField('wards', (t) =>
  t.prismaField({
    type: [WardType],
    description: 'The wards by code.',
    args: { includeClosed: t.arg.boolean({ defaultValue: false, description: 'Closed ones as well, for what was there.' }) },
    resolve: (query, _root, { includeClosed }, { database }) => database.prisma.ward.findMany({ ...query, where: includeClosed ? {} : { closedAt: null }, orderBy: { id: 'asc' } }),
  }),
);
