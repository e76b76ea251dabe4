%% Which runner gets what is for a group.
-module(mod_xmpp_groups_choice_tests).

-export([everybody_gets_a_fair_part_test/0, only_those_of_the_dead_move_test/0, only_a_part_moves_to_the_new_test/0]).

-define(KEYS, 6000).

sessions(Count) ->
    [crypto:hash(md5, integer_to_binary(Number)) || Number <- lists:seq(1, Count)].

choices(Sessions) ->
    maps:from_list([{Key, mod_xmpp_groups_choice:choose(Key, Sessions)} || Key <- keys()]).

keys() ->
    [{<<"group", (integer_to_binary(Number))/binary>>, <<"groups.example.com">>, <<>>}
     || Number <- lists:seq(1, ?KEYS)].

everybody_gets_a_fair_part_test() ->
    [begin
         Sessions = sessions(Count),
         Choices = maps:values(choices(Sessions)),
         [begin
              Part = length([One || One <- Choices, One =:= Session]) * Count / ?KEYS,
              {true, Part} = {Part > 0.85 andalso Part < 1.15, Part}
          end || Session <- Sessions]
     end || Count <- [1, 2, 3, 5]].

only_those_of_the_dead_move_test() ->
    [Dead | Others] = Sessions = sessions(4),
    Before = choices(Sessions),
    After = choices(Others),
    [case maps:get(Key, Before) of
         Dead -> true = lists:member(maps:get(Key, After), Others);
         Session -> Session = maps:get(Key, After)
     end || Key <- keys()].

only_a_part_moves_to_the_new_test() ->
    [New | Others] = Sessions = sessions(4),
    Before = choices(Others),
    After = choices(Sessions),
    [case maps:get(Key, After) of
         New -> ok;
         Session -> Session = maps:get(Key, Before)
     end || Key <- keys()].
