import type { personRoles } from './policy.ts';

const names: Readonly<Record<(typeof personRoles)[number], readonly string[]>> = {
  doctor: ['王建国', '赵雪梅', '孙立'],
  nurse: ['李敏', '周婷', '吴佳'],
  'head-nurse': ['张慧', '刘芳', '郑洁'],
  pharmacist: ['陈思远', '许文静'],
  auditor: ['黄正'],
  operator: ['林涛'],
  'process-owner': ['何静'],
  finance: ['高远', '马丽'],
  'privacy-officer': ['沈洁'],
  'system-administrator': ['郭磊'],
  'security-administrator': ['唐毅'],
};

/** The name of the `index`-th demo person of a role (of a ward role: in the `index`-th ward), marked as synthetic. */
export function demoNames(role: keyof typeof names, index: number): string {
  const known = names[role];
  return `${known[index] ?? `${known[0] ?? role}${index + 1}`}（合成）`;
}
