import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProcessBundle, ProcessDefinition } from '#engine';
import type { RuleSetDocument } from '#rules';

/** A process as it lies in a folder: its definition (not yet checked) and its rule sets. */
export interface ProcessFolder {
  readonly path: string;
  /** JSON of `process.json`, for `parseDefinition`. */
  readonly json: unknown;
  readonly ruleSets: readonly RuleSetDocument[];
}

/** What keeps a file from being read; the command was given something that it cannot use. */
export class UsageError extends Error {
  readonly exitCode = 2;
}

/** Reads a definition file, or a process folder with `process.json` and `rules/*.json`. Throws UsageError. */
export function readProcess(path: string): ProcessFolder {
  if (!existsSync(path)) throw new UsageError(`Expected a definition or a process folder, but ${path} does not exist`);
  const isFolder = statSync(path).isDirectory();
  const file = isFolder ? join(path, 'process.json') : path;
  const folder = isFolder ? path : dirname(path);
  const rules = isFolder || basename(path) === 'process.json' ? join(folder, 'rules') : undefined;
  // Only shape is promised here; compileRuleSet checks each document before it is used.
  const ruleSets = rules && existsSync(rules) ? jsonFiles(rules).map((name) => readJson(name) as RuleSetDocument) : [];
  return { path: folder, json: readJson(file), ruleSets };
}

/** The definition with the rule sets that it pins, as they would be published. */
export function bundleOf(definition: ProcessDefinition, ruleSets: readonly RuleSetDocument[]): ProcessBundle {
  return { format: 'careloop-bundle/1', definition, ruleSets: Object.fromEntries(ruleSets.map((document) => [`${document.key}@${document.version}`, document])) };
}

/** The JSON files of a folder, by name. */
export function jsonFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => join(folder, name));
}

/** Throws UsageError when the file cannot be read or is no JSON. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Expected a readable file, but ${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  }
  return parseJson(text, file);
}

/** JSON given on the command line, or `@file`. Throws UsageError. */
export function readJsonArgument(argument: string, what: string): unknown {
  return argument.startsWith('@') ? readJson(argument.slice(1)) : parseJson(argument, what);
}

/** A JSON object given on the command line, or `@file`. Throws UsageError. */
export function readJsonObject(argument: string, what: string): Readonly<Record<string, unknown>> {
  const value = readJsonArgument(argument, what);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`Expected ${what} to be a JSON object, but it is something else`);
  // Every JSON object is a record.
  return value as Readonly<Record<string, unknown>>;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`Expected ${what} to be JSON, but it is not`);
  }
}
