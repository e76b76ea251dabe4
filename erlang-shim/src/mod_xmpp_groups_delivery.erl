%% How what a group says gets to its members. Everything goes through ejabberd_router, but for the case that decides how
%% much a server can carry: a message to all, of whom most have one session here. For them the router and the session
%% manager would find the same session three times over, mod_mam would look for its own ids in each copy, and mod_carboncopy
%% for other sessions that a copy could go to. What they would do is done once for all copies, or not at all where
%% it has no effect; the hooks are run, and the session does what it does with any message (blocking, archive, client state).
-module(mod_xmpp_groups_delivery).

-export([one/1, each/2]).

-define(NO_COPY, {xmlel, <<"no-copy">>, [{<<"xmlns">>, <<"urn:xmpp:hints">>}], []}).

%% Routes a stanza. Never fails: one that cannot be routed is logged.
one(Packet) ->
    safely(fun() -> ejabberd_router:route(identified(Packet)) end).

%% Routes a stanza once to each of the JIDs, in order. Those that cannot be read are left out.
-spec each(tuple(), [binary()]) -> ok.
each(Packet, Recipients) ->
    Hosts = ejabberd_option:hosts(),
    Copy = identified(Packet),
    Only = alone(Copy),
    lists:foreach(fun(To) -> safely(fun() -> deliver(Copy, Only, jid:decode(To), Hosts) end) end, Recipients).

safely(Route) ->
    try Route()
    catch Class:Reason -> logger:error("mod_xmpp_groups: a stanza was not routed: ~p:~p", [Class, Reason])
    end.

deliver(Copy, Only, Jid, Hosts) ->
    {User, Host, Resource} = jid:tolower(Jid),
    case element(1, Copy) =:= message andalso Resource =:= <<>> andalso lists:member(Host, Hosts)
        andalso only_session(ejabberd_sm:get_user_info(User, Host)) of
        false -> ejabberd_router:route(xmpp:set_to(Copy, Jid));
        Session -> through_hooks(xmpp:set_to(Only, Jid), Host, Session)
    end.

%% The process of the only session of somebody, when messages to his bare JID go there (RFC 6121, section 8.5.2).
only_session([{_Resource, Info}]) ->
    case {proplists:get_value(priority, Info), proplists:get_value(pid, Info)} of
        {Priority, Session} when is_integer(Priority), Priority >= 0, is_pid(Session) -> Session;
        _ -> false
    end;
only_session(_) ->
    false.

%% The hooks that ejabberd_router and ejabberd_sm run for a message.
through_hooks(Packet, Host, Session) ->
    case ejabberd_hooks:run_fold(filter_packet, Packet, []) of
        drop -> ok;
        Passed ->
            case ejabberd_hooks:run_fold(sm_receive_packet, Host, Passed, []) of
                drop -> ok;
                Received -> ejabberd_c2s:route(Session, {route, Received})
            end
    end.

%% mod_mam gives each message that comes in an id, and takes out those ids that seem to be its own: for groups
%% beside users also those of the groups. A message that has its id already is left as it is; ids that members made up do
%% not leave the daemon.
identified(Packet) when element(1, Packet) =:= message ->
    xmpp:put_meta(Packet, stanza_id, erlang:system_time(microsecond));
identified(Packet) ->
    Packet.

%% Says that nobody else needs a carbon (XEP-0334, section 4.3): looking for whoever that might be costs a
%% quarter of a copy.
alone(Packet) when element(1, Packet) =:= message ->
    xmpp:set_els(Packet, [?NO_COPY | xmpp:get_els(Packet)]);
alone(Packet) ->
    Packet.
