/** Size of one variable as JSON in UTF-8. */
export const maximumVariableBytes = 256 * 1024;
/** Size of an instance's state as JSON in UTF-8. */
export const maximumStateBytes = 1024 * 1024;
/** Items of one multi-instance activity. */
export const maximumMultiInstanceItems = 1_000;
/** Elements that one step may activate before it is taken for an endless loop. */
export const maximumActivationsPerStep = 10_000;
