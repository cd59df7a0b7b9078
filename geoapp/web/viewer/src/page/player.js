/** Playing the periods: one step at a time, not faster than people read, stopping at the newest. */

/** Least time a period is shown, ms. */
export const STEP = 1300;

/**
 * @param {{ show: (period: string) => Promise<void>, pause?: (ms: number) => Promise<void>, told: (playing: boolean) => void }} means
 *   `show` paints a period, `told` hears when playing begins and ends
 */
export const createPlayer = ({ show, pause = (ms) => new Promise((done) => setTimeout(done, ms)), told }) => {
  /** A number for every run: a run that is not the newest has been stopped. */
  let run = 0;
  let playing = false;

  const stop = () => {
    run += 1;
    if (!playing) return;
    playing = false;
    told(false);
  };

  return {
    playing: () => playing,
    stop,
    /**
     * From the period after the one shown; from the first if that is the last.
     * @param {string[]} periods oldest first @param {string} shown
     */
    async play(periods, shown) {
      stop();
      const own = run;
      playing = true;
      told(true);
      const at = periods.indexOf(shown);
      const rest = at < 0 || at === periods.length - 1 ? periods : periods.slice(at + 1);
      for (const [n, period] of rest.entries()) {
        await show(period);
        if (own !== run) return;
        if (n < rest.length - 1) await pause(STEP);
        if (own !== run) return;
      }
      stop();
    },
  };
};
