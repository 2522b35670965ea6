/** The demo hospital: two wards and forty synthetic patients. Nothing of it is of a real person. */
export { demoMedications, gtin14 } from './catalogue.ts';
export { demoActiveOrders, demoLoopOrders, demoOrder } from './orders.ts';
export { demoPatients, demoWards, encounterIdOf, patientIdOf, wristbandOf, type DemoPatient } from './patients.ts';
export { seedDemoHospital, type SeededHospital } from './seed-demo-hospital.ts';
export { startDemoOrders } from './start-demo-orders.ts';
