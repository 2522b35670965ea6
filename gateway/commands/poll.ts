export interface PollOptions {
  /** How long to wait when there is nothing to do. */
  readonly pauseMs: number;
  /** Does what there is to do; resolves to whether more is waiting. */
  readonly work: () => Promise<boolean>;
  /** Waits that long, or until there is something to do or no more waiting is wanted; a plain pause when absent. */
  readonly wait?: (ms: number) => Promise<void>;
  /** What went wrong in `work`; it is tried again after the pause. */
  readonly failed: (error: unknown) => void;
}

/** Does work again and again until stopped; stopping ends the pause and waits for the work under way. */
export function startPolling({ pauseMs, work, wait, failed }: PollOptions): { stop(): Promise<void> } {
  let isStopping = false;
  let wake: () => void = () => undefined;

  const running = (async () => {
    while (!isStopping) {
      let isMore = false;
      try {
        isMore = await work();
      } catch (error) {
        failed(error);
      }
      if (!isMore && !isStopping) await (wait ? wait(pauseMs) : pause());
    }
  })();

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async stop() {
      isStopping = true;
      wake();
      await running;
    },
  };
}
