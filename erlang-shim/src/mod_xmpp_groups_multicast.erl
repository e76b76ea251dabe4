%% One stanza to many by way of the server itself (XEP-0033): the page about Kontalk groups sends everything to
%% [hostname], and has the list of addresses stripped out by the server. A module of its own: it needs neither
%% mod_xmpp_groups nor a daemon. mod_multicast does the same under a name of its own, and leaves the list in.
%%
%% All happens in the process that routes the sender's stanza: what he sends stays in order, and nobody waits for
%% others.
-module(mod_xmpp_groups_multicast).

-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0]).
-export([serve/1, remember/1, features/5, identity/5, form/5]).
%% For tests.
-export([judge/4, limit/3]).

-define(NS_ADDRESS, <<"http://jabber.org/protocol/address">>).
-define(NS_INFO, <<"http://jabber.org/protocol/disco#info">>).
-define(NS_XDATA, <<"jabber:x:data">>).
%% More than 20 and less than 100, says XEP-0033 (section 8); mod_multicast has these.
-define(DEFAULTS, #{local => 100, remote => 20}).
%% The server answers what is sent to it with an error at 100; mod_disco forgets at 100 what forms there were before.
-define(HOOKS, [{local_send_to_resource_hook, serve, 50},
                {user_send_packet, remember, 50},
                {disco_local_features, features, 50},
                {disco_local_identity, identity, 150},
                {disco_info, form, 150}]).

start(Host, _Opts) ->
    lists:foreach(fun({Hook, Function, At}) -> ejabberd_hooks:add(Hook, Host, ?MODULE, Function, At) end, ?HOOKS).

stop(Host) ->
    lists:foreach(fun({Hook, Function, At}) -> ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, At) end, ?HOOKS).

%% Options are read when they are needed.
reload(_Host, _New, _Old) ->
    ok.

depends(_Host, _Opts) ->
    [].

mod_options(_Host) ->
    [{access, all},
     {limits, []}].

mod_opt_type(access) ->
    econf:acl();
mod_opt_type(limits) ->
    Counts = econf:options(#{message => econf:non_neg_int(infinite), presence => econf:non_neg_int(infinite)}),
    econf:options(#{local => Counts, remote => Counts}).

mod_doc() ->
    #{desc => [<<"Sends what is sent to the server itself, with a list of addresses (XEP-0033), on to all of them. ",
                 "Its options are described in docs/ejabberd.md of xmpp-groups.">>]}.

%% Stanzas

-spec serve(term()) -> ok | stop.
serve(Packet) ->
    case plan(Packet) of
        none ->
            ok;
        {ok, Recipients} ->
            Rest = [El || El <- xmpp:get_els(Packet), not mod_xmpp_groups_addresses:is_list(El)],
            Stripped = xmpp:set_els(Packet, Rest),
            lists:foreach(fun(Jid) -> send(xmpp:set_to(Stripped, Jid)) end, Recipients),
            stop;
        {refused, Condition, Text} ->
            ejabberd_router:route_error(Packet, stanza_error(Condition, Text, xmpp:get_lang(Packet))),
            stop
    end.

%% Whom the sender blocks gets nothing from him, and he is told, as without a list: on his own stream, since he would
%% not receive what comes from there. Whom others block, their own server knows.
send(Copy) ->
    From = xmpp:get_from(Copy),
    {User, Server, Resource} = jid:tolower(From),
    case User =/= <<>> andalso standing(From) =:= local
        andalso ejabberd_hooks:run_fold(privacy_check_packet, Server, allow, [From, Copy, out]) of
        deny ->
            Text = <<"Your active privacy list has denied the routing of this stanza.">>,
            Error = xmpp:make_error(Copy, xmpp:err_not_acceptable(Text, xmpp:get_lang(Copy))),
            _ = [ejabberd_c2s:send(Pid, Error) || Pid <- [ejabberd_sm:get_session_pid(User, Server, Resource)],
                                                  is_pid(Pid)],
            ok;
        _ ->
            ejabberd_router:route(Copy)
    end.

stanza_error(forbidden, Text, Lang) -> xmpp:err_forbidden(Text, Lang);
stanza_error(not_acceptable, Text, Lang) -> xmpp:err_not_acceptable(Text, Lang);
stanza_error(jid_malformed, Text, Lang) -> xmpp:err_jid_malformed(Text, Lang);
stanza_error(bad_request, Text, Lang) -> xmpp:err_bad_request(Text, Lang).

%% Whoever got presence in this way is told when its sender goes offline (XEP-0033, section 7). Runs before the
%% stanza comes here; what is sent to another server is that one's matter.
remember({Packet, #{pres_a := Known, lserver := Host} = State} = Acc) when element(1, Packet) =:= presence ->
    case jid:tolower(xmpp:get_to(Packet)) =:= {<<>>, Host, <<>>} andalso plan(Packet) of
        {ok, Recipients} ->
            Change = case xmpp:get_type(Packet) of
                         available -> fun gb_sets:add_element/2;
                         unavailable -> fun gb_sets:del_element/2
                     end,
            {Packet, State#{pres_a := lists:foldl(Change, Known, [jid:tolower(Jid) || Jid <- Recipients])}};
        _ ->
            Acc
    end;
remember(Acc) ->
    Acc.

%% What becomes of a stanza: it goes to these, it is refused, or it is nothing to this module.
-spec plan(term()) -> none | mod_xmpp_groups_addresses:verdict().
plan(Packet) ->
    {User, Host, Resource} = jid:tolower(xmpp:get_to(Packet)),
    Lists = [El || User =:= <<>>, Resource =:= <<>>, is_carried(element(1, Packet), xmpp:get_type(Packet)),
                   El <- xmpp:get_els(Packet), mod_xmpp_groups_addresses:is_list(El)],
    plan(Lists, Host, Packet).

plan([], _Host, _Packet) ->
    none;
plan(Lists, Host, Packet) ->
    Sender = xmpp:get_from(Packet),
    case acl:match_rule(Host, gen_mod:get_module_opt(Host, ?MODULE, access), Sender) of
        deny ->
            {refused, forbidden, <<"Access denied by service policy">>};
        allow ->
            Limits = gen_mod:get_module_opt(Host, ?MODULE, limits),
            case mod_xmpp_groups_addresses:recipients(Lists) of
                {ok, Jids} -> judge(Jids, Host, Sender, limit(Limits, standing(Sender), element(1, Packet)));
                Refused -> Refused
            end
    end.

is_carried(message, _Type) -> true;
is_carried(presence, Type) -> Type =:= available orelse Type =:= unavailable;
is_carried(_, _) -> false.

standing(Jid) ->
    {_, Server, _} = jid:tolower(Jid),
    case lists:member(Server, ejabberd_option:hosts()) of
        true -> local;
        false -> remote
    end.

%% `infinite' is more than any number.
-spec limit([{atom(), [{atom(), term()}]}], local | remote, message | presence) -> non_neg_integer() | infinite.
limit(Limits, Standing, Kind) ->
    proplists:get_value(Kind, proplists:get_value(Standing, Limits, []), maps:get(Standing, ?DEFAULTS)).

%% All or nothing (XEP-0033, section 5).
-spec judge([jid:jid()], binary(), jid:jid(), term()) -> mod_xmpp_groups_addresses:verdict().
judge(Jids, Host, Sender, Limit) ->
    {_, From, _} = jid:tolower(Sender),
    Named = [jid:tolower(Jid) || Jid <- Jids],
    IsOwn = From =:= Host orelse lists:suffix("." ++ binary_to_list(Host), binary_to_list(From)),
    MayRelay = IsOwn orelse lists:all(fun({_, Domain, _}) -> Domain =:= Host end, Named),
    IsLoop = lists:any(fun({User, Domain, _}) -> User =:= <<>> andalso Domain =:= Host end, Named),
    if
        length(Named) > Limit -> {refused, not_acceptable, <<"Too many receiver fields were specified">>};
        IsLoop -> {refused, jid_malformed, <<"The server itself receives nothing">>};
        not MayRelay -> {refused, forbidden, <<"Packet relay is denied by service policy">>};
        true -> {ok, Jids}
    end.

%% Service discovery

features({error, _} = Acc, _From, _To, _Node, _Lang) -> Acc;
features({result, Features}, _From, _To, <<>>, _Lang) -> {result, [?NS_ADDRESS | Features]};
features(empty, _From, _To, <<>>, _Lang) -> {result, [?NS_ADDRESS]};
features(Acc, _From, _To, _Node, _Lang) -> Acc.

%% Clients know by this identity that blind addresses are served. What the form says depends on who asks; only this
%% hook is told, and runs in the same process, before the form.
identity(Acc, From, _To, <<>>, _Lang) ->
    _ = put(?MODULE, standing(From)),
    Attrs = [{<<"category">>, <<"service">>}, {<<"type">>, <<"multicast">>}, {<<"name">>, <<"Multicast">>}],
    Acc ++ [xmpp:decode({xmlel, <<"identity">>, [{<<"xmlns">>, ?NS_INFO} | Attrs], []})];
identity(Acc, _From, _To, _Node, _Lang) ->
    Acc.

form(Acc, Host, Module, <<>>, _Lang) when is_atom(Module) ->
    Standing = case erase(?MODULE) of
                   undefined -> local;
                   Known -> Known
               end,
    Limits = gen_mod:get_module_opt(Host, ?MODULE, limits),
    Stated = [field(atom_to_binary(Kind, utf8), [], integer_to_binary(Limit))
              || Kind <- [message, presence], Limit <- [limit(Limits, Standing, Kind)], is_integer(Limit)],
    Type = field(<<"FORM_TYPE">>, [{<<"type">>, <<"hidden">>}], ?NS_ADDRESS),
    Acc ++ [xmpp:decode({xmlel, <<"x">>, [{<<"xmlns">>, ?NS_XDATA}, {<<"type">>, <<"result">>}], [Type | Stated]})];
form(Acc, _Host, _Module, _Node, _Lang) ->
    Acc.

field(Var, Attrs, Value) ->
    {xmlel, <<"field">>, [{<<"var">>, Var} | Attrs], [{xmlel, <<"value">>, [], [{xmlcdata, Value}]}]}.
