import type { MessageKey } from '../i18n/messages.ts';

const sentences: Readonly<Record<string, MessageKey>> = {
  SIGN_ON_UNAVAILABLE: 'signOn.unavailable',
  SIGN_ON_ATTEMPT_MISSING: 'signOn.again',
  SIGN_ON_ATTEMPT_USED: 'signOn.again',
  SIGN_ON_REQUEST_INVALID: 'signOn.again',
  SIGN_ON_CANCELLED: 'signOn.cancelled',
  SIGN_ON_ANSWER_INVALID: 'signOn.invalid',
  SIGN_ON_FACTOR_MISSING: 'signOn.factor',
  SIGN_ON_PERSON_UNKNOWN: 'signOn.unknown',
  SIGN_ON_LINK_CONFLICT: 'signOn.unknown',
  SIGN_ON_OTHER_PERSON: 'signOn.otherPerson',
  SIGN_ON_REQUIRED: 'signOn.required',
};

/** The sentence for a code of the hospital's sign-on; undefined for whatever else stands in an address. */
export function signOnRefusal(code: string | null | undefined): { readonly key: MessageKey; readonly code: string } | undefined {
  if (code === null || code === undefined || !Object.hasOwn(sentences, code)) return undefined;
  const key = sentences[code];
  return key === undefined ? undefined : { key, code };
}
