%% What members send to groups. The group keeps it, so mod_mam does not keep it a second time in the archive of its
%% sender, as it does not with what is sent to a room.
-module(mod_xmpp_groups_archive).

-export([start/2, stop/1]).
%% Called by ejabberd: as 23.01 does it, and as later ones do.
-export([store_mam_message/7, store_mam_message/8]).

%% Before mod_mam stores the message, which is at 100.
-define(BEFORE_ARCHIVE, 10).

-spec start(binary(), map()) -> ok.
start(_Host, #{archive_sent := true}) ->
    ok;
start(Host, _Opts) ->
    ejabberd_hooks:add(store_mam_message, Host, ?MODULE, store_mam_message, ?BEFORE_ARCHIVE).

-spec stop(binary()) -> ok.
stop(Host) ->
    ejabberd_hooks:delete(store_mam_message, Host, ?MODULE, store_mam_message, ?BEFORE_ARCHIVE).

store_mam_message(Packet, _User, Host, Peer, _Nick, Type, Direction) ->
    store(Packet, Host, Peer, Type, Direction).

store_mam_message(Packet, _User, Host, Peer, _Nick, Type, Direction, _Extra) ->
    store(Packet, Host, Peer, Type, Direction).

store(Packet, Host, Peer, chat, send) ->
    {User, Domain, _} = jid:tolower(Peer),
    case User =/= <<>> andalso mod_xmpp_groups_host:has_group(Host, User, Domain) of
        true -> {stop, drop};
        false -> Packet
    end;
store(Packet, _Host, _Peer, _Type, _Direction) ->
    Packet.
