%% Who gets what while runners come and go.
-module(mod_xmpp_groups_dispatch_tests).

-export([waits_for_the_first_test/0, same_runner_goes_on_test/0, another_one_gets_everything_again_test/0,
         those_of_the_dead_go_to_the_others_in_order_test/0, what_belongs_together_stays_together_test/0,
         answers_go_to_who_asked_test/0, events_test/0, company_test/0, the_hung_are_replaced_test/0,
         only_who_has_it_acknowledges_it_test/0, forgotten_sessions_are_new_test/0]).

-define(A, <<"aaaaaaaaaaaaaaaa">>).
-define(B, <<"bbbbbbbbbbbbbbbb">>).
-define(C, <<"cccccccccccccccc">>).

%% A connection whose other side is a process that remembers what was said.
conn() ->
    #{reader => spawn(fun() -> ok end), writer => spawn(fun() -> remember([]) end), socket => none}.

remember(Said) ->
    receive
        {frame, Bytes} -> remember([Bytes | Said]);
        {taken, _} -> remember(Said);
        {what, From} -> From ! {said, lists:reverse(Said)}, remember([])
    end.

%% What was said since the last time: stanzas and events as `{Number, Again, Done, First, Xml}', company as a number.
said(#{writer := Writer}) ->
    Writer ! {what, self()},
    receive {said, Frames} -> [said_in(Frame) || Frame <- Frames] end.

said_in(<<5, Number:48, Again, Done:16, _Since:48, First:48, Xml/binary>>) -> {Number, Again, Done, First, Xml};
said_in(<<15, Number:48, Again, _Since:48, Size:16, Name:Size/binary, Rest/binary>>) -> {Number, Again, Name, Rest};
said_in(<<16, Count:16>>) -> Count.

come(Session, Conn, Dispatch) -> come(Session, Conn, #{}, Dispatch).

%% Comes, and tells what became of the session.
come(Session, Conn, More, Dispatch) ->
    Self = self(),
    Hello = maps:merge(#{session => Session, conn => Conn, received => 0, serves => true, events => [], heard => 0}, More),
    Left = mod_xmpp_groups_dispatch:come(Hello, fun(State, Taken) -> Self ! {welcome, State, Taken}, ok end, Dispatch),
    receive {welcome, State, Taken} -> {State, Taken, Left} end.

comes(Session, Conn, Dispatch) ->
    {new, 0, Left} = come(Session, Conn, Dispatch),
    Left.

entry(Key, Xml) ->
    #{what => stanza, key => Key, xml => Xml, at => 0, since => 0, again => false, done => 0}.

add(Key, Xml, Dispatch) ->
    mod_xmpp_groups_dispatch:add(entry(Key, Xml), Dispatch).

%% A key that goes to a runner among these.
key_of(Session, Sessions) ->
    hd([Key || Key <- lists:seq(1, 100), mod_xmpp_groups_choice:choose(Key, Sessions) =:= Session]).

acknowledge(Session, Number, Numbers, Dispatch) ->
    mod_xmpp_groups_dispatch:routed(Session, Number, {done, Numbers}, 0, Dispatch).

routed(Session, Number, Cause, Dispatch) ->
    mod_xmpp_groups_dispatch:routed(Session, Number, {cause, Cause}, 0, Dispatch).

waits_for_the_first_test() ->
    A = conn(),
    Waiting = add(k, <<"two">>, add(k, <<"one">>, mod_xmpp_groups_dispatch:new())),
    {2, 6} = mod_xmpp_groups_dispatch:size(Waiting),
    Got = comes(?A, A, Waiting),
    [1, {3, 0, 0, 1, <<"one">>}, {4, 0, 0, 2, <<"two">>}] = said(A),
    {0, 0} = mod_xmpp_groups_dispatch:size(acknowledge(?A, 1, [3, 4], Got)).

same_runner_goes_on_test() ->
    [A, Again] = [conn(), conn()],
    One = add(k, <<"two">>, add(k, <<"one">>, comes(?A, A, mod_xmpp_groups_dispatch:new()))),
    [1, {1, 0, 0, 1, <<"one">>}, {2, 0, 0, 2, <<"two">>}] = said(A),
    Routed = routed(?A, 7, 1, One),
    Away = add(k, <<"three">>, mod_xmpp_groups_dispatch:go(?A, 0, Routed)),
    {resumed, 7, _} = come(?A, Again, #{received => 1}, Away),
    [1, {2, 0, 0, 2, <<"two">>}, {4, 0, 0, 3, <<"three">>}] = said(Again).

another_one_gets_everything_again_test() ->
    [A, B, Again] = [conn(), conn(), conn()],
    One = add(k, <<"one">>, comes(?A, A, mod_xmpp_groups_dispatch:new())),
    Away = add(k, <<"two">>, mod_xmpp_groups_dispatch:go(?A, 0, routed(?A, 1, 1, One))),
    Got = comes(?B, B, Away),
    [1, {3, 1, 1, 1, <<"one">>}, {4, 0, 0, 2, <<"two">>}] = said(B),
    {replaced, 1, Both} = come(?A, Again, #{received => 1}, Got),
    [2] = said(Again),
    %% It goes on from here as if nothing had been.
    {resumed, 1, _} = come(?A, conn(), mod_xmpp_groups_dispatch:go(?A, 0, Both)).

those_of_the_dead_go_to_the_others_in_order_test() ->
    [A, B, C] = [conn(), conn(), conn()],
    All = comes(?C, C, comes(?B, B, comes(?A, A, mod_xmpp_groups_dispatch:new()))),
    Keys = [Key || Key <- lists:seq(1, 60), mod_xmpp_groups_choice:choose(Key, [?A, ?B, ?C]) =:= ?A],
    true = length(Keys) > 5,
    Added = lists:foldl(fun({Key, Round}, Some) -> add(Key, <<Key, Round>>, Some) end, All,
                        [{Key, Round} || Round <- [1, 2], Key <- Keys]),
    [1, 2, 3 | Had] = said(A),
    {[2, 3], [3]} = {said(B), said(C)},
    _ = mod_xmpp_groups_dispatch:go(?A, 0, Added),
    Moved = [[Frame || Frame <- said(Other), is_tuple(Frame)] || Other <- [B, C]],
    [true = Numbers =:= lists:sort(Numbers) || Some <- Moved, Numbers <- [[Number || {Number, _, _, _, _} <- Some]]],
    [true = Got =:= [First || {_, _, _, First, <<Key, _>>} <- Had, mod_xmpp_groups_choice:choose(Key, [?B, ?C]) =:= To]
     || {To, Some} <- lists:zip([?B, ?C], Moved), Got <- [[First || {_, 1, 0, First, _} <- Some]]],
    true = length(Had) =:= lists:sum([length(Some) || Some <- Moved]).

what_belongs_together_stays_together_test() ->
    [A, B] = [conn(), conn()],
    Key = key_of(?B, [?A, ?B]),
    First = add(Key, <<"one">>, comes(?A, A, mod_xmpp_groups_dispatch:new())),
    Second = add(Key, <<"two">>, comes(?B, B, First)),
    [1, {1, 0, 0, 1, <<"one">>}, 2, {2, 0, 0, 2, <<"two">>}] = said(A),
    Third = add(Key, <<"three">>, acknowledge(?A, 1, [1], Second)),
    [{3, 0, 0, 3, <<"three">>}] = said(A),
    _ = add(Key, <<"four">>, acknowledge(?A, 2, [2, 3], Third)),
    [2, {4, 0, 0, 4, <<"four">>}] = said(B).

answers_go_to_who_asked_test() ->
    [A, B] = [conn(), conn()],
    Both = comes(?B, B, comes(?A, A, mod_xmpp_groups_dispatch:new())),
    Key = key_of(?B, [?A, ?B]),
    Answer = (entry(Key, <<"answer">>))#{asker => <<"aaaa">>},
    One = mod_xmpp_groups_dispatch:add(Answer, Both),
    [1, 2, {1, 0, 0, 1, <<"answer">>}] = said(A),
    %% Having the answer is not having the group.
    Two = add(Key, <<"stanza">>, One),
    [2, {2, 0, 0, 2, <<"stanza">>}] = said(B),
    Gone = mod_xmpp_groups_dispatch:go(?A, 0, Two),
    [1, {3, 1, 0, 1, <<"answer">>}] = said(B),
    _ = mod_xmpp_groups_dispatch:add(Answer, Gone),
    [{4, 0, 0, 4, <<"answer">>}] = said(B).

events_test() ->
    [A, B, L] = [conn(), conn(), conn()],
    Wants = #{events => [<<"remove_user">>]},
    {new, 0, One} = come(?A, A, Wants, comes(?B, B, mod_xmpp_groups_dispatch:new())),
    {new, 0, All} = come(?C, L, Wants#{serves => false}, One),
    [[1, 2], [2], []] = [said(Conn) || Conn <- [B, A, L]],
    Event = fun(Name) -> (entry(k, <<>>))#{what => {event, Name, <<"romeo@example.com">>}} end,
    Rest = <<17:16, "romeo@example.com">>,
    ok = mod_xmpp_groups_dispatch:tell_listeners(<<"remove_user">>, Event(<<"remove_user">>), All),
    ok = mod_xmpp_groups_dispatch:tell_listeners(<<"vcard_set">>, Event(<<"vcard_set">>), All),
    [{0, 0, <<"remove_user">>, Rest}] = said(L),
    Told = mod_xmpp_groups_dispatch:add(Event(<<"remove_user">>), All),
    [{1, 0, <<"remove_user">>, Rest}] = said(A),
    %% What nobody wants to hear is kept for nobody.
    {1, 0} = mod_xmpp_groups_dispatch:size(mod_xmpp_groups_dispatch:add(Event(<<"vcard_set">>), Told)),
    %% B does not want to hear of what A had to, either.
    {0, 0} = mod_xmpp_groups_dispatch:size(mod_xmpp_groups_dispatch:go(?A, 0, Told)),
    %% Who only listens gets no stanzas: they wait.
    {new, 0, Alone} = come(?C, conn(), Wants#{serves => false}, mod_xmpp_groups_dispatch:new()),
    {2, 1} = mod_xmpp_groups_dispatch:size(mod_xmpp_groups_dispatch:add(Event(<<"remove_user">>), add(k, <<"1">>, Alone))).

company_test() ->
    [A, B, L] = [conn(), conn(), conn()],
    One = comes(?A, A, mod_xmpp_groups_dispatch:new()),
    {new, 0, Listened} = come(?C, L, #{serves => false}, One),
    [[1], []] = [said(A), said(L)],
    Two = comes(?B, B, Listened),
    [[2], [2], []] = [said(A), said(B), said(L)],
    _ = mod_xmpp_groups_dispatch:go(?B, 0, Two),
    [1] = said(A).

the_hung_are_replaced_test() ->
    [A, B] = [conn(), conn()],
    Key = key_of(?A, [?A, ?B]),
    Alone = add(Key, <<"one">>, comes(?A, A, mod_xmpp_groups_dispatch:new())),
    {[1], []} = mod_xmpp_groups_dispatch:overdue(10, 0, Alone),
    {[], []} = mod_xmpp_groups_dispatch:overdue(10, 0, mod_xmpp_groups_dispatch:routed(?A, 1, nothing, 20, Alone)),
    {[], []} = mod_xmpp_groups_dispatch:overdue(10, 0, routed(?A, 1, 1, Alone)),
    {[], []} = mod_xmpp_groups_dispatch:overdue(0, 0, Alone),
    {[], [A]} = mod_xmpp_groups_dispatch:overdue(10, 0, comes(?B, B, Alone)),
    %% Who takes over has as long for it.
    Other = comes(?B, B, Alone),
    {[], []} = mod_xmpp_groups_dispatch:overdue(10, 0, mod_xmpp_groups_dispatch:go(?A, 10, Other)),
    {[2], []} = mod_xmpp_groups_dispatch:overdue(20, 0, mod_xmpp_groups_dispatch:go(?A, 10, Other)),
    %% Nobody is there any more, for a short time or a longer one.
    Gone = mod_xmpp_groups_dispatch:go(?A, 0, Alone),
    {[], []} = mod_xmpp_groups_dispatch:overdue(10, 15, Gone),
    {[1], []} = mod_xmpp_groups_dispatch:overdue(10, 5, Gone),
    [#{xml := <<"one">>}] = mod_xmpp_groups_dispatch:unsent(Gone),
    [] = mod_xmpp_groups_dispatch:unsent(Alone).

only_who_has_it_acknowledges_it_test() ->
    [A, B] = [conn(), conn()],
    Key = key_of(?A, [?A, ?B]),
    Both = add(Key, <<"one">>, comes(?B, B, comes(?A, A, mod_xmpp_groups_dispatch:new()))),
    {1, 3} = mod_xmpp_groups_dispatch:size(acknowledge(?B, 1, [1, 99], Both)),
    {0, 0} = mod_xmpp_groups_dispatch:size(acknowledge(?A, 1, [1, 99], Both)).

forgotten_sessions_are_new_test() ->
    Names = [<<Number:128>> || Number <- lists:seq(1, 66)],
    All = lists:foldl(fun(Name, Some) -> mod_xmpp_groups_dispatch:go(Name, 0, comes(Name, conn(), Some)) end,
                      mod_xmpp_groups_dispatch:new(), Names),
    States = [element(1, come(Name, conn(), All)) || Name <- [<<1:128>>, <<2:128>>, <<3:128>>, <<66:128>>]],
    [new, new, resumed, resumed] = States.
