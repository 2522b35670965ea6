import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';
import { LocalizedTextType } from './localized-text.ts';

const WardType = builder.prismaObject('Ward', {
  fields: (t) => ({
    id: t.exposeID('id'),
    // The column holds a LocalizedText.
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name as unknown as LocalizedText }),
  }),
});

builder.queryField('wards', (t) => t.prismaField({ type: [WardType], resolve: (query, _root, _args, { database }) => database.prisma.ward.findMany({ ...query, orderBy: { id: 'asc' } }) }));
