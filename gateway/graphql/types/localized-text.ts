import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';

/** Text for people, in both languages of the product. */
export const LocalizedTextType = builder.objectRef<LocalizedText>('LocalizedText').implement({
  description: 'Text for people, in both languages of the product.',
  fields: (t) => ({
    zhCN: t.string({ resolve: (text) => text['zh-CN'] }),
    en: t.exposeString('en'),
  }),
});
