const units = [{ word: 'd', iso: (amount: string) => `P${amount}D`, form: /^P(\d+)D$/, typed: /^(\d+)\s*(?:d|天|日)$/i }, { word: 'h', iso: (amount: string) => `PT${amount}H`, form: /^PT(\d+)H$/, typed: /^(\d+)\s*(?:h|小时|时)$/i }, { word: 'min', iso: (amount: string) => `PT${amount}M`, form: /^PT(\d+)M$/, typed: /^(\d+)\s*(?:min|分钟|分)$/i }] as const;

/** `48 h` for `PT48H`; a duration of several parts as it is. */
export function writeDurationText(iso: string): string {
  for (const { word, form } of units) {
    const amount = form.exec(iso)?.[1];
    if (amount !== undefined) return `${amount} ${word}`;
  }
  return iso;
}

/** An ISO 8601 duration from `48 h`, `7 天` or `30 min`, in full-width digits too; any other text as it is, in capitals. */
export function readDurationText(text: string): string {
  const plain = text.normalize('NFKC');
  for (const { iso, typed } of units) {
    const amount = typed.exec(plain)?.[1];
    if (amount !== undefined) return iso(amount);
  }
  return plain.toUpperCase();
}
