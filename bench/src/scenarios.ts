import { archive } from './archive/archive.js';
import { burst } from './burst/burst.js';
import { core } from './core/core.js';
import { fanout } from './fanout/fanout.js';
import { growth } from './growth/growth.js';
import { latency } from './latency/latency.js';
import { processItself } from './scale-scenario.js';
import type { Scenario } from './scenario.js';

/** All parts, in the order in which they run and stand on the page. A new one needs its sentences in `text/NAME.md`. */
export const SCENARIOS: readonly Scenario[] = [core, fanout, latency, growth, processItself, archive, burst];
