%% What waits and the runners that are there, together: who gets what, and what becomes of it when somebody comes
%% or goes.
-module(mod_xmpp_groups_dispatch).

-export([new/0, come/3, go/3, runner/2, runner_of/2, add/2, tell_listeners/3, routed/5, take/2, size/1, serving/1,
         overdue/3, unsent/1, connections/1]).
-export_type([dispatch/0]).

-record(dispatch, {waiting = mod_xmpp_groups_waiting:new() :: mod_xmpp_groups_waiting:waiting(),
                   runners = mod_xmpp_groups_runners:new() :: mod_xmpp_groups_runners:runners()}).
-opaque dispatch() :: #dispatch{}.
-type session() :: mod_xmpp_groups_waiting:session().
-type entry() :: mod_xmpp_groups_waiting:entry().

-spec new() -> dispatch().
new() ->
    #dispatch{}.

%% A runner has come. `Welcome' tells it what has become of its session; then it gets what it is to have.
-spec come(map(), fun((new | resumed | replaced, non_neg_integer()) -> ok), dispatch()) -> dispatch().
come(#{session := Session, received := Received, heard := Now} = Hello, Welcome, #dispatch{runners = Before} = Dispatch) ->
    Wants = maps:with([conn, serves, events, heard], Hello),
    {State, Runner, Runners} = mod_xmpp_groups_runners:come(Session, Wants, Before),
    ok = Welcome(State, maps:get(taken, Runner)),
    Told = tell_company(Dispatch#dispatch{runners = Runners}),
    %% The same runner on another connection: what it has, and may have got. Everything else is new to it.
    _ = [say(Runner, Number, Entry)
         || {Number, Entry} <- mod_xmpp_groups_waiting:held_by(Session, Told#dispatch.waiting), Number > Received],
    place_what_nobody_has(Now, Told).

%% A runner is gone, and everything that it had written is routed. Others finish what it had; when there are none,
%% it waits for the first that comes.
-spec go(session(), integer(), dispatch()) -> dispatch().
go(Session, Now, #dispatch{runners = Before} = Dispatch) ->
    Runners = mod_xmpp_groups_runners:leave(Session, Before),
    case mod_xmpp_groups_runners:serving(Runners) of
        [] -> Dispatch#dispatch{runners = Runners};
        _ -> place_what_nobody_has(Now, tell_company(Dispatch#dispatch{runners = Runners}))
    end.

%% Whoever takes over has as long for it as the one before.
place_what_nobody_has(Now, #dispatch{waiting = Waiting, runners = Runners} = Dispatch) ->
    Live = [Session || {Session, _} <- mod_xmpp_groups_runners:live(Runners)],
    case mod_xmpp_groups_runners:serving(Runners) of
        [] ->
            Dispatch;
        _ ->
            {Entries, Losers, Left} = mod_xmpp_groups_waiting:take_back(Live, Waiting),
            Replaced = mod_xmpp_groups_runners:replace(Losers, Runners),
            lists:foldl(fun(#{again := true} = Entry, Some) -> add(Entry#{at := Now}, Some);
                           (Entry, Some) -> add(Entry, Some)
                        end, Dispatch#dispatch{waiting = Left, runners = Replaced}, Entries)
    end.

tell_company(#dispatch{runners = Runners} = Dispatch) ->
    Serving = mod_xmpp_groups_runners:serving(Runners),
    Count = length(Serving),
    Tell = fun(Session, Told) ->
                   case mod_xmpp_groups_runners:find(Session, Told) of
                       {ok, #{told := Count}} ->
                           Told;
                       {ok, #{conn := Conn}} ->
                           ok = mod_xmpp_groups_link:say(Conn, {company, Count}),
                           mod_xmpp_groups_runners:update(Session, #{told => Count}, Told)
                   end
           end,
    Dispatch#dispatch{runners = lists:foldl(Tell, Runners, Serving)}.

%% Something that no runner has yet.
-spec add(entry(), dispatch()) -> dispatch().
add(Entry, #dispatch{waiting = Waiting, runners = Runners} = Dispatch) ->
    case whose(Entry, Dispatch) of
        nobodys ->
            Dispatch;
        unknown ->
            {_, Added} = mod_xmpp_groups_waiting:add(Entry, Waiting),
            Dispatch#dispatch{waiting = Added};
        {Session, Key} ->
            {Number, Added} = mod_xmpp_groups_waiting:add(Entry#{key := Key}, Waiting),
            {Given, Left} = mod_xmpp_groups_waiting:give(Number, Session, Added),
            {ok, Runner} = mod_xmpp_groups_runners:find(Session, Runners),
            ok = say(Runner, Number, Given),
            Dispatch#dispatch{waiting = Left}
    end.

%% The answer to a runner's own request is for that runner, whoever has the group. What belongs together stays
%% together until all of it is acknowledged: so it keeps its order.
whose(#{key := Key} = Entry, #dispatch{waiting = Waiting, runners = Runners}) ->
    Asker = [Session || #{asker := Prefix} <- [Entry],
                        {ok, Session} <- [mod_xmpp_groups_runners:of_prefix(Prefix, Runners)]],
    Holder = mod_xmpp_groups_waiting:holder(Key, Waiting),
    case {Asker, mod_xmpp_groups_runners:serving(Runners), candidates(Entry, Runners)} of
        {[Session], _, _} -> {Session, none};
        {[], [], _} -> unknown;
        {[], _, []} -> nobodys;
        {[], _, Candidates} ->
            case Holder of
                {ok, Session} -> {Session, Key};
                error -> {mod_xmpp_groups_choice:choose(Key, Candidates), Key}
            end
    end.

candidates(#{what := stanza}, Runners) -> mod_xmpp_groups_runners:serving(Runners);
candidates(#{what := {event, Name, _}}, Runners) -> mod_xmpp_groups_runners:wanting(Name, Runners).

say(#{conn := Conn}, Number, #{what := stanza, again := Again, done := Done, since := Since, first := First,
                               xml := Xml}) ->
    mod_xmpp_groups_link:say(Conn, #{kind => stanza, number => Number, again => Again, done => min(Done, 16#ffff),
                                     since => Since, first => First, xml => Xml});
say(#{conn := Conn}, Number, #{what := {event, Name, User}, again := Again, since := Since, xml := Xml}) ->
    mod_xmpp_groups_link:say(Conn, #{kind => event, number => Number, again => Again, since => Since, name => Name,
                                     user => User, xml => Xml}).

%% Tells those that get no stanzas: they have nothing to acknowledge.
-spec tell_listeners(binary(), entry(), dispatch()) -> ok.
tell_listeners(Event, Entry, #dispatch{runners = Runners}) ->
    lists:foreach(fun(Runner) -> say(Runner, 0, Entry) end, mod_xmpp_groups_runners:listening(Event, Runners)).

%% Everything that a runner said up to frame `Number' has been done; what this frame means for what waits.
-spec routed(session(), non_neg_integer(), {cause, non_neg_integer()} | {done, [non_neg_integer()]} | nothing,
             integer(), dispatch()) -> dispatch().
routed(Session, Number, What, Now, #dispatch{waiting = Waiting, runners = Runners}) ->
    {ok, #{conn := Conn}} = mod_xmpp_groups_runners:find(Session, Runners),
    ok = mod_xmpp_groups_link:taken(Conn, Number),
    Left = case What of
               {cause, Cause} ->
                   mod_xmpp_groups_waiting:count(Cause, Session, Waiting);
               {done, Done} ->
                   lists:foldl(fun(One, Some) -> mod_xmpp_groups_waiting:drop(One, Session, Some) end, Waiting, Done);
               nothing ->
                   Waiting
           end,
    #dispatch{waiting = Left,
              runners = mod_xmpp_groups_runners:update(Session, #{taken => Number, heard => Now}, Runners)}.

%% Takes out what is given up.
-spec take(non_neg_integer(), dispatch()) -> {ok, entry(), dispatch()} | error.
take(Number, #dispatch{waiting = Waiting} = Dispatch) ->
    case mod_xmpp_groups_waiting:find(Number, Waiting) of
        {ok, Entry} -> {ok, Entry, Dispatch#dispatch{waiting = mod_xmpp_groups_waiting:drop(Number, any, Waiting)}};
        error -> error
    end.

%% What came before `Before' and nobody has done anything about; and the runners that are to be replaced because
%% they do nothing. `There': when the last runner was there.
-spec overdue(integer(), integer(), dispatch()) -> {[non_neg_integer()], [mod_xmpp_groups_link:conn()]}.
overdue(Before, There, #dispatch{waiting = Waiting, runners = Runners}) ->
    Serving = mod_xmpp_groups_runners:serving(Runners),
    Live = maps:from_list(mod_xmpp_groups_runners:live(Runners)),
    Late = [{Number, maps:get(runner, Entry, none)}
            || {Number, Entry} <- mod_xmpp_groups_waiting:late(Before, Waiting)],
    Hung = fun(Session) ->
                   case Live of
                       #{Session := #{heard := Heard}} -> Heard < Before;
                       _ -> There < Before
                   end
           end,
    IsReplaceable = fun(Session) -> is_map_key(Session, Live) andalso Serving -- [Session] =/= [] end,
    {Cut, Overdue} = lists:partition(fun({_, Session}) -> IsReplaceable(Session) end,
                                     [One || {_, Session} = One <- Late, Hung(Session)]),
    {[Number || {Number, _} <- Overdue],
     [maps:get(conn, maps:get(Session, Live)) || Session <- lists:usort([Session || {_, Session} <- Cut])]}.

%% What no runner has got that is there.
-spec unsent(dispatch()) -> [entry()].
unsent(#dispatch{waiting = Waiting, runners = Runners}) ->
    Live = mod_xmpp_groups_runners:live(Runners),
    [Entry || {_, #{done := 0} = Entry} <- mod_xmpp_groups_waiting:all(Waiting),
              not lists:keymember(maps:get(runner, Entry, none), 1, Live)].

-spec size(dispatch()) -> {non_neg_integer(), non_neg_integer()}.
size(#dispatch{waiting = Waiting}) ->
    mod_xmpp_groups_waiting:size(Waiting).

-spec serving(dispatch()) -> [session()].
serving(#dispatch{runners = Runners}) ->
    mod_xmpp_groups_runners:serving(Runners).

-spec runner(session(), dispatch()) -> {ok, mod_xmpp_groups_runners:runner()} | error.
runner(Session, #dispatch{runners = Runners}) ->
    mod_xmpp_groups_runners:find(Session, Runners).

-spec runner_of(pid(), dispatch()) -> {ok, session()} | error.
runner_of(Reader, #dispatch{runners = Runners}) ->
    mod_xmpp_groups_runners:of_reader(Reader, Runners).

-spec connections(dispatch()) -> [mod_xmpp_groups_link:conn()].
connections(#dispatch{runners = Runners}) ->
    [Conn || {_, #{conn := Conn}} <- mod_xmpp_groups_runners:live(Runners)].
