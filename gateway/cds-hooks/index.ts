export { overrideReasonName } from './cards.ts';
export { createCdsHooksDoor } from './door.ts';
