/** What an acknowledgement says. */
export interface Answer {
  readonly acknowledgment: string;
  readonly controlId: string;
  readonly text: string;
  /** Present for a refusal: ERR-5, ERR-2, ERR-3, ERR-8. */
  readonly error?: { readonly code: string; readonly location: string; readonly condition: string; readonly message: string };
}

const meanings: Readonly<Record<string, { readonly 'zh-CN': string; readonly en: string }>> = {
  AA: { 'zh-CN': '已接收：消息已入库，指令已在收件箱', en: 'accepted: the message is stored and its command is in the inbox' },
  AE: { 'zh-CN': '未接收：内容有误，未产生任何作用，已留痕', en: 'not accepted: its content is wrong; nothing was done, and the refusal is on record' },
  AR: { 'zh-CN': '未接收：类型、版本或控制号不予处理，或暂时无法入库', en: 'not accepted: its type, version or control id cannot be processed, or it could not be stored just now' },
};

/** Reads an acknowledgement as the sender needs it: MSA and ERR. */
export function readAnswer(acknowledgement: string): Answer {
  const fieldsOf = (segment: string): readonly string[] | undefined => acknowledgement.split('\r').find((line) => line.startsWith(`${segment}|`))?.split('|');
  const msa = fieldsOf('MSA') ?? [];
  const err = fieldsOf('ERR');
  const [number = '', name = ''] = (err?.[3] ?? '').split('^');
  return {
    acknowledgment: msa[1] ?? '',
    controlId: msa[2] ?? '',
    text: msa[3] ?? '',
    ...(err ? { error: { code: err[5] ?? '', location: err[2] ?? '', condition: `${number} ${name}`.trim(), message: err[8] ?? '' } } : {}),
  };
}

/** The answer and what it means, in both languages. */
export function describeAnswer(acknowledgement: string): string {
  const { acknowledgment, controlId, text, error } = readAnswer(acknowledgement);
  const meaning = meanings[acknowledgment] ?? { 'zh-CN': '不是确认消息', en: 'no acknowledgment' };
  const lines = [...acknowledgement.split('\r').filter((line) => line !== '').map((line) => `  ${line}`), '', `${acknowledgment} ${controlId}: ${meaning['zh-CN']} / ${meaning.en}`];
  if (error) lines.push(`  ${error.code}${error.location === '' ? '' : ` @ ${error.location}`} (${error.condition}): ${error.message}`);
  else if (text !== '') lines.push(`  ${text}`);
  return `${lines.join('\n')}\n`;
}
