/** Asks the person to show anew who they are; true once they have. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let asked: Promise<boolean> | undefined;

/** The one dialog of the app answers from now on. Gives back how to end that. */
export function answerReauthentication(next: Ask): () => void {
  ask = next;
  return () => {
    if (ask === next) ask = undefined;
  };
}

/** Shows the dialog; commands that need it at the same time share it. False when the person cancels, or on a page without it. */
export function reauthenticate(): Promise<boolean> {
  if (ask === undefined) return Promise.resolve(false);
  asked ??= ask().finally(() => (asked = undefined));
  return asked;
}
