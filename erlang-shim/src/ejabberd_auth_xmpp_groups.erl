%% Groups as accounts that nobody can use: with this first in auth_method, the names of groups are taken, and
%% accounts stay as they are. mod_xmpp_groups wants it for groups beside users (groups: same_host).
-module(ejabberd_auth_xmpp_groups).

-behaviour(ejabberd_auth).

-export([start/1, stop/1, reload/1, plain_password_required/1, store_type/1, use_cache/1]).
-export([user_exists/2, get_password/2, check_password/4, set_password/3, try_register/3, remove_user/2,
         get_users/2, count_users/2]).

start(_Host) ->
    mod_xmpp_groups_names:start().

stop(_Host) ->
    ok.

reload(_Host) ->
    ok.

plain_password_required(_Host) ->
    false.

%% Anything but `external', which would leave nothing but PLAIN to all accounts.
store_type(_Host) ->
    plain.

use_cache(_Host) ->
    false.

user_exists(User, Host) ->
    {nocache, mod_xmpp_groups_names:is_group(User, Host)}.

%% Whoever has a password exists, for ejabberd. Nobody knows this one, and it is another one each time; those who come
%% later in auth_method are not asked any more for theirs.
get_password(User, Host) ->
    case mod_xmpp_groups_names:is_group(User, Host) of
        true -> {nocache, {ok, base64:encode(crypto:strong_rand_bytes(32))}};
        false -> {nocache, error}
    end.

check_password(User, _AuthzId, Host, _Password) ->
    case mod_xmpp_groups_names:is_group(User, Host) of
        true -> {nocache, {stop, false}};
        false -> {nocache, false}
    end.

%% An error that is returned lets the next one make an account by setting its password.
set_password(User, Host, _Password) ->
    _ = [throw({error, not_allowed}) || mod_xmpp_groups_names:is_group(User, Host)],
    {nocache, {error, not_allowed}}.

try_register(User, Host, _Password) ->
    _ = [throw({error, exists}) || mod_xmpp_groups_names:is_group(User, Host)],
    {nocache, {error, not_allowed}}.

remove_user(_User, _Host) ->
    {error, not_allowed}.

get_users(_Host, _Opts) ->
    [].

count_users(_Host, _Opts) ->
    0.
