/** What changed, as a resumable stream. */
export { createOutbox, type Outbox, type OutboxReader } from './outbox.ts';
