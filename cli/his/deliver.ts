import { randomBytes } from 'node:crypto';
import { sendMessages } from '../../simulators/index.ts';
import { describeAnswer, readAnswer } from './describe-answer.ts';
import { mllpPort } from './installation.ts';

export interface DeliveryOptions {
  readonly port?: number;
  readonly host?: string;
  readonly charset?: 'utf-8' | 'gb18030';
  readonly controlId?: string;
  readonly times?: number;
  readonly json?: boolean;
}

/** MSH-10 and MSH-18 of a message to be written. */
export function headOf({ controlId, charset }: DeliveryOptions) {
  return { controlId: controlId ?? randomBytes(6).toString('hex').toUpperCase(), ...(charset === 'gb18030' ? { charset: 'GB 18030-2000' as const } : {}) };
}

/** Sends a message as often as asked, prints the answers, and sets exit code 1 unless the last is AA. */
export async function deliver(message: string | Buffer, folder: string, options: DeliveryOptions, about: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const port = options.port ?? mllpPort(folder);
  const answers = await sendMessages(Array.from({ length: options.times ?? 1 }, () => message), { port, ...(options.host ? { host: options.host } : {}) });
  const last = readAnswer(answers.at(-1) ?? '');
  if (options.json) process.stdout.write(`${JSON.stringify({ ...about, ...last, answers }, null, 2)}\n`);
  else {
    for (const [name, value] of Object.entries(about)) process.stdout.write(`${name}: ${value}\n`);
    for (const answer of answers) process.stdout.write(describeAnswer(answer));
    if (answers.length > 1) process.stdout.write(new Set(answers).size === 1 ? '各次回答逐字相同 / every answer is the same, byte for byte\n' : '各次回答不同 / the answers differ\n');
  }
  const isAccepted = last.acknowledgment === 'AA';
  process.exitCode = isAccepted ? 0 : 1;
  return isAccepted;
}
