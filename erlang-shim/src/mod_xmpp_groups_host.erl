%% Groups beside users: what is sent to a group, or asks the virtual host for groups, goes to the queue and nowhere
%% else. And what service discovery says of groups, on the virtual host and on a domain of their own.
-module(mod_xmpp_groups_host).

-export([start/2, stop/1, may_speak/2, has_group/3]).
%% Called by ejabberd.
-export([receive_packet/1, deliver/1, authenticated/3, registered/2, items/5, process_iq/1, process_items/1, process_info/1,
         decode_iq_subel/1]).

-define(GROUPS, <<"https://xabber.com/protocol/groups">>).
-define(GROUPS_V0, <<"http://xabber.com/protocol/groupchat">>).
-define(NS_DISCO_ITEMS, <<"http://jabber.org/protocol/disco#items">>).
-define(NS_DISCO_INFO, <<"http://jabber.org/protocol/disco#info">>).
%% Before mod_mam keeps the message, which is at 50.
-define(BEFORE_ARCHIVE, 10).
%% Behind mod_disco, which names all services without a node.
-define(BEHIND_DISCO, 110).

%% `Domain' is where the groups are; the virtual host itself, when they are beside users.
-spec start(binary(), map()) -> ok.
start(Host, #{groups := Mode, host := Domain}) ->
    _ = [mod_xmpp_groups_names:start() || Mode =:= same_host],
    persistent_term:put({?MODULE, Host}, {Mode, Domain}),
    ejabberd_hooks:add(disco_local_items, Host, ?MODULE, items, ?BEHIND_DISCO),
    _ = [beside_users(add, Host) || Mode =:= same_host],
    ok.

-spec stop(binary()) -> ok.
stop(Host) ->
    case persistent_term:get({?MODULE, Host}, undefined) of
        undefined ->
            ok;
        {Mode, _} ->
            ejabberd_hooks:delete(disco_local_items, Host, ?MODULE, items, ?BEHIND_DISCO),
            _ = [beside_users(delete, Host) || Mode =:= same_host],
            _ = persistent_term:erase({?MODULE, Host}),
            ok
    end.

%% Whether a runner may send something from this address of its domain: there may be users beside the groups.
-spec may_speak(binary(), binary()) -> boolean().
may_speak(<<>>, _Domain) ->
    true;
may_speak(User, Domain) ->
    case persistent_term:get({?MODULE, Domain}, undefined) of
        {same_host, _} -> mod_xmpp_groups_names:is_ours(User, Domain);
        _ -> true
    end.

%% Whether an address is one of the groups of this virtual host, or would be if there were such a group.
-spec has_group(binary(), binary(), binary()) -> boolean().
has_group(Host, User, Domain) ->
    case persistent_term:get({?MODULE, Host}, undefined) of
        {same_host, Domain} -> mod_xmpp_groups_names:is_ours(User, Domain);
        {subdomain, Domain} -> true;
        _ -> false
    end.

beside_users(Do, Host) ->
    _ = [ejabberd_hooks:Do(Hook, Host, ?MODULE, Function, Place)
         || {Hook, Function, Place} <- [{sm_receive_packet, receive_packet, ?BEFORE_ARCHIVE},
                                        {user_receive_packet, deliver, ?BEFORE_ARCHIVE},
                                        {c2s_auth_result, authenticated, ?BEFORE_ARCHIVE},
                                        {register_user, registered, ?BEFORE_ARCHIVE}]],
    _ = [handle(Do, Host, Base, Topic) || Base <- [?GROUPS, ?GROUPS_V0], Topic <- [<<>>, <<"#create">>, <<"#delete">>]],
    _ = [handle_disco(Do, Host, Namespace, Own, Its)
         || {Namespace, Own, Its} <- [{?NS_DISCO_ITEMS, process_items, process_local_iq_items},
                                      {?NS_DISCO_INFO, process_info, process_local_iq_info}]],
    ok.

handle(add, Host, Base, Topic) ->
    gen_iq_handler:add_iq_handler(ejabberd_local, Host, <<Base/binary, Topic/binary>>, ?MODULE, process_iq);
handle(delete, Host, Base, Topic) ->
    gen_iq_handler:remove_iq_handler(ejabberd_local, Host, <<Base/binary, Topic/binary>>).

%% In front of mod_disco, which answers what is not about groups.
handle_disco(add, Host, Namespace, Own, _Its) ->
    gen_iq_handler:add_iq_handler(ejabberd_local, Host, Namespace, ?MODULE, Own);
handle_disco(delete, Host, Namespace, _Own, Its) ->
    case gen_mod:is_loaded(Host, mod_disco) of
        true -> gen_iq_handler:add_iq_handler(ejabberd_local, Host, Namespace, mod_disco, Its);
        false -> gen_iq_handler:remove_iq_handler(ejabberd_local, Host, Namespace)
    end.

%% Everything that is sent to a local part, bare or with a resource.
receive_packet(Packet) ->
    {User, Host, _} = jid:tolower(xmpp:get_to(Packet)),
    case mod_xmpp_groups_names:is_ours(User, Host) of
        true ->
            hand_over(Host, Packet),
            {stop, drop};
        false ->
            Packet
    end.

%% mod_caps asks those of other servers what they can; a group of this one has to be asked, too, for changes of the
%% user's avatar to be sent to it (XEP-0163).
deliver({Packet, #{lserver := Host} = State}) when element(1, Packet) =:= presence ->
    From = xmpp:get_from(Packet),
    {User, Server, Resource} = jid:tolower(From),
    IsNews = Server =:= Host andalso Resource =/= <<>> andalso xmpp:get_type(Packet) =:= available andalso
        mod_xmpp_groups_names:is_group(User, Server) andalso gen_mod:is_loaded(Host, mod_caps),
    _ = [mod_caps:user_send_packet({xmpp:set_to(Packet, jid:remove_resource(From)), State#{jid => From}}) || IsNews],
    {Packet, State};
deliver(Acc) ->
    Acc.

%% A server that is being started anew takes nothing; then nobody else may answer either.
hand_over(Host, Packet) ->
    case whereis(gen_mod:get_module_proc(Host, mod_xmpp_groups)) of
        undefined ->
            Error = xmpp:err_remote_server_timeout(<<"The group service is not running">>, xmpp:get_lang(Packet)),
            _ = [ejabberd_router:route_error(Packet, Error) || element(1, Packet) =/= presence],
            ok;
        Queue ->
            Queue ! {route, Packet},
            ok
    end.

%% Another authentication, such as a directory, may come to know an account that has the name of a group.
authenticated(#{lserver := Host} = State, true, User) ->
    case mod_xmpp_groups_names:is_group(jid:nodeprep(User), Host) of
        true -> ejabberd_c2s:send(State, xmpp:serr_not_authorized(<<"This is the name of a group">>, <<"en">>));
        false -> State
    end;
authenticated(State, _Failed, _User) ->
    State.

%% An account and a group that were made at the same moment: the group was told that the name is its own.
registered(User, Host) ->
    case mod_xmpp_groups_names:is_group(User, Host) of
        true ->
            logger:error("mod_xmpp_groups: ~ts@~ts became a group in this moment: the account is removed", [User, Host]),
            ejabberd_auth:remove_user(User, Host);
        false ->
            mod_xmpp_groups_names:leave(User, Host)
    end.

%% The elements of these requests are for the runner to read.
decode_iq_subel(Element) ->
    Element.

process_iq(Iq) ->
    {_, Host, _} = jid:tolower(xmpp:get_to(Iq)),
    hand_over(Host, Iq),
    ignore.

process_items(Iq) ->
    process_disco(Iq, process_local_iq_items).

process_info(Iq) ->
    process_disco(Iq, process_local_iq_info).

process_disco(Iq, Function) ->
    [Element] = xmpp:get_els(Iq),
    case lists:member(fxml:get_tag_attr_s(<<"node">>, Element), [?GROUPS, ?GROUPS_V0]) of
        true -> process_iq(Iq);
        false -> mod_disco:Function(xmpp:set_els(Iq, [xmpp:decode(Element)]))
    end.

%% Clients find the groups by the node (reference 1.1), so the item that mod_disco makes of the domain is left out.
items({error, _} = Acc, _From, _To, _Node, _Lang) ->
    Acc;
items(Acc, _From, To, <<>>, _Lang) ->
    {_, Host, _} = jid:tolower(To),
    {_, Domain} = persistent_term:get({?MODULE, Host}, {same_host, Host}),
    Others = case Acc of
                 {result, Found} -> [Item || Item <- Found, not is_plain(xmpp:encode(Item), Domain)];
                 empty -> []
             end,
    {result, [item(Domain) | Others]};
items(Acc, _From, _To, _Node, _Lang) ->
    Acc.

is_plain(Item, Domain) ->
    fxml:get_tag_attr_s(<<"jid">>, Item) =:= Domain andalso fxml:get_tag_attr_s(<<"node">>, Item) =:= <<>>.

item(Domain) ->
    xmpp:decode({xmlel, <<"item">>, [{<<"xmlns">>, ?NS_DISCO_ITEMS}, {<<"jid">>, Domain}, {<<"node">>, ?GROUPS},
                                     {<<"name">>, <<"Group Service">>}], []}).
