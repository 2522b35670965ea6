/** The suite's neutral expressions in FEEL, each text by itself. A letter is looked for in a variable that may be absent. */
const letters = ['a', 'b', 'c'].flatMap((letter): [string, string][] => {
  const contains = `test != null and contains(test, "${letter}")`;
  return [[`test.contains("${letter}")`, contains], [`!test.contains("${letter}")`, `not(${contains})`]];
});

/** Zero where a process was started without it. */
export const integerVariable = '(if integerVariable = null then 0 else integerVariable)';

const table: ReadonlyMap<string, string> = new Map([
  ...letters,
  ['integerVariable<2', `${integerVariable} < 2`],
  ['integerVariable<3', `${integerVariable} < 3`],
  ['${integerVariable}', integerVariable],
  ['activationCount >= 1', 'activationCount >= 1'],
  ['activationCount>=1', 'activationCount >= 1'],
  ['true', 'true'],
  ['false', 'false'],
  ['3', '3'],
  ['-1', '-1'],
]);

/** Words that stand in scripts; what they do is put in afterwards. */
export const scriptWord = /^(?:CREATE_LOG_FILE|SCRIPT_task[1-5]|CREATE_TIMESTAMP_LOG_[12]|CREATE_MARKER_FILE|INCREMENT_INTEGER_VARIABLE(?:_AND_LOG)?|WAIT_TEN_SECONDS|SET_STRING_DATA|LOG_DATA|THROW_ERROR)$/;

/** The FEEL for a text of the suite; undefined for one that its page does not list. */
export function translateExpression(text: string): string | undefined {
  const trimmed = text.trim();
  if (scriptWord.test(trimmed)) return 'null';
  if (/^P(?:\d+D)?(?:T(?:\d+[HMS])+)?$/.test(trimmed)) return `duration("${trimmed}")`;
  if (/^R\d*\/P/.test(trimmed)) return `"${trimmed}"`;
  return table.get(trimmed);
}
