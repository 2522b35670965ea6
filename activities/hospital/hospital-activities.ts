import type { AnyServiceActivity } from '../service-activity.ts';
import { dispense } from './cabinet-dispense.ts';
import { sendAdministration } from './send-administration.ts';
import { sendOrderStatus } from './send-order-status.ts';

/** What a process may ask of the HIS and of the medication cabinets. */
export const hospitalActivities: readonly AnyServiceActivity[] = [sendOrderStatus, sendAdministration, dispense];
