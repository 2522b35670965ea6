import { parseFeelOnce } from '#rules';
import { allElements, isSubProcess, type ProcessDefinition } from '../../definition/index.ts';
import { parseDuration, parseInstant } from '../../instant.ts';
import type { CheckFinding } from '../finding.ts';
import { literalOf } from '../soundness/formula.ts';
import { assignedVariables, setBy, wayWithout } from './assigned.ts';
import { storable } from './feel-types.ts';
import { placesOf, type Place } from './places.ts';
import { readTypes, variablesRead } from './read-types.ts';

/** What can be said about data without running: names, types, and variables that are read before they are set. */
export function dataFindings(definition: ProcessDefinition): CheckFinding[] {
  const places = placesOf(definition);
  return [...places.flatMap(typeFindings), ...readFindings(definition, places), ...usageFindings(definition, places)];
}

function typeFindings(place: Place): CheckFinding[] {
  const { elementId, purpose, source, names, gives, sets } = place;
  const { type, troubles } = readTypes(source, names);
  const findings: CheckFinding[] = troubles.map(({ code, message }) => ({ code, severity: 'error', elementId, message: `${message} (${purpose})` }));
  const isKnown = type !== 'any' && type !== 'null';
  if (gives && isKnown && !gives.includes(type)) findings.push({ code: gives[0] === 'boolean' ? 'CONDITION_NOT_BOOLEAN' : 'TYPE_MISMATCH', severity: 'error', elementId, message: `Expected the ${purpose} to give a ${gives.join(' or ')}, but it gives a ${type}` });
  if (sets && isKnown && !storable[sets.type].includes(type)) findings.push({ code: 'VARIABLE_WRONG_TYPE', severity: 'error', elementId, message: `Expected a ${sets.type} for variable ${sets.name}, but the ${purpose} gives a ${type}` });
  return [...findings, ...literalFindings(place)];
}

/** Text in place of a time: it can be read here and now. */
function literalFindings({ elementId, purpose, source }: Place): CheckFinding[] {
  const content = parseFeelOnce(source, 'expression').firstChild;
  const literal = content ? literalOf(source, content) : undefined;
  if (typeof literal !== 'string') return [];
  const isInvalid =
    (purpose === 'duration of the timer' || purpose === 'time limit') ? parseDuration(literal) === undefined
    : (purpose === 'time of the timer' || purpose === 'dueDate' || purpose === 'followUpDate') ? parseInstant(literal) === undefined
    : purpose === 'cycle of the timer' && !/^R\d*\/(?:[^/P][^/]*\/)?P[^/]+$/.test(literal);
  return isInvalid ? [{ code: 'TIMER_INVALID', severity: 'error', elementId, message: `Expected the ${purpose} to be readable as ISO 8601, but ${source} is not` }] : [];
}

function readFindings(definition: ProcessDefinition, places: readonly Place[]): CheckFinding[] {
  const { before, after } = assignedVariables(definition);
  const setSomewhere = new Set(allElements(definition).flatMap((element) => setBy(element, [])));
  const declared = new Set([...definition.variables, ...allElements(definition).flatMap((element) => ('variables' in element ? (element.variables ?? []) : []))].map(({ name }) => name));
  const findings = new Map<string, CheckFinding>();
  for (const { elementId, at, purpose, source, names, isAfter } of places) {
    const known = (isAfter ? after : before).get(at);
    if (!known) continue;
    for (const name of variablesRead(source, names).risky) {
      if (known.has(name) || !declared.has(name) || !setSomewhere.has(name)) continue;
      const key = `${elementId} ${name}`;
      if (!findings.has(key)) findings.set(key, { code: 'VARIABLE_READ_UNSET', severity: 'error', elementId, trace: wayWithout(definition, name, at), message: `Expected ${name} to be set before the ${purpose} reads it, but on this way it is not; compare it with null where it may be missing` });
    }
  }
  return [...findings.values()];
}

/** Declared and never used; read and never set by anything. */
function usageFindings(definition: ProcessDefinition, places: readonly Place[]): CheckFinding[] {
  const elements = allElements(definition);
  const read = new Set(places.flatMap(({ source, names }) => [...variablesRead(source, names).read]));
  const set = new Set(elements.flatMap((element) => [...setBy(element, []), ...(isSubProcess(element) ? (element.inputs ?? []).map(({ target }) => target) : [])]));
  // Without inputs, a decision and a called process are given every variable; a form without outputs may set any.
  const takesAll = elements.some((element) => (element.type === 'businessRuleTask' || element.type === 'callActivity') && !element.inputs);
  const setsAny = elements.some((element) => setBy(element, ['*']).includes('*'));
  const findings: CheckFinding[] = [];
  const owners = [{ id: definition.key, variables: definition.variables, isRoot: true }, ...elements.flatMap((element) => ('variables' in element && element.variables ? [{ id: element.id, variables: element.variables, isRoot: false }] : []))];
  for (const { id, variables, isRoot } of owners) {
    for (const { name, required } of variables) {
      const isSet = set.has(name) || setsAny || (isRoot && required);
      if (!read.has(name) && !set.has(name) && !takesAll && !setsAny) findings.push({ code: 'VARIABLE_UNUSED', severity: 'warning', elementId: id, message: `Expected variable ${name} to be used, but nothing reads or sets it` });
      else if (read.has(name) && !isSet) findings.push({ code: 'VARIABLE_NEVER_SET', severity: 'warning', elementId: id, message: `Expected something to set variable ${name}, but nothing does${isRoot ? ': only who starts the process may give it' : ''}` });
    }
  }
  return findings;
}
