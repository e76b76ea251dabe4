import { lastActivity } from '../../xep/0012-last-activity.js';
import { softwareVersion } from '../../xep/0092-software-version.js';
import { entityTime } from '../../xep/0202-entity-time.js';
import type { ServiceQuestion } from '../command.js';
import { answer, type Decision } from '../decision.js';
import type { Environment } from '../environment.js';

/** Ping, version, time and last activity, of the host as of a group (reference 1.3). */
export function answerService(question: ServiceQuestion, env: Environment): Decision {
  switch (question.kind) {
    case 'ping':
      return answer();
    case 'version':
      return answer(softwareVersion.build({ name: 'xmpp-groups', version: env.host.softwareVersion }));
    case 'time':
      return answer(entityTime.build({ zone: '+00:00', utc: env.now }));
    case 'last':
      return answer(lastActivity.build({ seconds: 0 }));
  }
}
