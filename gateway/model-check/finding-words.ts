import type { CheckFinding, LocalizedText } from '#engine';
import { placeInChinese, xmlSentences } from '../xml-words.ts';

/** The element that a finding is about as people call it: its name, else its id; empty when it is about the whole file. */
type Sentence = (what: string) => string;

/** What a file is refused for before anything of it can be drawn. */
const ofFiles: Readonly<Record<string, Sentence>> = {
  ...Object.fromEntries(Object.entries(xmlSentences).map(([code, sentence]) => [code, () => sentence])),
  ENCODING_UNKNOWN: () => '文件的字符编码读不了，请另存为 UTF-8',
  TOO_MANY_FLOW_ELEMENTS: () => '流程元素太多',
  ROOT_UNKNOWN: () => '这是 XML，但不是 BPMN 2.0 文件',
  PROCESS_NOT_FOUND: () => '文件里没有流程，只能画图',
  DEFINITION_NOT_DRAWN: () => '流程定义里的引用有误，画不出图',
};

/** What an element lacks or says that cannot be executed. */
const ofElements: Readonly<Record<string, Sentence>> = {
  DUPLICATE_ID: (what) => `标识“${what}”用了不止一次`,
  DUPLICATE_VARIABLE: (what) => `“${what}”把同一个变量声明了两次`,
  RESERVED_NAME: (what) => `“${what}”用了系统保留的名称`,
  ID_MISSING: (what) => `“${what}”里有元素没有标识`,
  REFERENCE_NOT_FOUND: (what) => `“${what}”引用了文件里没有的元素`,
  ELEMENT_UNKNOWN: (what) => `“${what}”里有 BPMN 2.0 没有的元素，已原样保留`,
  FLOW_ID_ADDED: (what) => `有一条连线没有标识，已命名为“${what}”`,
  SCHEMA: (what) => `“${what}”不符合流程定义的格式`,
  FIELDS_INVALID: (what) => `“${what}”的 careloop:fields 有误`,
  PROCESS_NOT_EXECUTABLE: (what) => `流程“${what}”自己标明不执行`,
  ELEMENT_NOT_EXECUTABLE: (what) => `“${what}”是不能执行的元素，只能画图`,
  EVENT_NOT_EXECUTABLE: (what) => `“${what}”的事件类型在这个位置不能执行`,
  EVENT_MISSING: (what) => `“${what}”没有说明等什么事件`,
  DATA_NOT_EXECUTED: (what) => `“${what}”的数据关联不在变量之间，只画图`,
  EXPRESSION_LANGUAGE_UNKNOWN: (what) => `“${what}”的表达式不是 FEEL`,
  EXPRESSION_NOT_TRANSLATED: (what) => `“${what}”的表达式无法改写成 FEEL`,
  EXPRESSION_UNPARSABLE: (what) => `“${what}”的表达式写错了，读不懂`,
  ACTIVITY_MISSING: (what) => `系统动作“${what}”没有指定要调用的服务`,
  BEHAVIOR_EVENT_MISSING: (what) => `多实例“${what}”没有指明完成时要抛出的事件，因此什么也不会抛出`,
  FORM_MISSING: (what) => `任务“${what}”没有指定表单`,
  ROLES_MISSING: (what) => `任务“${what}”没有说明由谁来做`,
  LANE_AS_ROLE: (what) => `任务“${what}”没有写岗位，暂以泳道名为岗位`,
  RULE_SET_MISSING: (what) => `“${what}”没有指定规则集`,
  SCRIPT_MISSING: (what) => `“${what}”没有脚本`,
  CALLED_ELEMENT_MISSING: (what) => `“${what}”没有说明调用哪个流程`,
  MESSAGE_MISSING: (what) => `“${what}”没有指定消息`,
  SIGNAL_MISSING: (what) => `“${what}”没有指定信号`,
  CORRELATION_KEY_MISSING: (what) => `“${what}”的消息没有关联键，不知道该由哪个实例接收`,
  CORRELATION_KEY_UNEXPECTED: (what) => `“${what}”用来启动流程，不需要关联键`,
  TIMER_INCOMPLETE: (what) => `“${what}”的时间没有写，或写了不止一个`,
  TIMER_INVALID: (what) => `“${what}”的时间格式有误`,
  LITERAL_INVALID: (what) => `“${what}”里的时间不是 ISO 8601 格式`,
  CALENDAR_NOT_FOUND: (what) => `“${what}”用的日历在流程里没有`,
  COLLECTION_MISSING: (what) => `“${what}”要逐个处理，却没有说明处理哪些`,
  OUTPUT_ELEMENT_MISSING: (what) => `“${what}”的输出集合与输出元素只写了一个`,
  MARKER_AMBIGUOUS: (what) => `“${what}”同时有循环和多实例标记`,
  LOOP_ENDLESS: (what) => `“${what}”的循环没有条件也没有次数上限`,
  SUB_PROCESS_EMPTY: (what) => `子流程“${what}”是空的`,
  AD_HOC_EMPTY: (what) => `临时子流程“${what}”里没有可做的步骤`,
  AD_HOC_START_OR_END: (what) => `临时子流程里不应有开始或结束事件“${what}”`,
  SEPARATION_NOT_FOUND: (what) => `“${what}”要求与某一步不同人，但没有那一步`,
  SEPARATION_NOT_A_TASK: (what) => `“${what}”要求不同人的那一步不是人工任务`,
  SEPARATION_FROM_ITSELF: (what) => `“${what}”要求与自己不同人`,
  MAPPING_DOUBLED: (what) => `“${what}”对同一个变量赋值两次，只有最后一次算数`,
  CALLS_ITSELF: (what) => `“${what}”调用的是流程自己`,
};

/** How elements are joined: flows, gateways, events. */
const ofConnections: Readonly<Record<string, Sentence>> = {
  SOURCE_NOT_FOUND: (what) => `连线“${what}”的起点在同一层里不存在`,
  TARGET_NOT_FOUND: (what) => `连线“${what}”的终点在同一层里不存在`,
  DEFAULT_NOT_OUTGOING: (what) => `“${what}”的缺省连线不是从它出来的`,
  FLOW_FROM_END_EVENT: (what) => `连线“${what}”从结束事件出来`,
  FLOW_TO_START_EVENT: (what) => `连线“${what}”指向开始事件`,
  FLOW_TO_BOUNDARY_EVENT: (what) => `连线“${what}”指向边界事件`,
  FLOW_TO_INSTANTIATING_ELEMENT: (what) => `连线“${what}”指向启动流程的元素`,
  FLOW_FROM_LINK: (what) => `连线“${what}”从链接抛出事件出来`,
  FLOW_TO_LINK: (what) => `连线“${what}”指向链接捕获事件`,
  FLOW_FROM_COMPENSATION_EVENT: (what) => `连线“${what}”从补偿边界事件出来，应改为指定撤销步骤`,
  FLOW_AT_COMPENSATION_HANDLER: (what) => `连线“${what}”接在撤销步骤上`,
  FLOW_AT_EVENT_SUB_PROCESS: (what) => `连线“${what}”接在事件子流程上`,
  FLOW_DOUBLED: (what) => `与连线“${what}”相同的连线不止一条，后面会走两遍`,
  CONDITION_MISSING: (what) => `“${what}”没有能用的条件`,
  CONDITION_NOT_ALLOWED: (what) => `连线“${what}”在这里不能有条件`,
  CONDITION_ON_DEFAULT: (what) => `缺省连线“${what}”不应有条件`,
  CONDITION_ALONE: (what) => `连线“${what}”可能走不通，旁边却没有别的路`,
  GATEWAY_DIRECTION: (what) => `网关“${what}”的走向与它标明的方向不符`,
  GATEWAY_LEADS_NOWHERE: (what) => `网关“${what}”后面没有连线`,
  GATEWAY_POINTLESS: (what) => `网关“${what}”只有一进一出，没有作用`,
  EVENT_GATEWAY_NEEDS_CHOICE: (what) => `“${what}”要等先到的事件，后面至少要有两条连线`,
  EVENT_GATEWAY_PARALLEL: (what) => `“${what}”不启动流程，不能等全部事件`,
  EVENT_GATEWAY_TARGET: (what) => `“${what}”不能放在“谁先到”网关后面，或不能这样连接`,
  START_EVENT_MISSING: (what) => `“${what}”没有开始事件`,
  START_EVENT_AMBIGUOUS: (what) => `“${what}”的开始事件不止一个，不知从哪里开始`,
  START_EVENT_KIND: (what) => `开始事件“${what}”的类型只能用在事件子流程里`,
  START_EVENT_IN_SUB_PROCESS: (what) => `子流程的开始事件“${what}”不能再等事件`,
  START_EVENT_LEADS_NOWHERE: (what) => `开始事件“${what}”后面没有连线`,
  EVENT_SUB_PROCESS_START: (what) => `事件子流程“${what}”要有一个等事件的开始`,
  EVENT_SUB_PROCESS_MARKER: (what) => `事件子流程“${what}”不能有循环或多实例标记`,
  INSTANTIATE_IN_SUB_PROCESS: (what) => `“${what}”在子流程里，不能启动流程`,
  ATTACHED_TO_NOTHING: (what) => `边界事件“${what}”没有依附在任何步骤上`,
  ATTACHED_TO_NO_ACTIVITY: (what) => `边界事件“${what}”依附的不是步骤`,
  BOUNDARY_AT_EVENT_SUB_PROCESS: (what) => `事件子流程上不能有边界事件“${what}”`,
  BOUNDARY_EVENT_LEADS_NOWHERE: (what) => `边界事件“${what}”后面没有连线`,
  CAUGHT_TWICE: (what) => `“${what}”与同一步上的另一个事件重复，永远不会发生`,
  ERROR_NOT_INTERRUPTING: (what) => `“${what}”必须打断它所在的步骤`,
  CANCEL_OUTSIDE_TRANSACTION: (what) => `取消事件“${what}”不在事务里`,
  CANCEL_UNCAUGHT: (what) => `事务“${what}”可能被取消，却没有取消边界事件`,
  COMPENSATION_HANDLER_MISSING: (what) => `补偿边界事件“${what}”没有指定撤销步骤`,
  COMPENSATION_HANDLER_UNMARKED: (what) => `“${what}”的撤销步骤没有标为撤销用`,
  COMPENSATION_HANDLER_DOUBLED: (what) => `补偿事件子流程“${what}”是这一层里的第二个，永远不会执行`,
  COMPENSATION_WAITED_FOR: (what) => `“${what}”标明不等撤销完成，但实际会等，或它并不撤销`,
  NOTHING_TO_COMPENSATE: (what) => `“${what}”要撤销的步骤没有撤销方法`,
  ACTIVITY_NOT_FOUND: (what) => `“${what}”要撤销的步骤不存在`,
  LINK_AMBIGUOUS: (what) => `“${what}”的链接有不止一个去处`,
  LINK_TARGET_MISSING: (what) => `“${what}”的链接没有去处`,
  NOT_REACHABLE: (what) => `没有路通到“${what}”`,
};

/** What is said of data and of runs. */
const ofRuns: Readonly<Record<string, Sentence>> = {
  VARIABLE_UNDECLARED: (what) => `“${what}”给没有声明的变量赋值`,
  VARIABLE_READ_UNSET: (what) => `“${what}”读取了可能还没有值的变量`,
  VARIABLE_NEVER_SET: (what) => `“${what}”里有变量被读取，却从不赋值`,
  VARIABLE_UNUSED: (what) => `“${what}”里有变量没有用到`,
  VARIABLE_WRONG_TYPE: (what) => `“${what}”给变量的值类型不对`,
  UNKNOWN_NAME: (what) => `“${what}”的表达式用了不认识的名称`,
  UNKNOWN_FUNCTION: (what) => `“${what}”的表达式用了不存在的函数`,
  TYPE_MISMATCH: (what) => `“${what}”的表达式里数据类型对不上`,
  CONDITION_NOT_BOOLEAN: (what) => `“${what}”的条件得不出“是”或“否”`,
  DEADLOCK: (what) => `流程会卡在“${what}”，再也走不下去`,
  IMPROPER_COMPLETION: (what) => `“${what}”会在前一次没做完时又做一次：分开的路没有汇合`,
  UNBOUNDED_TOKENS: (what) => `循环每走一圈，“${what}”就多积压一份`,
  LIVELOCK: (what) => `从“${what}”起流程再也到不了结束`,
  ENDLESS_LOOP: (what) => `“${what}”所在的循环不停地转，从不等待`,
  NO_WAY_OUT: (what) => `在“${what}”可能没有一条路走得通，请加缺省连线`,
  ERROR_UNCAUGHT: (what) => `“${what}”的错误没有处理`,
  DEAD_ELEMENT: (what) => `无论怎样都走不到“${what}”`,
  EXPLORATION_LIMIT: () => '情形太多，没有全部试走完，可能还有没发现的问题',
  EXPLORED_IN_PARTS: () => '各子流程是分开试走的，没有看它们之间的相互影响',
};

const sentences: Readonly<Record<string, Sentence>> = { ...ofFiles, ...ofElements, ...ofConnections, ...ofRuns };

/** Codes that have a sentence in Chinese. */
export const wordedCodes: readonly string[] = Object.keys(sentences);

/** A finding for people. In English its own message says it, with the name in place of the id; `name` is what people call the element. */
export function wordsOf({ code, message, elementId, path }: CheckFinding, name: string | undefined): LocalizedText {
  const what = name === undefined || name === '' ? (elementId ?? path ?? '') : name;
  const sentence = sentences[code]?.(what) ?? `“${what}”有问题（${code}）`;
  const isPlaceNeeded = elementId === undefined && path !== undefined;
  return {
    'zh-CN': isPlaceNeeded && !sentence.includes(path) ? `${sentence}（${placeInChinese(path)}）` : sentence,
    en: isPlaceNeeded && !message.includes(path) ? `${message} (${path})` : withName(message, elementId, name),
  };
}

/** The message with the name for the id, unless the id could be a word of the message. */
function withName(message: string, id: string | undefined, name: string | undefined): string {
  if (id === undefined || name === undefined || name === '' || !/[A-Z0-9_]/.test(id)) return message;
  return message.split(/(?<=[\s(/])|(?=[\s,;:)/])/).map((word) => (word === id ? `“${name}”` : word)).join('');
}
