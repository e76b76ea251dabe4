%% The frames between ejabberd and the runner, as bytes without the length in front (docs/shim-protocol.md), and the
%% proofs of the secret.
-module(mod_xmpp_groups_frames).

-export([version/0, encode/1, decode/1, proof/3, is_proof/4]).
-export_type([said/0, heard/0]).

-define(VERSION, 1).

%% What this side says, and what runners do.
-type said() :: {hello, byte(), binary(), binary()}
              | {welcome, binary(), boolean(), number48(), binary()}
              | {refuse, byte(), binary()}
              | {stanza, number48(), boolean(), 0..65535, number48(), binary()}
              | {taken, number48()}.
-type heard() :: {prove, byte(), binary(), binary(), binary(), number48()}
               | {route, number48(), number48(), binary()}
               | {fanout, number48(), number48(), [binary()], binary()}
               | {ack, number48(), [number48()]}
               | {reject, number48(), number48(), binary()}.
-type number48() :: non_neg_integer().

-spec version() -> byte().
version() ->
    ?VERSION.

-spec encode(said()) -> binary().
encode({hello, Version, Incarnation, Nonce}) -> <<1, Version, Incarnation:16/binary, Nonce:32/binary>>;
encode({welcome, Proof, Resumed, Taken, Domain}) ->
    <<3, Proof:32/binary, (flag(Resumed)), Taken:48, Domain/binary>>;
encode({refuse, Reason, Text}) -> <<4, Reason, Text/binary>>;
encode({stanza, Number, Again, Done, Since, Xml}) ->
    <<5, Number:48, (flag(Again)), Done:16, Since:48, Xml/binary>>;
encode({taken, Number}) -> <<6, Number:48>>.

-spec decode(binary()) -> heard() | error.
decode(<<2, Version, Session:16/binary, Nonce:32/binary, Proof:32/binary, Received:48>>) ->
    {prove, Version, Session, Nonce, Proof, Received};
decode(<<7, Number:48, Cause:48, Xml/binary>>) ->
    {route, Number, Cause, Xml};
decode(<<8, Number:48, Cause:48, Count:32, Rest/binary>>) ->
    recipients(Count, Rest, [], {fanout, Number, Cause});
decode(<<9, Number:48, Numbers/binary>>) when byte_size(Numbers) rem 6 =:= 0 ->
    {ack, Number, [One || <<One:48>> <= Numbers]};
decode(<<10, Number:48, Rejected:48, Text/binary>>) ->
    {reject, Number, Rejected, Text};
decode(_) ->
    error.

recipients(0, Xml, Jids, {fanout, Number, Cause}) ->
    {fanout, Number, Cause, lists:reverse(Jids), Xml};
recipients(Count, <<Size:16, Jid:Size/binary, Rest/binary>>, Jids, Frame) ->
    recipients(Count - 1, Rest, [Jid | Jids], Frame);
recipients(_, _, _, _) ->
    error.

flag(true) -> 1;
flag(false) -> 0.

%% What only a side that knows the secret can say about both nonces, the incarnation and the session.
-spec proof(runner | shim, binary(), iodata()) -> binary().
proof(runner, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups runner">> | Said]);
proof(shim, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups shim">> | Said]).

%% Takes as long for any two proofs.
-spec is_proof(binary(), runner | shim, binary(), iodata()) -> boolean().
is_proof(Proof, Side, Secret, Said) ->
    binary:decode_unsigned(crypto:exor(Proof, proof(Side, Secret, Said))) =:= 0.
