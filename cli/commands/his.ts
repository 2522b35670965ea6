import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Effect, NewOrder, OrderChange, Switches } from '../../simulators/index.ts';
import type { DeliveryOptions } from '../his/deliver.ts';

/**
 * `careloop his …`: the hospital information system's part, for demo and test. Messages go over MLLP to the
 * running installation (its port stands in the data folder's ports.json). Exit 0 for AA, 1 for any other answer.
 */
export function registerHis(program: Command): void {
  const his = program.command('his').description('play the hospital information system: send orders and results, turn the simulators\' switches');
  registerOrders(his);
  registerResults(his);
  registerDesk(his);
}

function registerOrders(his: Command): void {
  withDelivery(his.command('send-order'))
    .description('send a new medication order')
    .requiredOption('--patient <id>', 'patient (PID-3)')
    .requiredOption('--drug <code>', 'code in the drug catalogue')
    .requiredOption('--dose <number>', 'single dose')
    .requiredOption('--unit <ucum>', 'unit of the dose')
    .requiredOption('--route <code>', 'PO, IV, …')
    .requiredOption('--frequency <code>', 'qd, bid, tid, q8h, once, prn, …')
    .option('--order <id>', 'placer order number (ORC-2); a new one when absent')
    .option('--stat', 'priority stat')
    .option('--rescue', 'rescue order: done first, recorded as late')
    .option('--ordered-by <id>', 'the doctor (ORC-12)')
    .option('--volume-ml <number>', 'volume of the infusion')
    .option('--rate-ml-per-hour <number>', 'rate of the infusion')
    .addOption(new Option('--line <kind>', 'line of the infusion').choices(['peripheral', 'central']))
    .option('--start-at <instant>', 'ISO 8601')
    .addOption(new Option('--type <type>', 'message type').choices(['ORM^O01', 'OMP^O09', 'RDE^O11']).default('ORM^O01'))
    .action(async ({ order, stat, rescue, ...options }: Omit<NewOrder, 'orderId' | 'controlId' | 'charset' | 'priority'> & DeliveryOptions & { order?: string; stat?: boolean; rescue?: boolean }) => {
      const { deliver, headOf, folder, writeNewOrder } = await load();
      const { rememberOrder } = await import('../his/order-book.ts');
      const orderId = order ?? `O${Date.now()}`;
      const { charset: _charset, ...content } = options;
      const message = writeNewOrder({ ...content, ...headOf(options), orderId, priority: rescue ? 'rescue' : stat ? 'stat' : 'routine' });
      if (await deliver(message, folder, options, { order: orderId })) rememberOrder(folder, orderId, options.patient);
    });

  const changes = [['discontinue', 'DC', 'stop an order'], ['cancel', 'CA', 'cancel an order before any dose'], ['hold', 'HD', 'hold an order'], ['release', 'RL', 'release a held order']] as const;
  for (const [name, control, description] of changes) {
    withDelivery(his.command(name))
      .description(description)
      .requiredOption('--order <id>', 'placer order number (ORC-2)')
      .option('--patient <id>', 'patient (PID-3); known for orders sent from here')
      .option('--reason <text>', 'why (ORC-16)')
      .option('--ordered-by <id>', 'the doctor (ORC-12)')
      .action(async (options: Partial<OrderChange> & DeliveryOptions & { order: string }, command: Command) => {
        const { deliver, headOf, folder, writeOrderChange } = await load();
        const { patientOf } = await import('../his/order-book.ts');
        const patient = options.patient ?? patientOf(folder, options.order);
        if (patient === undefined) return command.error(`Expected --patient, since order ${options.order} was not sent from here, but it is missing`, { exitCode: 2 });
        const message = writeOrderChange({ ...headOf(options), orderId: options.order, patient, control, ...(options.reason ? { reason: options.reason } : {}), ...(options.orderedBy ? { orderedBy: options.orderedBy } : {}) });
        await deliver(message, folder, options);
      });
  }
}

function registerResults(his: Command): void {
  withDelivery(his.command('lab'))
    .description('send a laboratory result (ORU^R01)')
    .requiredOption('--patient <id>', 'patient (PID-3)')
    .requiredOption('--code <loinc>', 'LOINC code, for example 2823-3 (potassium)')
    .requiredOption('--value <number>', 'result')
    .requiredOption('--unit <ucum>', 'unit')
    .option('--observed-at <instant>', 'ISO 8601; now when absent')
    .action(async (options: { patient: string; code: string; value: string; unit: string; observedAt?: string } & DeliveryOptions) => {
      const { deliver, headOf, folder, writeLabResult } = await load();
      const { charset: _charset, ...content } = options;
      await deliver(writeLabResult({ ...content, ...headOf(options) }), folder, options);
    });

  withDelivery(his.command('send'))
    .description('send a message from a file, as it is; LF becomes CR')
    .argument('<file>', 'HL7 v2 message')
    .action(async (file: string, options: DeliveryOptions) => {
      const { deliver, folder } = await load();
      const { readMessageFile } = await import('../his/message-file.ts');
      await deliver(readMessageFile(readFileSync(file)), folder, options);
    });
}

function registerDesk(his: Command): void {
  const onOff = (value: string): boolean => {
    if (value !== 'on' && value !== 'off') throw new InvalidArgumentError('Expected on or off.');
    return value === 'on';
  };
  his
    .command('switch')
    .description('let a simulator misbehave; without options shows its switches')
    .addArgument(his.createArgument('<system>', 'which simulator').choices(['his', 'cabinet']))
    .option('--silent <on|off>', 'neither acts nor answers', onOff)
    .option('--answer-lost <on|off>', 'acts, but does not answer', onOff)
    .option('--duplicate <on|off>', 'answers twice', onOff)
    .option('--reorder <on|off>', 'handles each request after its successor', onOff)
    .option('--delay-ms <number>', 'waits before it acts', wholeNumber)
    .option('--reject-next <number>', 'refuses that many requests', wholeNumber)
    .action(async (system: 'his' | 'cabinet', switches: Partial<Switches>) => {
      const { askControl, folder, controlPort } = await loadDesk();
      const answer = (await askControl(controlPort(folder), '/switches', { [system]: switches })) as Record<typeof system, Switches>;
      process.stdout.write(`${JSON.stringify(answer[system])}\n`);
    });

  his
    .command('effects')
    .description('show what the simulators really did')
    .addOption(new Option('--system <system>', 'only one of them').choices(['his', 'cabinet']))
    .option('--json', 'print one JSON document')
    .action(async ({ system, json }: { system?: string; json?: boolean }) => {
      const { askControl, folder, controlPort } = await loadDesk();
      const { effects } = (await askControl(controlPort(folder), `/effects${system ? `?system=${system}` : ''}`)) as { effects: readonly Effect[] };
      if (json) return void process.stdout.write(`${JSON.stringify({ effects }, null, 2)}\n`);
      for (const { sequence, at, system: doer, kind, id, isRepeat, detail } of effects) {
        const what = Object.entries(detail).filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`).join(' ');
        process.stdout.write(`${String(sequence).padStart(4)} ${at} ${doer.padEnd(7)} ${kind} ${id}${isRepeat ? ' (重复 / repeat)' : ''} ${what}\n`);
      }
    });
}

function withDelivery(command: Command): Command {
  return command
    .option('--port <number>', 'port of the HL7 door; from ports.json when absent', wholeNumber)
    .option('--host <name>', 'host of the HL7 door')
    .addOption(new Option('--charset <name>', 'character set of the message').choices(['utf-8', 'gb18030']))
    .option('--control-id <id>', 'MSH-10; a new one when absent')
    .option('--times <number>', 'send the same message that often', wholeNumber)
    .option('--json', 'print one JSON document');
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

/** Loaded on use: other commands need no HL7. */
async function load() {
  const [delivery, writers, { dataFolder }] = await Promise.all([import('../his/deliver.ts'), import('../../simulators/index.ts'), import('../his/installation.ts')]);
  return { ...delivery, ...writers, folder: dataFolder() };
}

async function loadDesk() {
  const [{ askControl }, { controlPort, dataFolder }] = await Promise.all([import('../his/ask-control.ts'), import('../his/installation.ts')]);
  return { askControl, controlPort, folder: dataFolder() };
}
