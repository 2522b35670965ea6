export { createSideThread, type SideThread, type SideThreadAnswer, type SideThreadOptions } from './side-thread.ts';
