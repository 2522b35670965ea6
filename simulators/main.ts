import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCabinet } from './cabinet/cabinet.ts';
import { startControl } from './control.ts';
import { openEffectLog } from './effects.ts';
import { startHisServer } from './his/his-server.ts';
import { allOff } from './switches.ts';

/** TCP ports on loopback; `0` takes a free one. */
export interface SimulatorSettings {
  readonly hisPort: number;
  readonly mqttPort: number;
  readonly simulatorControlPort: number;
  /** The simulators keep their effects in `simulators/` below it and write `simulators.json`. */
  readonly dataFolder: string;
}

export interface RunningSimulators {
  readonly ports: { readonly his: number; readonly mqtt: number; readonly control: number };
  close(): Promise<void>;
}

/** Starts HIS, cabinet and their control desk; `simulators.json` in the data folder says where they are. */
export async function startSimulators({ hisPort, mqttPort, simulatorControlPort, dataFolder }: SimulatorSettings): Promise<RunningSimulators> {
  const boards = { his: { current: allOff }, cabinet: { current: allOff } };
  const effects = openEffectLog(join(dataFolder, 'simulators', 'effects.jsonl'));
  const running: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    running.push(part);
    return part;
  };
  const close = async (): Promise<void> => {
    await Promise.all(running.map((part) => part.close()));
  };
  try {
    const his = keep(await startHisServer(hisPort, effects, boards.his));
    const cabinet = keep(await startCabinet(mqttPort, effects, boards.cabinet));
    const control = keep(await startControl(simulatorControlPort, effects, boards));
    const ports = { his: his.port, mqtt: cabinet.port, control: control.port };
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(join(dataFolder, 'simulators.json.new'), `${JSON.stringify(ports)}\n`);
    renameSync(join(dataFolder, 'simulators.json.new'), join(dataFolder, 'simulators.json'));
    return { ports, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs the simulators until the signal is aborted. */
export async function runSimulators(settings: SimulatorSettings, signal: AbortSignal): Promise<void> {
  const { close } = await startSimulators(settings);
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await close();
}
