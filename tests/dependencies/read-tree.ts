import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(), license: z.string().optional(), resolved: z.string().optional(), integrity: z.string().optional(),
      dev: z.boolean().optional(), link: z.boolean().optional(), inBundle: z.boolean().optional(), hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}), devDependencies: z.record(z.string(), z.string()).default({}), allowScripts: z.record(z.string(), z.boolean()).default({}) });

/** A package of the lock. */
export interface LockedPackage {
  /** `elkjs`, or `a/node_modules/elkjs` where it is another's own. */
  readonly path: string;
  /** Without the packages that hold it. */
  readonly name: string;
  readonly version: string;
  /** As its package.json says. */
  readonly licence?: string;
  /** Where the lock says that it comes from. */
  readonly resolved?: string;
  readonly hasIntegrity: boolean;
  /** Not installed with `--omit=dev`. */
  readonly isDevelopmentOnly: boolean;
  readonly hasInstallScript: boolean;
}

export interface DependencyTree {
  readonly packages: readonly LockedPackage[];
  /** Ranges as package.json has them. */
  readonly direct: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  /** A file of an installed package; undefined where it is not there. */
  readonly readFile: (path: string, file: string) => string | undefined;
}

/** Reads what package.json, the lock and the folder of packages say. */
export function readTree(root: string): DependencyTree {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const { dependencies, devDependencies, allowScripts } = manifestSchema.parse(json('package.json'));
  const { packages } = lockSchema.parse(json('package-lock.json'));
  const locked = Object.entries(packages).filter(([path]) => path !== '').map(([key, { version = '', license, resolved, integrity, dev, link, inBundle, hasInstallScript }]): LockedPackage => {
    const path = key.replace(/^node_modules\//, '');
    return {
      path,
      name: path.split('node_modules/').at(-1) ?? path,
      version,
      ...(license === undefined ? {} : { licence: license }),
      ...(resolved === undefined ? {} : { resolved }),
      hasIntegrity: integrity !== undefined || link === true || inBundle === true,
      isDevelopmentOnly: dev === true,
      hasInstallScript: hasInstallScript === true,
    };
  });
  return {
    packages: locked,
    direct: { ...dependencies, ...devDependencies },
    allowScripts,
    readFile: (path, file) => {
      const full = join(root, 'node_modules', path, file);
      return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
    },
  };
}
