/** Work in steps, spread over frames: a slow phone stays able to answer a finger while its map is painted. */

/** Time of one frame that our own code may take, ms. */
const BUDGET = 8;
/** A frame shorter than the first was easy, one longer than the second was too much, ms: browsers draw after our code. */
const [EASY, HARD] = [24, 40];
const MOST = 64;

/**
 * How many steps a frame takes is learnt from how long the last frames took, and remembered from run to run.
 * @param {{ frame?: (go: () => void) => unknown, now?: () => number }} [means]
 */
export const createRunner = ({ frame = (go) => requestAnimationFrame(go), now = () => performance.now() } = {}) => {
  let run = 0;
  let quota = 4;
  return {
    /** Begin, and drop what was going on; `done` is called after the last step. @param {Iterator<unknown>} steps @param {() => void} done */
    start(steps, done) {
      const own = (run += 1);
      let before = NaN;
      const go = () => {
        if (own !== run) return;
        const begun = now();
        if (begun - before > HARD) quota = Math.max(1, quota >> 1);
        else if (begun - before < EASY) quota = Math.min(MOST, quota * 2);
        before = begun;
        for (let taken = 0; taken < quota && now() - begun < BUDGET; taken += 1) if (steps.next().done) return done();
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
