import { startSimulatedPbx, type FloodOptions, type SimulatedPbx, type SimulatedPbxOptions } from '../../../src/server/simulator/index.ts';
import { answerQuestions } from '../processes.ts';

let pbx: SimulatedPbx;

answerQuestions({
  async start(options: SimulatedPbxOptions) {
    pbx = await startSimulatedPbx(options);
    return { port: pbx.port, user: pbx.user, secret: pbx.secret };
  },
  flood: (options: FloodOptions) => pbx.flood(options),
  stats: () => pbx.stats(),
});
