%% Which local parts of a virtual host are groups. They are on disk, so that they are known before any runner is
%% there: what is sent to a group is never taken for something that is sent to a user.
-module(mod_xmpp_groups_names).

-export([start/0, is_group/2, is_ours/2, claim/3, release/2, leave/2, begin_list/0, list/3, end_list/3]).
-export_type([listed/0]).

%% `us': local part and host, prepared. `gone': since when the group is no more, in seconds.
-record(xmpp_groups_name, {us :: {binary(), binary()}, gone = never :: never | integer()}).
%% A name that a runner has asked for, by the process of its connection. In memory: it says nothing after that.
-record(xmpp_groups_claim, {us :: {binary(), binary()}, by :: pid()}).

%% How long it is known that a name was that of a group, in seconds.
-define(REMEMBERED, 90 * 24 * 3600).

%% What a list has named so far.
-type listed() :: #{binary() => []}.

-spec start() -> ok.
start() ->
    _ = ejabberd_mnesia:create(?MODULE, xmpp_groups_name,
                               [{disc_copies, [node()]}, {attributes, record_info(fields, xmpp_groups_name)}]),
    _ = ejabberd_mnesia:create(?MODULE, xmpp_groups_claim,
                               [{ram_copies, [node()]}, {attributes, record_info(fields, xmpp_groups_claim)}]),
    ok = mnesia:wait_for_tables([xmpp_groups_name, xmpp_groups_claim], infinity).

%% Both prepared (jid:nodeprep/1, jid:nameprep/1), as they are in a JID.
-spec is_group(binary(), binary()) -> boolean().
is_group(<<>>, _Host) ->
    false;
is_group(User, Host) ->
    case mnesia:dirty_read(xmpp_groups_name, {User, Host}) of
        [#xmpp_groups_name{gone = never}] -> true;
        _ -> false
    end.

%% Whether what is sent to this address is for the runner. What was a group once is, until a user has the name: those
%% who were in it hear from nobody else that it is gone.
-spec is_ours(binary(), binary()) -> boolean().
is_ours(<<>>, _Host) ->
    false;
is_ours(User, Host) ->
    case mnesia:dirty_read(xmpp_groups_name, {User, Host}) of
        [] -> false;
        [#xmpp_groups_name{gone = never}] -> true;
        [_] -> not ejabberd_auth:user_exists(User, Host)
    end.

%% A runner wants to make a group of this name. The name is taken first and asked for afterwards: an account that is
%% made in between meets it (mod_xmpp_groups_host:registered/2).
-spec claim(binary(), binary(), pid()) -> boolean().
claim(Name, Host, By) ->
    case is_name(Name) of
        false ->
            false;
        true ->
            Known = is_group(Name, Host),
            ok = mnesia:dirty_write(#xmpp_groups_claim{us = {Name, Host}, by = By}),
            ok = mnesia:dirty_write(#xmpp_groups_name{us = {Name, Host}}),
            IsFree = Known orelse not has_account(Name, Host),
            _ = [leave(Name, Host) || not IsFree],
            IsFree
    end.

%% The group is gone, or was not made.
-spec release(binary(), binary()) -> ok.
release(Name, Host) ->
    ok = mnesia:dirty_write(#xmpp_groups_name{us = {Name, Host}, gone = erlang:system_time(second)}),
    mnesia:dirty_delete(xmpp_groups_claim, {Name, Host}).

%% A user has the name.
-spec leave(binary(), binary()) -> ok.
leave(Name, Host) ->
    ok = mnesia:dirty_delete(xmpp_groups_name, {Name, Host}),
    mnesia:dirty_delete(xmpp_groups_claim, {Name, Host}).

%% A runner lists all groups, in several parts if there are many.
-spec begin_list() -> listed().
begin_list() ->
    #{}.

-spec list([binary()], binary(), listed()) -> listed().
list(Names, Host, Listed) ->
    lists:foldl(fun(Name, All) ->
                        _ = [add(Name, Host) || not is_group(Name, Host)],
                        All#{Name => []}
                end, Listed, Names).

%% What the list has not named is gone, except what runners that are here have asked for: that may be on its way.
-spec end_list(binary(), listed(), fun((pid()) -> boolean())) -> ok.
end_list(Host, Listed, IsHere) ->
    Now = erlang:system_time(second),
    lists:foreach(fun(Name) -> settle(mnesia:dirty_read(xmpp_groups_name, {Name, Host}), Now, IsHere) end,
                  [Name || {Name, On} <- mnesia:dirty_all_keys(xmpp_groups_name), On =:= Host,
                           not is_map_key(Name, Listed)]).

settle([#xmpp_groups_name{us = {Name, Host}, gone = never}], _Now, IsHere) ->
    Claims = mnesia:dirty_read(xmpp_groups_claim, {Name, Host}),
    _ = [release(Name, Host) || not lists:any(IsHere, [By || #xmpp_groups_claim{by = By} <- Claims])],
    ok;
settle([#xmpp_groups_name{us = {Name, Host}, gone = Gone}], Now, _IsHere) when Now - Gone > ?REMEMBERED ->
    leave(Name, Host);
settle(_, _Now, _IsHere) ->
    ok.

%% A group that is there already. External authentication is not asked: that of xmpp-groups knows the groups, too.
add(Name, Host) ->
    IsAccount = not lists:member(ejabberd_auth_external, ejabberd_auth:auth_modules(Host)) andalso
        has_account(Name, Host),
    case is_name(Name) andalso not IsAccount of
        true -> mnesia:dirty_write(#xmpp_groups_name{us = {Name, Host}});
        false -> logger:error("mod_xmpp_groups: the group ~ts@~ts cannot be reached: a user has this name, or nobody can",
                              [Name, Host])
    end.

%% As the others that are named in auth_method have it. One that fails does not say that there is no such account.
has_account(Name, Host) ->
    ejabberd_auth:user_exists_in_other_modules(ejabberd_auth_xmpp_groups, Name, Host) =/= false.

%% A local part as it stands in JIDs here.
is_name(Name) ->
    Name =/= <<>> andalso jid:nodeprep(Name) =:= Name.
