// Sources run as they are, and a thread begins without the loader of the process that starts it.
import { register } from 'tsx/esm/api';

register();
await import('./side.ts');
