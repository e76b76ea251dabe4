%% Frames, proofs, addresses, depth. The table of bytes is the one that the other side of the protocol is tested with.
-module(mod_xmpp_groups_tests).

%% Without EUnit's header file, which Debian has in another package.
-export([says_what_the_table_says_test_/0,
         reads_what_the_table_says_test_/0,
         knows_another_version_test_/0,
         refuses_what_is_no_frame_test_/0,
         proves_the_secret_test_/0,
         addresses_test_/0,
         deep_elements_test_/0]).

-define(SHIM, [<<"hello">>, <<"welcome">>, <<"refuse">>, <<"stanza">>, <<"taken">>,
               <<"claimed">>, <<"event">>, <<"company">>]).

table() ->
    {ok, Text} = file:read_file(os:getenv("FRAMES")),
    jiffy:decode(Text, [return_maps]).

bytes(Hex) ->
    binary:decode_hex(Hex).

says_what_the_table_says_test_() ->
    [equal(bytes(Bytes), mod_xmpp_groups_frames:encode(said(Frame)))
     || #{<<"frame">> := #{<<"kind">> := Kind} = Frame, <<"bytes">> := Bytes} <- maps:get(<<"frames">>, table()),
        lists:member(Kind, ?SHIM)].

reads_what_the_table_says_test_() ->
    [equal(heard(Frame), mod_xmpp_groups_frames:decode(bytes(Bytes)))
     || #{<<"frame">> := #{<<"kind">> := Kind} = Frame, <<"bytes">> := Bytes} <- maps:get(<<"frames">>, table()),
        not lists:member(Kind, ?SHIM)].

knows_another_version_test_() ->
    [equal({prove_by_another_version, 1}, mod_xmpp_groups_frames:decode(<<2, 1, 0:(8 * 86)>>))].

refuses_what_is_no_frame_test_() ->
    [{binary_to_list(Why), equal(error, mod_xmpp_groups_frames:decode(bytes(Bytes)))}
     || #{<<"why">> := Why, <<"bytes">> := Bytes} <- maps:get(<<"unreadable">>, table())].

proves_the_secret_test_() ->
    #{<<"proofs">> := #{<<"secret">> := Secret, <<"runner">> := Runner, <<"shim">> := Shim} = Proofs} = table(),
    Said = [bytes(maps:get(Key, Proofs))
            || Key <- [<<"shimNonce">>, <<"runnerNonce">>, <<"incarnation">>, <<"session">>]],
    [equal(bytes(Runner), mod_xmpp_groups_frames:proof(runner, Secret, Said)),
     equal(bytes(Shim), mod_xmpp_groups_frames:proof(shim, Secret, Said))].

addresses_test_() ->
    [equal(Address, mod_xmpp_groups_link:address(Text))
     || {Text, Address} <- [{<<"127.0.0.1:5348">>, {{127, 0, 0, 1}, 5348}},
                            {<<"[::1]:5348">>, {{0, 0, 0, 0, 0, 0, 0, 1}, 5348}},
                            {<<"unix:/run/groups.sock">>, {{local, <<"/run/groups.sock">>}, 0}},
                            {<<"127.0.0.1:70000">>, error},
                            {<<"127.0.0.999:5348">>, error}]].

deep_elements_test_() ->
    Nested = fun(Levels) ->
                     lists:foldl(fun(_, Inner) -> {xmlel, <<"x">>, [], [{xmlcdata, <<"t">>}, Inner]} end,
                                 {xmlcdata, <<"t">>}, lists:seq(1, Levels))
             end,
    [equal(Deeper, mod_xmpp_groups_queue:is_deeper(Nested(Levels)))
     || {Levels, Deeper} <- [{1, false}, {64, false}, {65, true}, {5000, true}]].

equal(Wanted, Found) ->
    fun() -> Wanted = Found end.

said(#{<<"kind">> := <<"hello">>, <<"version">> := Version, <<"incarnation">> := Incarnation, <<"nonce">> := Nonce}) ->
    {hello, Version, bytes(Incarnation), bytes(Nonce)};
said(#{<<"kind">> := <<"welcome">>, <<"proof">> := Proof, <<"session">> := State, <<"taken">> := Taken,
       <<"mode">> := Mode, <<"domain">> := Domain}) ->
    {welcome, bytes(Proof), binary_to_atom(State), Taken,
     case Mode of <<"subdomain">> -> subdomain; <<"sameHost">> -> same_host end, Domain};
said(#{<<"kind">> := <<"refuse">>, <<"reason">> := Reason, <<"text">> := Text}) ->
    {refuse, Reason, Text};
said(#{<<"kind">> := <<"stanza">>} = Frame) ->
    with_atoms(Frame);
said(#{<<"kind">> := <<"event">>} = Frame) ->
    with_atoms(Frame);
said(#{<<"kind">> := <<"claimed">>, <<"free">> := Free, <<"name">> := Name}) ->
    {claimed, Free, Name};
said(#{<<"kind">> := <<"company">>, <<"runners">> := Runners}) ->
    {company, Runners};
said(#{<<"kind">> := <<"taken">>, <<"number">> := Number}) ->
    {taken, Number}.

%% The table's keys as atoms; there they are text.
with_atoms(#{<<"kind">> := Kind} = Frame) ->
    (maps:from_list([{binary_to_atom(Key), Value} || {Key, Value} <- maps:to_list(Frame)]))#{kind := binary_to_atom(Kind)}.

heard(#{<<"kind">> := <<"prove">>, <<"session">> := Session, <<"nonce">> := Nonce, <<"proof">> := Proof} = Frame) ->
    (maps:remove(version, with_atoms(Frame)))#{session := bytes(Session), nonce := bytes(Nonce), proof := bytes(Proof)};
heard(#{<<"kind">> := <<"route">>, <<"number">> := Number, <<"cause">> := Cause, <<"xml">> := Xml}) ->
    {route, Number, Cause, Xml};
heard(#{<<"kind">> := <<"fanOut">>, <<"number">> := Number, <<"cause">> := Cause, <<"recipients">> := Recipients,
        <<"xml">> := Xml}) ->
    {fanout, Number, Cause, Recipients, Xml};
heard(#{<<"kind">> := <<"acknowledge">>, <<"number">> := Number, <<"stanzas">> := Stanzas}) ->
    {ack, Number, Stanzas};
heard(#{<<"kind">> := <<"reject">>, <<"number">> := Number, <<"stanza">> := Stanza, <<"text">> := Text}) ->
    {reject, Number, Stanza, Text};
heard(#{<<"kind">> := <<"groups">>, <<"number">> := Number, <<"begins">> := Begins, <<"ends">> := Ends,
        <<"names">> := Names}) ->
    {groups, Number, Begins, Ends, Names};
heard(#{<<"kind">> := <<"claim">>, <<"number">> := Number, <<"name">> := Name}) ->
    {claim, Number, Name};
heard(#{<<"kind">> := <<"release">>, <<"number">> := Number, <<"name">> := Name}) ->
    {release, Number, Name}.
