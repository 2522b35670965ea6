/** Stand-ins for the hospital's systems and hardware, each speaking its real protocol. For demo and tests. */
export type { Effect } from './effects.ts';
export { sendMessages, type SendOptions } from './his/send.ts';
export { toFrame } from './his/mllp-stream.ts';
export { writeLabResult, writeNewOrder, writeOrderChange, type LabResult, type NewOrder, type OrderChange } from './his/write-order.ts';
export { runSimulators, startSimulators, type RunningSimulators, type SimulatorSettings } from './main.ts';
export { switchesSchema, type Switches } from './switches.ts';
