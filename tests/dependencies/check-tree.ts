import { z } from 'zod';
import { isAllowed, parseLicence } from './licence-expression.ts';
import type { DependencyTree, LockedPackage } from './read-tree.ts';

/** The form of `policy.json`. A name may end in `*`. */
export const policySchema = z.strictObject({
  about: z.string(),
  allowedLicences: z.array(z.string()),
  licenceExceptions: z.array(z.strictObject({ packages: z.array(z.string()).min(1), licence: z.string(), licenceFile: z.string().optional(), mark: z.string().optional(), reason: z.string().min(10) })),
  pinned: z.strictObject({ reason: z.string().min(10), packages: z.array(z.string()) }),
  installScripts: z.array(z.strictObject({ packages: z.array(z.string()).min(1), isAllowed: z.boolean(), reason: z.string().min(10) })),
});
export type DependencyPolicy = z.infer<typeof policySchema>;

export interface DependencyFinding {
  readonly code: 'LICENCE_MISSING' | 'LICENCE_UNKNOWN' | 'LICENCE_NOT_ALLOWED' | 'LICENCE_FILE_DIFFERS' | 'NOT_PINNED' | 'INSTALL_SCRIPT_UNDECIDED' | 'INSTALL_SCRIPT_ALLOWED' | 'SOURCE_NAMED' | 'INTEGRITY_MISSING' | 'EXCEPTION_UNUSED';
  /** The package, or the exception's own name. */
  readonly name: string;
  readonly message: string;
}

/** A package with the licence by which it is used: the one chosen of several, or the one found in its folder. */
export interface LicensedPackage extends LockedPackage {
  readonly usedBy: string;
}

export interface CheckedTree {
  readonly findings: readonly DependencyFinding[];
  readonly packages: readonly LicensedPackage[];
}

const matches = (pattern: string, name: string): boolean => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name);

/** Checks what ships, and how all of it is fetched. What is for development alone may have any licence, since nobody receives it. */
export function checkTree(tree: DependencyTree, policy: DependencyPolicy): CheckedTree {
  const used = new Set<string>();
  const findings: DependencyFinding[] = [];
  const find = (code: DependencyFinding['code'], name: string, message: string): void => void findings.push({ code, name, message });
  const packages = tree.packages.map((each): LicensedPackage => ({ ...each, usedBy: licenceOf(each, tree, policy, used, find) }));
  for (const { path, name, version, resolved, hasIntegrity, hasInstallScript } of tree.packages) {
    if (resolved !== undefined) find('SOURCE_NAMED', path, `Expected the lock to leave the source to .npmrc, but ${path} comes from ${resolved.replace(/^(\w+:\/\/[^/]*).*/, '$1')}`);
    if (!hasIntegrity) find('INTEGRITY_MISSING', path, `Expected a hash of ${path} ${version} in the lock, but there is none`);
    const decision = policy.installScripts.find(({ packages: patterns }) => patterns.some((pattern) => matches(pattern, name)));
    if (hasInstallScript && !decision) find('INSTALL_SCRIPT_UNDECIDED', path, `Expected a decision about the install script of ${path}, but the policy has none`);
  }
  for (const [name, isGiven] of Object.entries(tree.allowScripts)) {
    const decision = policy.installScripts.find(({ packages: patterns }) => patterns.some((pattern) => matches(pattern, name)));
    if (isGiven && decision?.isAllowed !== true) find('INSTALL_SCRIPT_ALLOWED', name, `Expected package.json to allow only install scripts of the policy, but it allows that of ${name}`);
  }
  for (const pattern of policy.pinned.packages) {
    const direct = Object.entries(tree.direct).filter(([name]) => matches(pattern, name));
    if (direct.length === 0) find('EXCEPTION_UNUSED', pattern, `Expected a direct dependency ${pattern}, which the policy pins, but there is none`);
    for (const [name, range] of direct) if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range)) find('NOT_PINNED', name, `Expected one version of ${name}, but package.json has ${range}`);
  }
  for (const pattern of policy.licenceExceptions.flatMap((exception) => exception.packages)) if (!used.has(pattern)) find('EXCEPTION_UNUSED', pattern, `Expected a package that needs the exception for ${pattern}, but there is none`);
  return { findings, packages };
}

type Find = (code: DependencyFinding['code'], name: string, message: string) => void;

function licenceOf(each: LockedPackage, tree: DependencyTree, policy: DependencyPolicy, used: Set<string>, find: Find): string {
  const { path, licence, isDevelopmentOnly } = each;
  const expression = licence === undefined ? undefined : parseLicence(licence);
  if (isDevelopmentOnly) return licence ?? 'none named';
  for (const { packages, licence: chosen, licenceFile, mark } of policy.licenceExceptions) {
    const pattern = packages.find((one) => matches(one, path));
    if (pattern === undefined) continue;
    used.add(pattern);
    if (licence !== undefined && expression && !isAllowed(expression, new Set([...policy.allowedLicences, chosen]))) find('LICENCE_NOT_ALLOWED', path, `Expected ${chosen}, for which there is an exception, but ${path} is under ${licence}`);
    if (licenceFile !== undefined && !(tree.readFile(path, licenceFile) ?? '').includes(mark ?? '\0')) find('LICENCE_FILE_DIFFERS', path, `Expected ${licenceFile} of ${path} to say what the policy says, but it does not`);
    return chosen;
  }
  if (licence === undefined) find('LICENCE_MISSING', path, `Expected ${path} to name its licence, but it names none`);
  else if (!expression) find('LICENCE_UNKNOWN', path, `Expected an SPDX expression, but ${path} says "${licence}"`);
  else if (!isAllowed(expression, new Set(policy.allowedLicences))) find('LICENCE_NOT_ALLOWED', path, `Expected a licence of the list, but ${path} is under ${licence}`);
  return licence ?? 'none named';
}
