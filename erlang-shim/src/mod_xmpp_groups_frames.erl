%% The frames between ejabberd and the runner, as bytes without the length in front (docs/shim-protocol.md), and the
%% proofs of the secret.
-module(mod_xmpp_groups_frames).

-export([version/0, encode/1, decode/1, proof/3, is_proof/4]).
-export_type([said/0, heard/0]).

-define(VERSION, 2).

%% What this side says, and what runners do.
-type said() :: {hello, byte(), binary(), binary()}
              | {welcome, binary(), new | resumed | replaced, number48(), subdomain | same_host, binary()}
              | {refuse, byte(), binary()}
              | #{kind := stanza, number := number48(), again := boolean(), done := 0..65535, since := number48(),
                  first := number48(), xml := binary()}
              | {taken, number48()}
              | {claimed, boolean(), binary()}
              | #{kind := event, number := number48(), again := boolean(), since := number48(), name := binary(),
                  user := binary(), xml := binary()}
              | {company, 0..65535}.
-type heard() :: #{kind := prove, session := binary(), nonce := binary(), proof := binary(), received := number48(),
                   serves := boolean(), events := [binary()]}
               | {prove_by_another_version, byte()}
               | {route, number48(), number48(), binary()}
               | {fanout, number48(), number48(), [binary()], binary()}
               | {ack, number48(), [number48()]}
               | {reject, number48(), number48(), binary()}
               | {groups, number48(), Begins :: boolean(), Ends :: boolean(), [binary()]}
               | {claim, number48(), binary()}
               | {release, number48(), binary()}.
-type number48() :: non_neg_integer().

-spec version() -> byte().
version() ->
    ?VERSION.

-spec encode(said()) -> binary().
encode({hello, Version, Incarnation, Nonce}) ->
    <<1, Version, Incarnation:16/binary, Nonce:32/binary>>;
encode({welcome, Proof, State, Taken, Mode, Domain}) ->
    <<3, Proof:32/binary, (state(State)), Taken:48, (mode(Mode)), Domain/binary>>;
encode({refuse, Reason, Text}) ->
    <<4, Reason, Text/binary>>;
encode(#{kind := stanza, number := Number, again := Again, done := Done, since := Since, first := First, xml := Xml}) ->
    <<5, Number:48, (flag(Again)), Done:16, Since:48, First:48, Xml/binary>>;
encode({taken, Number}) ->
    <<6, Number:48>>;
encode({claimed, Free, Name}) ->
    <<13, (flag(Free)), Name/binary>>;
encode(#{kind := event, number := Number, again := Again, since := Since, name := Name, user := User, xml := Xml}) ->
    <<15, Number:48, (flag(Again)), Since:48, (text(Name))/binary, (text(User))/binary, Xml/binary>>;
encode({company, Runners}) ->
    <<16, Runners:16>>.

state(new) -> 0;
state(resumed) -> 1;
state(replaced) -> 2.

mode(subdomain) -> 0;
mode(same_host) -> 1.

flag(false) -> 0;
flag(true) -> 1.

text(Text) -> <<(byte_size(Text)):16, Text/binary>>.

-spec decode(binary()) -> heard() | error.
decode(<<2, ?VERSION, Session:16/binary, Nonce:32/binary, Proof:32/binary, Received:48, Serves, Events/binary>>) ->
    #{kind => prove, session => Session, nonce => Nonce, proof => Proof, received => Received,
      serves => Serves =/= 0, events => binary:split(Events, <<" ">>, [global, trim_all])};
decode(<<2, Version, _/binary>>) when Version =/= ?VERSION ->
    {prove_by_another_version, Version};
decode(<<7, Number:48, Cause:48, Xml/binary>>) ->
    {route, Number, Cause, Xml};
decode(<<8, Number:48, Cause:48, Count:32, Rest/binary>>) ->
    recipients(Count, Rest, [], {fanout, Number, Cause});
decode(<<9, Number:48, Numbers/binary>>) when byte_size(Numbers) rem 6 =:= 0 ->
    {ack, Number, [One || <<One:48>> <= Numbers]};
decode(<<10, Number:48, Rejected:48, Text/binary>>) ->
    {reject, Number, Rejected, Text};
decode(<<11, Number:48, _:6, Ends:1, Begins:1, Names/binary>>) ->
    case texts(Names, []) of
        error -> error;
        List -> {groups, Number, Begins =:= 1, Ends =:= 1, List}
    end;
decode(<<12, Number:48, Name/binary>>) ->
    {claim, Number, Name};
decode(<<14, Number:48, Name/binary>>) ->
    {release, Number, Name};
decode(_) ->
    error.

texts(<<>>, Texts) -> lists:reverse(Texts);
texts(<<Size:16, Text:Size/binary, Rest/binary>>, Texts) -> texts(Rest, [Text | Texts]);
texts(_, _) -> error.

recipients(0, Xml, Jids, {fanout, Number, Cause}) ->
    {fanout, Number, Cause, lists:reverse(Jids), Xml};
recipients(Count, <<Size:16, Jid:Size/binary, Rest/binary>>, Jids, Frame) ->
    recipients(Count - 1, Rest, [Jid | Jids], Frame);
recipients(_, _, _, _) ->
    error.

%% What only a side that knows the secret can say about both nonces, the incarnation and the session.
-spec proof(runner | shim, binary(), iodata()) -> binary().
proof(runner, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups runner">> | Said]);
proof(shim, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups shim">> | Said]).

%% Takes as long for any two proofs.
-spec is_proof(binary(), runner | shim, binary(), iodata()) -> boolean().
is_proof(Proof, Side, Secret, Said) ->
    binary:decode_unsigned(crypto:exor(Proof, proof(Side, Secret, Said))) =:= 0.
