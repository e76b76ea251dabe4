import { attr, child, element, integer, list, text } from '../../codec/index.js';
import { form } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import { user } from './user.js';

const named = {
  name: attr('name', text),
  translation: attr('translation', text).optional,
  /** Seconds for which newcomers get it. */
  expires: attr('expires', integer()).optional,
};

const permission = element('permission', NS.groupsRights, 'reference 9.2', named);
const restriction = element('restriction', NS.groupsRights, 'reference 9.2', named);

/** Rights: of all kinds (no children in the request), or of one member as a form (`<user/>`; `id=''` is oneself). */
export const rights = element('query', NS.groupsRights, 'reference 9.2, 9.3', {
  user: child(user).optional,
  permissions: list(permission),
  restrictions: list(restriction),
  form: child(form).optional,
});
