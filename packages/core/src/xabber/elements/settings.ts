import { child, element } from '../../codec/index.js';
import { form } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';

/** The group's properties as a form: asked for without one, changed with one filled in. */
export const propertiesQuery = element('query', NS.groups, 'reference 11.1', { form: child(form).optional });

/** What a group tells of itself without a form; the result is a {@link groupInfo}. */
export const infoQuery = element('query', NS.groupsInfo, 'reference 11.2', {});

/** The status of the group as a form, asked for and changed like the properties. */
export const statusQuery = element('query', NS.groupsStatus, 'reference 5.5', { form: child(form).optional });
