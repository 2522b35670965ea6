/** What a side is begun with. */
export interface SideData {
  readonly databaseUrl: string;
  /** With the product's policy, or with the same resolvers and nothing asked. */
  readonly hasPolicy: boolean;
}

export interface SideQuestion {
  readonly requests: number;
  /** How many of them are under way at a time. */
  readonly atOnce: number;
}

export interface SideAnswer {
  readonly wallMs: number;
  /** Of the whole process; only one side runs at a time. */
  readonly cpuMs: number;
  /** SHA-256 of the last answer, with its length and how it begins. */
  readonly digest: string;
  readonly bytes: number;
  readonly begins: string;
}
