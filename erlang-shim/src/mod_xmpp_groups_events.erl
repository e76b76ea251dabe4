%% What happens in the server besides stanzas to groups: hooks of ejabberd become events for runners.
-module(mod_xmpp_groups_events).

-export([names/0, start/2, stop/1]).
-export([sm_register_connection/3, sm_remove_connection/3, register_user/2, remove_user/2, user_send_packet/1,
         offline_message/1, vcard_set/1]).

%% An event is called as its hook without `_hook'. vcard_set: a user has set his vCard, or mod_avatar has done so.
%% Numbers are the places among those who use the same hook: a vCard is stored at 50 and refused before that; messages
%% are stored at 50 and bounced later; what a client sends is stamped, filtered or dropped before it is passed on.
-define(HOOKS, #{sm_register_connection => {sm_register_connection_hook, 90},
                 sm_remove_connection => {sm_remove_connection_hook, 90},
                 register_user => {register_user, 90},
                 remove_user => {remove_user, 90},
                 user_send_packet => {user_send_packet, 99},
                 offline_message => {offline_message_hook, 40},
                 vcard_set => {vcard_iq_set, 120}}).

-spec names() -> [atom()].
names() ->
    maps:keys(?HOOKS).

-spec start(binary(), [atom()]) -> ok.
start(Host, Events) ->
    each(fun(Hook, Function, Place) -> ejabberd_hooks:add(Hook, Host, ?MODULE, Function, Place) end, Events).

-spec stop(binary()) -> ok.
stop(Host) ->
    each(fun(Hook, Function, Place) -> ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, Place) end, names()).

each(Do, Events) ->
    lists:foreach(fun(Event) ->
                          {Hook, Place} = maps:get(Event, ?HOOKS),
                          Do(Hook, Event, Place)
                  end, Events).

sm_register_connection(_Sid, Jid, _Info) ->
    tell(sm_register_connection, Jid, none).

sm_remove_connection(_Sid, Jid, _Info) ->
    tell(sm_remove_connection, Jid, none).

register_user(User, Host) ->
    tell(register_user, jid:make(User, Host), none).

remove_user(User, Host) ->
    tell(remove_user, jid:make(User, Host), none).

user_send_packet({drop, _} = Acc) ->
    Acc;
user_send_packet({Packet, _} = Acc) ->
    ok = tell(user_send_packet, xmpp:get_from(Packet), Packet),
    Acc.

offline_message({_, Packet} = Acc) ->
    ok = tell(offline_message, xmpp:get_to(Packet), Packet),
    Acc.

vcard_set(Acc) when element(1, Acc) =:= iq ->
    ok = tell(vcard_set, jid:remove_resource(xmpp:get_from(Acc)), Acc),
    Acc;
vcard_set(Acc) ->
    Acc.

%% What is nested too deeply for a runner is left out.
tell(_Event, error, _Packet) ->
    ok;
tell(Event, User, none) ->
    mod_xmpp_groups:tell(Event, User, <<>>);
tell(Event, User, Packet) ->
    Element = xmpp:encode(Packet, <<"jabber:client">>),
    case mod_xmpp_groups_queue:is_deeper(Element) of
        true -> ok;
        false -> mod_xmpp_groups:tell(Event, User, fxml:element_to_binary(Element))
    end.
