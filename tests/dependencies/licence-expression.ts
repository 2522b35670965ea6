/** A licence expression taken apart (SPDX 2.3, annex D): a licence by its name, or several that are offered or that all hold. */
export type LicenceExpression = { readonly licence: string } | { readonly every: readonly LicenceExpression[] } | { readonly some: readonly LicenceExpression[] };

/** Undefined for what is no expression: "SEE LICENSE IN …", "MIT and ISC", an empty text. */
export function parseLicence(text: string): LicenceExpression | undefined {
  const tokens = text.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  function operand(): LicenceExpression | undefined {
    const token = tokens[at++];
    if (token === '(') {
      const inner = joined('OR');
      return tokens[at++] === ')' ? inner : undefined;
    }
    if (token === undefined || !/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(token) || token === 'AND' || token === 'OR' || token === 'WITH') return undefined;
    if (tokens[at] !== 'WITH') return { licence: token };
    const exception = tokens[at + 1];
    at += 2;
    return exception === undefined ? undefined : { licence: `${token} WITH ${exception}` };
  }
  /** AND binds more than OR. */
  function joined(operator: 'AND' | 'OR'): LicenceExpression | undefined {
    const next = (): LicenceExpression | undefined => (operator === 'OR' ? joined('AND') : operand());
    const parts = [next()];
    while (tokens[at] === operator) {
      at += 1;
      parts.push(next());
    }
    const whole = parts.filter((part) => part !== undefined);
    const [first] = whole;
    if (whole.length < parts.length || first === undefined) return undefined;
    return whole.length === 1 ? first : operator === 'OR' ? { some: whole } : { every: whole };
  }
  const expression = joined('OR');
  return at === tokens.length ? expression : undefined;
}

/** Whether everything that holds at once is allowed, taking of what is offered what is. */
export function isAllowed(expression: LicenceExpression, allowed: ReadonlySet<string>): boolean {
  if ('licence' in expression) return allowed.has(expression.licence);
  return 'every' in expression ? expression.every.every((part) => isAllowed(part, allowed)) : expression.some.some((part) => isAllowed(part, allowed));
}
