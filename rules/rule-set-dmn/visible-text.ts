/** Text as XML can hold it: control characters and halves of characters are replaced. XML 1.0 §2.2. */
export function visibleText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD');
}

/** Text as an attribute of XML gives it back. */
export function attributeText(text: string): string {
  return visibleText(text).replace(/[\t\n\r]/g, ' ');
}
