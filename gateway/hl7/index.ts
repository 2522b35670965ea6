/** The HL7 v2 door: orders, results and patient updates of hospital systems over MLLP. */
export { startMllpDoor, type MllpDoor, type MllpDoorOptions } from './door.ts';
