/**
 * Why a request to the outside was not made or not finished. ADDRESS_INVALID: no address that can be read, or one that is
 * written to be misread. SCHEME_NOT_ALLOWED: neither https nor allowed http. CREDENTIALS_IN_ADDRESS. ADDRESS_NOT_ALLOWED:
 * it leads into this machine or a private network. NAME_NOT_FOUND. NOT_REACHED. TIMED_OUT. ANSWER_TOO_LARGE.
 * TOO_MANY_REDIRECTS.
 */
export type OutboundCode =
  | 'ADDRESS_INVALID'
  | 'SCHEME_NOT_ALLOWED'
  | 'CREDENTIALS_IN_ADDRESS'
  | 'ADDRESS_NOT_ALLOWED'
  | 'NAME_NOT_FOUND'
  | 'NOT_REACHED'
  | 'TIMED_OUT'
  | 'ANSWER_TOO_LARGE'
  | 'TOO_MANY_REDIRECTS';

const messages: Readonly<Record<OutboundCode, string>> = {
  ADDRESS_INVALID: 'Expected an address in its usual spelling, but it is none',
  SCHEME_NOT_ALLOWED: 'Expected an https address, but it is not and nothing allows it',
  CREDENTIALS_IN_ADDRESS: 'Expected an address without user name and password, but it has them',
  ADDRESS_NOT_ALLOWED: 'Expected a public or an allowed address, but it is neither',
  NAME_NOT_FOUND: 'Expected a host name that has an address, but it has none',
  NOT_REACHED: 'Expected the other server to answer, but it cannot be reached',
  TIMED_OUT: 'Expected an answer in time, but there was none',
  ANSWER_TOO_LARGE: 'Expected a shorter answer, but it is longer than allowed',
  TOO_MANY_REDIRECTS: 'Expected fewer redirects, but there are more than allowed',
};

/**
 * A request to the outside failed. It names neither the address nor anything of the answer: whoever caused the request may
 * read this, and learns nothing of the network from it. Recognised by `code`.
 */
export class OutboundError extends Error {
  constructor(readonly code: OutboundCode) {
    super(messages[code]);
    this.name = 'OutboundError';
  }
}

/** The code of an outbound failure, wherever it stands in the chain of causes; undefined for another error. */
export function outboundCodeOf(error: unknown): OutboundCode | undefined {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 8; cause = 'cause' in cause ? cause.cause : undefined, depth++) {
    if ('code' in cause && typeof cause.code === 'string' && Object.hasOwn(messages, cause.code)) return cause.code as OutboundCode;
  }
  return undefined;
}
