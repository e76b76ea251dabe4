%% What waits: stanzas and events that no runner has acknowledged yet, and which runner has which. Nothing but data.
%%
%% An entry has a number, by which its runner knows it. A runner gets growing numbers only, so that an entry which
%% changes hands is taken out and added again, with a new one.
-module(mod_xmpp_groups_waiting).

-export([new/0, add/2, give/3, drop/3, count/3, take_back/2, size/1, holder/2, held_by/2, late/2, all/1, find/2]).
-export_type([waiting/0, entry/0, session/0]).

-type session() :: binary().
%% key: the group or the user that it is about, for whom everything goes to one runner while some of it is there;
%% `none' where that does not matter. at: in monotonic time; since: in that of the clock; both in milliseconds.
%% runner: who has it, or is to have it. again: an earlier runner has had it. done: how many frames were routed
%% because of it. first: the number that it had first. asker: how the session begins whose request this answers.
-type entry() :: #{what := stanza | {event, Name :: binary(), User :: binary()},
                   key := term(),
                   xml := binary(),
                   at := integer(),
                   since := non_neg_integer(),
                   again := boolean(),
                   done := non_neg_integer(),
                   first => pos_integer(),
                   asker => binary(),
                   runner => session()}.
-record(waiting, {next = 1 :: pos_integer(),
                  entries = #{} :: #{pos_integer() => entry()},
                  bytes = 0 :: non_neg_integer(),
                  holders = #{} :: #{term() => {session(), pos_integer()}}}).
-opaque waiting() :: #waiting{}.

-spec new() -> waiting().
new() ->
    #waiting{}.

%% Adds an entry that no runner has. Returns its number.
-spec add(entry(), waiting()) -> {pos_integer(), waiting()}.
add(#{xml := Xml} = Entry, #waiting{next = Number, entries = Entries, bytes = Bytes} = Waiting) ->
    Named = maps:merge(#{first => Number}, Entry),
    {Number, Waiting#waiting{next = Number + 1, entries = Entries#{Number => Named}, bytes = Bytes + byte_size(Xml)}}.

%% Gives an entry that no runner has to one.
-spec give(pos_integer(), session(), waiting()) -> {entry(), waiting()}.
give(Number, Session, #waiting{entries = Entries, holders = Holders} = Waiting) ->
    #{key := Key} = Entry = maps:get(Number, Entries),
    Given = Entry#{runner => Session},
    {Given, Waiting#waiting{entries = Entries#{Number := Given}, holders = hold(Key, Session, Holders)}}.

%% Forgets an entry; `Session': only if this runner has it.
-spec drop(pos_integer(), any | session(), waiting()) -> waiting().
drop(Number, Session, #waiting{entries = Entries} = Waiting) ->
    case Entries of
        #{Number := #{runner := Other}} when Session =/= any, Other =/= Session -> Waiting;
        #{Number := Entry} -> without(Number, Entry, Waiting);
        _ -> Waiting
    end.

without(Number, #{xml := Xml} = Entry, #waiting{entries = Entries, bytes = Bytes, holders = Holders} = Waiting) ->
    Waiting#waiting{entries = maps:remove(Number, Entries), bytes = Bytes - byte_size(Xml),
                    holders = let_go(Entry, Holders)}.

%% A frame that follows from an entry of this runner has been routed.
-spec count(non_neg_integer(), session(), waiting()) -> waiting().
count(Number, Session, #waiting{entries = Entries} = Waiting) ->
    case Entries of
        #{Number := #{runner := Session, done := Done} = Entry} ->
            Waiting#waiting{entries = Entries#{Number := Entry#{done := Done + 1}}};
        _ ->
            Waiting
    end.

%% Takes out what nobody has, and what runners have who are not among those that stay; in order, to be added again.
%% Tells also who loses something.
-spec take_back([session()], waiting()) -> {[entry()], [session()], waiting()}.
take_back(Staying, Waiting) ->
    Taken = [One || {_, Entry} = One <- all(Waiting), not lists:member(maps:get(runner, Entry, none), Staying)],
    {[returned(Entry) || {_, Entry} <- Taken],
     lists:usort([Session || {_, #{runner := Session}} <- Taken]),
     lists:foldl(fun({Number, Entry}, Left) -> without(Number, Entry, Left) end, Waiting, Taken)}.

returned(#{again := Again} = Entry) ->
    (maps:remove(runner, Entry))#{again := Again orelse maps:is_key(runner, Entry)}.

%% How many entries there are, and how long they are together.
-spec size(waiting()) -> {non_neg_integer(), non_neg_integer()}.
size(#waiting{entries = Entries, bytes = Bytes}) ->
    {map_size(Entries), Bytes}.

%% The runner that has something for this key.
-spec holder(term(), waiting()) -> {ok, session()} | error.
holder(Key, #waiting{holders = Holders}) ->
    case Holders of
        #{Key := {Session, _}} -> {ok, Session};
        _ -> error
    end.

%% What a runner has, in order.
-spec held_by(session(), waiting()) -> [{pos_integer(), entry()}].
held_by(Session, Waiting) ->
    [One || {_, #{runner := Holder}} = One <- all(Waiting), Holder =:= Session].

%% What came before a time, and nothing follows from it yet: an error would be right. In order.
-spec late(integer(), waiting()) -> [{pos_integer(), entry()}].
late(Before, Waiting) ->
    [One || {_, #{at := At, done := 0}} = One <- all(Waiting), At < Before].

-spec find(pos_integer(), waiting()) -> {ok, entry()} | error.
find(Number, #waiting{entries = Entries}) ->
    maps:find(Number, Entries).

%% Everything, in order.
-spec all(waiting()) -> [{pos_integer(), entry()}].
all(#waiting{entries = Entries}) ->
    lists:keysort(1, maps:to_list(Entries)).

hold(none, _Session, Holders) ->
    Holders;
hold(Key, Session, Holders) ->
    case Holders of
        #{Key := {Session, Count}} -> Holders#{Key := {Session, Count + 1}};
        _ -> Holders#{Key => {Session, 1}}
    end.

let_go(#{key := Key, runner := Session}, Holders) ->
    case Holders of
        #{Key := {Session, 1}} -> maps:remove(Key, Holders);
        #{Key := {Session, Count}} -> Holders#{Key := {Session, Count - 1}};
        _ -> Holders
    end;
let_go(_Entry, Holders) ->
    Holders.
