import type { Database } from '#database';

/** What changed; it holds no data, whoever hears of it reads what they may see. */
export interface OutboxEvent {
  /** The cursor to resume from. */
  readonly id: bigint;
  /** instance | task | incident | alert | access */
  readonly topic: string;
  readonly instanceId: string | null;
  /** The engine's id of the task. */
  readonly taskId: string | null;
  readonly unit: string | null;
  /** Of `access`: whose access to a patient changed; null where everybody's did. */
  readonly personId: string | null;
  /** Of `access`: the patient. `unit` is then the ward that they have left. */
  readonly patientId: string | null;
}

export interface OutboxFilter {
  readonly topics: readonly string[];
  readonly instanceId?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly topic: string;
  readonly instance_id: string | null;
  readonly task_id: string | null;
  readonly unit: string | null;
  readonly person_id: string | null;
  readonly patient_id: string | null;
}

export interface OutboxPage {
  readonly events: readonly OutboxEvent[];
  readonly isFull: boolean;
}

const pageSize = 500;

/** Queries on `outbox_event`. */
export function createOutboxTable({ pool }: Pick<Database, 'pool'>) {
  async function read(condition: string, parameters: readonly unknown[]): Promise<OutboxPage> {
    const { rows } = await pool.query<Row>(`select id::text, topic, instance_id, task_id, unit, person_id, patient_id from outbox_event where ${condition} order by outbox_event.id limit ${pageSize}`, [...parameters]);
    return { events: rows.map((row) => ({ id: BigInt(row.id), topic: row.topic, instanceId: row.instance_id, taskId: row.task_id, unit: row.unit, personId: row.person_id, patientId: row.patient_id })), isFull: rows.length === pageSize };
  }

  return {
    /** Events after `newest`, and those of `gaps` that have come since. */
    readNew: (newest: bigint, gaps: readonly bigint[]) => read('id > $1 or id = any($2::bigint[])', [newest.toString(), gaps.map(String)]),

    /** Events after `from` that the filter takes. */
    readPast: (from: bigint, { topics, instanceId }: OutboxFilter) => read('id > $1 and topic = any($2) and ($3::uuid is null or instance_id = $3)', [from.toString(), topics, instanceId ?? null]),

    /** The newest id, at or before `id`, that is older than `lagMs`: no transaction with an earlier id is still open. */
    async settledBefore(id: bigint | undefined, lagMs: number): Promise<bigint> {
      const { rows } = await pool.query<{ id: string }>(
        `select id::text from outbox_event where ($1::bigint is null or id <= $1) and created_at < now() - $2 * interval '1 millisecond' order by outbox_event.id desc limit 1`,
        [id?.toString() ?? null, lagMs],
      );
      return BigInt(rows[0]?.id ?? 0);
    },
  };
}

export type OutboxTable = ReturnType<typeof createOutboxTable>;
