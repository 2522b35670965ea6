import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { z } from 'zod';

/** The parts of the engine's module that are used; its own types are generated without the first. */
interface EngineModule {
  readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  readonly SchemaEngine: typeof SchemaEngine;
}

/**
 * The SQL that leads from one Prisma schema to another; undefined when they agree. The engine
 * asks the server at `url` for its version and reads nothing else: it cannot read PostgreSQL 18's catalog
 * over this adapter, which is why the schema that the migrations lead to is kept beside them.
 */
export async function diffSchema(url: string, from: string | undefined, to: string): Promise<string | undefined> {
  const module = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(url));
  const engine = await module.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  const datamodel = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  const result = await engine.diff({
    from: from === undefined ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.exitCode === 0 ? undefined : (result.stdout ?? undefined);
}

/** Loads the engine by hand: importing a .wasm file needs a flag of Node 20. */
async function loadEngine(): Promise<EngineModule> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  // The module has exactly these members; its own declaration lists the wasm side only.
  const engine = (await import(script)) as EngineModule;
  const bytes = readFileSync(script.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine as unknown as WebAssembly.ModuleImports });
  engine.__wbg_set_wasm(instance.exports);
  z.function().parse(instance.exports['__wbindgen_start'])();
  return engine;
}
