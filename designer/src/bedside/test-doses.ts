import type { JsonObject, Patient, Task } from '../graphql/model.ts';
import { doseOf, type Dose } from './due-list.ts';

/** A patient for tests. */
export const testPatient: Patient = { id: 'P:1', patientId: 'P00001', name: '赵德福', gender: 'male', birthDate: '1948-01-12', age: 78, isSynthetic: true, allergyStatus: 'none-known', allergies: [], encounter: { id: 'ZY1', bed: '12', ward: 'W1', wardName: { zhCN: '内科', en: 'Medical' }, wristband: 'WB-1' }, weightKg: 60, maskedFields: [] };

/** A bedside task for tests, with the input that the process gives it. */
export function testTask(id: string, input: JsonObject): Task {
  return { id, taskId: id, elementId: 'administer', name: { zhCN: '床旁给药', en: 'Give' }, status: 'open', candidateRoles: ['nurse'], assignee: null, owner: null, verification: null, followUpAt: null, maskedFields: [], unit: 'W1', dueAt: null, priority: 50, patient: testPatient, input, presentation: 'bedsideScan', why: null, createdAt: '2026-11-22T06:00:00Z', endedAt: null, canClaim: true, canComplete: true, processInstance: null };
}

/** A dose for tests, due in the given window. */
export function testDose(id: string, gtin: string, plannedAt: string, windowOpensAt: string, windowClosesAt: string): Dose {
  return doseOf(testTask(id, { order: { dose: 100, doseUnit: 'mg', route: 'PO', frequency: 'qd', ingredient: 'aspirin' }, dose: { gtin, plannedAt, windowOpensAt, windowClosesAt, medicationName: { 'zh-CN': '阿司匹林', en: 'aspirin' }, highAlert: 'no' } }));
}
