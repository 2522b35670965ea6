export { bpmnDocumentSchema, type BpmnDocument, type BpmnElement, type BpmnNode } from './document.ts';
export { defaultBpmnLimits, type BpmnLimits } from './limits.ts';
export { parseBpmnXml, type ParsedBpmn } from './parse-bpmn-xml.ts';
export { writeBpmnXml } from './write-xml.ts';
export { type ImportOptions } from './import/import-context.ts';
export { processesOf, toProcessDefinition, type ExecutableForm } from './to-process-definition.ts';
export { fromProcessDefinition } from './from-process-definition.ts';
export { drawingOf, type ActivityMarker, type DrawnElement, type DrawnFlow, type Drawing } from './drawing.ts';
