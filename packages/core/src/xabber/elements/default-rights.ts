import { child, element } from '../../codec/index.js';
import { form } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';

/** What newcomers may not do, as a form whose values are durations. */
export const defaultRights = element('query', NS.groupsDefaultRights, 'reference 9.5', {
  form: child(form).optional,
});
