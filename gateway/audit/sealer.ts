import type pg from 'pg';
import { fromHex, MerkleFrontier, nodeCrypto, recordLeafHash, signTreeHead, toHex, type AuditSigner, type TreeHead } from '#audit';
import type { Database } from '#database';
import { auditColumns, toAuditRecord, type AuditRow } from './audit-rows.ts';
import { SealHorizon } from './seal-horizon.ts';

export interface SealerOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly signer: AuditSigner;
  /** Time between two rounds; 1,000 ms when absent. */
  readonly intervalMs?: number;
  /** Entries under one head at most; 1,000 when absent. */
  readonly batchSize?: number;
  /** Told of each new head, so that it can be kept elsewhere too. */
  readonly onHead?: (head: TreeHead) => void;
  /** Told when a round fails; the next one tries again, except after AUDIT_LOG_DAMAGED. */
  readonly onError?: (error: Error) => void;
}

/** Appends entries to the Merkle log and signs its head. Any number may run: an advisory lock lets one seal at a time. */
export interface Sealer {
  start(): void;
  /** Resolves when a round that is under way has ended. */
  stop(): Promise<void>;
  /** Seals everything committed so far; resolves with the newest head, or undefined when the log is empty. */
  sealNow(): Promise<TreeHead | undefined>;
  /** Since when (ms since 1970) a transaction that does not end keeps entries from being sealed. */
  readonly heldBackSince: number | undefined;
}

/** The stored leaves do not give the signed root: somebody changed them. Nothing is signed on top of that. */
export class AuditLogDamagedError extends Error {
  readonly code = 'AUDIT_LOG_DAMAGED';
}

interface HeadRow {
  readonly size: string;
  readonly root_hash: string;
  readonly key_id: string;
  readonly signature: string;
  readonly signed_at: Date;
}

const patienceMs = 500;
const leavesAtOnce = 20_000;

export function createSealer({ database: { pool }, signer, intervalMs = 1_000, batchSize = 1_000, onHead, onError }: SealerOptions): Sealer {
  const horizon = new SealHorizon(pool);
  let frontier = new MerkleFrontier(nodeCrypto);
  let lastHead: TreeHead | undefined;
  let isSwept = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = true;
  let round: Promise<unknown> = Promise.resolve();

  /** One transaction: leaves and head together, or neither. Returns `batchSize` when there may be more to seal. */
  async function sealBatch(upTo: number, waitForTurn: boolean): Promise<number> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      if (!(await takeTurn(client, waitForTurn))) {
        await client.query('rollback');
        client.release();
        return 0;
      }
      lastHead = await catchUp(client);
      const behind = isSwept ? [] : await leftBehind(client, batchSize);
      const rows = behind.length > 0 ? behind : await unsealed(client, upTo, batchSize);
      const next = frontier.copy();
      const head = rows.length === 0 ? undefined : await append(client, next, rows, signer);
      await client.query('commit');
      client.release();
      isSwept ||= behind.length === 0;
      if (head) {
        frontier = next;
        lastHead = head;
        onHead?.(head);
      }
      return rows === behind ? batchSize : rows.length;
    } catch (error) {
      const failed = await client.query('rollback').then(() => undefined, (reason: Error) => reason);
      client.release(failed);
      throw error;
    }
  }

  /** Reads the leaves that another sealer, or an earlier run, has appended, and checks them against the newest head. */
  async function catchUp(client: pg.PoolClient): Promise<TreeHead | undefined> {
    const { rows: heads } = await client.query<HeadRow>('select size, root_hash, key_id, signature, signed_at from audit_tree_head order by size desc limit 1');
    const head = heads[0] && toTreeHead(heads[0]);
    const size = head?.size ?? 0;
    if (frontier.size === size) return head;
    const next = frontier.size < size ? frontier.copy() : new MerkleFrontier(nodeCrypto);
    while (next.size < size) {
      const { rows: leaves } = await client.query<{ leaf_hash: string }>('select leaf_hash from audit_leaf where index >= $1 and index < $2 order by index', [next.size, Math.min(size, next.size + leavesAtOnce)]);
      if (leaves.length === 0) break;
      for (const leaf of leaves) next.append(fromHex(leaf.leaf_hash) ?? new Uint8Array());
    }
    if (next.size !== size || toHex(next.root) !== head?.rootHash) {
      throw new AuditLogDamagedError(`Expected the stored leaves to give the signed root of size ${size}, but they do not. Export the log, verify it and compare with a copy kept elsewhere.`);
    }
    frontier = next;
    return head;
  }

  async function sealUpTo(upTo: number, waitForTurn: boolean): Promise<void> {
    while ((await sealBatch(upTo, waitForTurn)) === batchSize);
  }

  function schedule(delayMs: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = horizon
        .advance(patienceMs)
        .then((upTo) => sealUpTo(upTo, false))
        .then(() => schedule(intervalMs), (error: Error) => {
          onError?.(error);
          if (!(error instanceof AuditLogDamagedError)) schedule(intervalMs);
        });
    }, delayMs);
  }

  return {
    start() {
      if (!isStopped) return;
      isStopped = false;
      schedule(0);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
    async sealNow() {
      // A first horizon may have been observed before this call; the second was not.
      await horizon.advance(patienceMs);
      await sealUpTo(await horizon.advance(patienceMs), true);
      return lastHead;
    },
    get heldBackSince() {
      return horizon.heldBackSince;
    },
  };
}

/** `care` and `loop` as two integers. */
const turn = [0x63617265, 0x6c6f6f70];

async function takeTurn(client: pg.PoolClient, wait: boolean): Promise<boolean> {
  if (wait) {
    await client.query('select pg_advisory_xact_lock($1, $2)', turn);
    return true;
  }
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1, $2) as taken', turn);
  return rows[0]?.taken === true;
}

/** New entries, in the order of their numbers. */
async function unsealed(client: pg.PoolClient, upTo: number, limit: number): Promise<readonly AuditRow[]> {
  const { rows } = await client.query<AuditRow>(
    `select ${auditColumns} from audit_entry e where e.id <= $1 and e.id > coalesce((select max(entry_id) from audit_leaf), 0) order by e.id limit $2`,
    [upTo, limit],
  );
  return rows;
}

/** Entries below the last sealed one that have no leaf: written with a number of their own choice, around the product. */
async function leftBehind(client: pg.PoolClient, limit: number): Promise<readonly AuditRow[]> {
  const { rows } = await client.query<AuditRow>(
    `select ${auditColumns} from audit_entry e
     where e.id < (select max(entry_id) from audit_leaf) and not exists (select from audit_leaf l where l.entry_id = e.id)
     order by e.id limit $1`,
    [limit],
  );
  return rows;
}

async function append(client: pg.PoolClient, frontier: MerkleFrontier, rows: readonly AuditRow[], signer: AuditSigner): Promise<TreeHead> {
  const first = frontier.size;
  const hashes = rows.map((row) => recordLeafHash(nodeCrypto, toAuditRecord(row)));
  for (const hash of hashes) frontier.append(hash);
  const head = signTreeHead(signer, { size: frontier.size, rootHash: toHex(frontier.root), signedAt: new Date().toISOString() });
  await client.query('insert into audit_leaf (index, entry_id, leaf_hash) select * from unnest($1::bigint[], $2::bigint[], $3::text[])', [rows.map((_row, index) => first + index), rows.map((row) => row.id), hashes.map(toHex)]);
  await client.query('insert into audit_tree_head (size, root_hash, key_id, signature, signed_at) values ($1, $2, $3, $4, $5)', [head.size, head.rootHash, head.keyId, head.signature, head.signedAt]);
  return head;
}

function toTreeHead(row: HeadRow): TreeHead {
  return { size: Number(row.size), rootHash: row.root_hash, keyId: row.key_id, signature: row.signature, signedAt: row.signed_at.toISOString() };
}
