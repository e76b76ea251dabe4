import type { Store } from '@xmpp-groups/core/xabber';

/** Opens an empty store, which the caller closes by the end of its test. */
export type Open = () => Promise<Store>;
