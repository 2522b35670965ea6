export { createCdsHooksDoor } from './door.ts';
