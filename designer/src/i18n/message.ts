/** The languages of the product; the first is the source. */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** One text of the screens in every language: a missing translation does not compile. */
export type Message = { readonly [locale in Locale]: string };

/** Keeps the keys of a table of messages as literal types. */
export function defineMessages<Key extends string>(messages: { readonly [key in Key]: Message }): { readonly [key in Key]: Message } {
  return messages;
}
