%% Which runner gets what is for a group.
-module(mod_xmpp_groups_choice).

-export([choose/2, asker/1]).

%% Rendezvous hashing: each runner draws a lot for the key, and the highest wins. When one goes, only its keys move,
%% and to all others alike; when one comes, it takes a part of each one's.
-spec choose(term(), [Session, ...]) -> Session when Session :: binary().
choose(Key, Sessions) ->
    {_, Session} = lists:max([{erlang:phash2([Session, Key], 1 bsl 32), Session} || Session <- Sessions]),
    Session.

%% The first bytes of the session that asked, when a stanza is the answer to a request of a runner.
-spec asker(tuple()) -> {ok, binary()} | error.
asker(Packet) when element(1, Packet) =:= iq ->
    case {xmpp:get_type(Packet), xmpp:get_id(Packet)} of
        {Type, <<Hex:8/binary, "-", _/binary>>} when Type =:= result; Type =:= error ->
            try {ok, binary:decode_hex(Hex)}
            catch error:badarg -> error
            end;
        _ ->
            error
    end;
asker(_Packet) ->
    error.
