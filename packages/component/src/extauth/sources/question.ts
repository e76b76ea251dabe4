import { domainOf, localpartOf } from '@xmpp-groups/core/jid';
import type { Request } from '../request.js';

/** A request as programs and endpoints of the operator get it: one line of JSON. */
export const questionOf = (request: Request): string =>
  JSON.stringify({
    operation: request.operation,
    user: localpartOf(request.jid),
    host: domainOf(request.jid),
    ...('password' in request ? { password: request.password } : {}),
  });
