/**
 * The extensions of XMPP that groups use, one file for each.
 * @module @xmpp-groups/core/xep
 */
export * from './0004-data-forms.js';
export * from './0012-last-activity.js';
export * from './0030-service-discovery.js';
export * from './0033-addresses.js';
export * from './0050-ad-hoc-commands.js';
export * from './0054-vcard-temp.js';
export * from './0059-result-set-management.js';
export * from './0060-pubsub.js';
export * from './0066-out-of-band-data.js';
export * from './0080-user-location.js';
export * from './0084-user-avatar.js';
export * from './0085-chat-states.js';
export * from './0092-software-version.js';
export * from './0115-entity-capabilities.js';
export * from './0153-vcard-avatars.js';
export * from './0184-delivery-receipts.js';
export * from './0199-ping.js';
export * from './0202-entity-time.js';
export * from './0203-delayed-delivery.js';
export * from './0221-media-element.js';
export * from './0231-bits-of-binary.js';
export * from './0280-message-carbons.js';
export * from './0297-forwarding.js';
export * from './0308-last-message-correction.js';
export * from './0313-message-archive.js';
export * from './0333-displayed-markers.js';
export * from './0334-hints.js';
export * from './0359-stanza-ids.js';
export * from './0372-references.js';
export * from './0373-openpgp.js';
export * from './0380-explicit-encryption.js';
export * from './0385-media-sharing.js';
export * from './0394-message-markup.js';
export * from './0424-message-retraction.js';
export * from './0425-moderated-retraction.js';
export * from './0428-fallback.js';
export * from './0444-message-reactions.js';
export * from './0446-file-metadata.js';
export * from './0449-stickers.js';
export * from './0461-message-replies.js';
