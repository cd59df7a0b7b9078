/** Work in steps, spread over frames: a slow phone stays able to answer a finger while its map is painted. */

/** Time of one frame that may be spent, ms. */
const BUDGET = 10;

/**
 * @param {{ frame?: (go: () => void) => unknown, now?: () => number }} [means]
 */
export const createRunner = ({ frame = (go) => requestAnimationFrame(go), now = () => performance.now() } = {}) => {
  let run = 0;
  return {
    /** Begin, and drop what was going on; `done` is called after the last step. @param {Iterator<unknown>} steps @param {() => void} done */
    start(steps, done) {
      const own = (run += 1);
      const go = () => {
        if (own !== run) return;
        const end = now() + BUDGET;
        do if (steps.next().done) return done();
        while (now() < end);
        frame(go);
      };
      go();
    },
    /** Drop what is going on. */
    stop() {
      run += 1;
    },
  };
};
