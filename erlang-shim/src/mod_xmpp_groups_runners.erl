%% The runners that came since this server was started, by their sessions. Nothing but data.
-module(mod_xmpp_groups_runners).

-export([new/0, come/3, leave/2, replace/2, find/2, update/3]).
-export([live/1, serving/1, wanting/2, listening/2, of_reader/2, of_prefix/2]).
-export_type([runners/0, runner/0]).

-type session() :: mod_xmpp_groups_waiting:session().
%% conn: missing while it is away. taken: its last frame that was routed. heard: when it said something. told: how
%% many serve, as far as it knows. replaced: what it had was given to another one. left: in which order they left.
-type runner() :: #{conn => mod_xmpp_groups_link:conn(),
                    serves := boolean(),
                    events := [binary()],
                    taken := non_neg_integer(),
                    heard := integer(),
                    told := non_neg_integer(),
                    replaced := boolean(),
                    left => integer()}.
-opaque runners() :: #{session() => runner()}.

%% How many are remembered that are away. One that comes back later is new.
-define(AWAY, 64).

-spec new() -> runners().
new() ->
    #{}.

%% A runner comes. Tells what has become of its session, too.
-spec come(session(), #{conn := mod_xmpp_groups_link:conn(), serves := boolean(), events := [binary()],
                        heard := integer()}, runners()) ->
          {new | resumed | replaced, runner(), runners()}.
come(Session, Wants, Runners) ->
    {State, Taken} = case Runners of
                         #{Session := #{replaced := true, taken := Last}} -> {replaced, Last};
                         #{Session := #{taken := Last}} -> {resumed, Last};
                         _ -> {new, 0}
                     end,
    Runner = Wants#{taken => Taken, told => 0, replaced => false},
    {State, Runner, Runners#{Session => Runner}}.

%% A runner is gone.
-spec leave(session(), runners()) -> runners().
leave(Session, Runners) ->
    #{Session := Runner} = Runners,
    forget(Runners#{Session := (maps:remove(conn, Runner))#{left => erlang:unique_integer([monotonic])}}).

%% What these had is given to others.
-spec replace([session()], runners()) -> runners().
replace(Sessions, Runners) ->
    lists:foldl(fun(Session, Some) when is_map_key(Session, Some) -> update(Session, #{replaced => true}, Some);
                   (_, Some) -> Some
                end, Runners, Sessions).

forget(Runners) ->
    Away = lists:sort([{Left, Session} || {Session, #{left := Left}} <- maps:to_list(Runners)]),
    maps:without([Session || {_, Session} <- lists:sublist(Away, max(0, length(Away) - ?AWAY))], Runners).

-spec find(session(), runners()) -> {ok, runner()} | error.
find(Session, Runners) ->
    maps:find(Session, Runners).

-spec update(session(), map(), runners()) -> runners().
update(Session, Changes, Runners) ->
    maps:update_with(Session, fun(Runner) -> maps:merge(Runner, Changes) end, Runners).

%% Those that are connected.
-spec live(runners()) -> [{session(), runner()}].
live(Runners) ->
    [One || {_, #{conn := _}} = One <- maps:to_list(Runners)].

%% Those among them that get stanzas.
-spec serving(runners()) -> [session()].
serving(Runners) ->
    [Session || {Session, #{serves := true}} <- live(Runners)].

%% Those that get stanzas, and want to hear of an event.
-spec wanting(binary(), runners()) -> [session()].
wanting(Event, Runners) ->
    [Session || {Session, #{serves := true, events := Events}} <- live(Runners), lists:member(Event, Events)].

%% Those that get no stanzas, and want to hear of an event.
-spec listening(binary(), runners()) -> [runner()].
listening(Event, Runners) ->
    [Runner || {_, #{serves := false, events := Events} = Runner} <- live(Runners), lists:member(Event, Events)].

%% The runner whose connection a process reads.
-spec of_reader(pid(), runners()) -> {ok, session()} | error.
of_reader(Reader, Runners) ->
    case [Session || {Session, #{conn := #{reader := Pid}}} <- live(Runners), Pid =:= Reader] of
        [Session] -> {ok, Session};
        [] -> error
    end.

%% The connected runner whose session begins with these bytes.
-spec of_prefix(binary(), runners()) -> {ok, session()} | error.
of_prefix(Prefix, Runners) ->
    Size = byte_size(Prefix),
    case [Session || {<<Begin:Size/binary, _/binary>> = Session, _} <- live(Runners), Begin =:= Prefix] of
        [Session] -> {ok, Session};
        _ -> error
    end.
