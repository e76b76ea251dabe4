%% Who is on a list of addresses, and who may send it. The stanzas themselves are tested on a real ejabberd.
-module(mod_xmpp_groups_multicast_tests).

-export([names_each_once_test_/0,
         refuses_a_list_test_/0,
         knows_lists_test_/0,
         judges_test_/0,
         limits_test_/0]).

-define(NS, <<"http://jabber.org/protocol/address">>).

names_each_once_test_() ->
    [{Why, equal({ok, Wanted}, named(Addresses))}
     || {Why, Wanted, Addresses} <-
            [{"in the order of the list", [<<"b@a">>, <<"a@a">>, <<"c@c/x">>],
              [to(<<"b@a">>), cc(<<"a@a">>), bcc(<<"c@c/x">>)]},
             {"once, however it is written", [<<"b@a">>, <<"b@a/x">>],
              [to(<<"b@a">>), bcc(<<"B@A">>), cc(<<"b@a/x">>), to(<<"b@a/x">>)]},
             {"not again", [<<"c@a">>],
              [served(<<"b@a">>), to(<<"B@a">>), to(<<"c@a">>), {<<"to">>, [{<<"delivered">>, <<"1">>}]}]},
             {"nobody, when all were served", [], [served(<<"b@a">>)]},
             {"nobody to answer to", [<<"b@a">>],
              [{<<"replyto">>, [{<<"jid">>, <<"x@a">>}]}, {<<"noreply">>, []}, {<<"ofrom">>, [{<<"jid">>, <<"x@a">>}]},
               {<<"replyroom">>, [{<<"uri">>, <<"x:y">>}]}, to(<<"b@a">>)]}]].

refuses_a_list_test_() ->
    [{Why, fun() -> {refused, Condition, _} = named(Addresses) end}
     || {Why, Condition, Addresses} <-
            [{"empty", bad_request, []},
             {"a URI", jid_malformed, [to(<<"b@a">>), {<<"to">>, [{<<"uri">>, <<"sip:b">>}]}]},
             {"nothing", jid_malformed, [{<<"bcc">>, []}]},
             {"no JID", jid_malformed, [to(<<"@a">>)]},
             {"a JID and a URI", bad_request, [{<<"to">>, [{<<"jid">>, <<"b@a">>}, {<<"uri">>, <<"sip:b">>}]}]},
             {"a type of its own", bad_request, [{<<"followup">>, [{<<"jid">>, <<"b@a">>}]}]},
             {"no type", bad_request, [{<<>>, [{<<"jid">>, <<"b@a">>}]}]}]]
        ++ [{"two lists", fun() -> {refused, bad_request, _} =
                                       mod_xmpp_groups_addresses:recipients([list([to(<<"b@a">>)]), list([])]) end}].

knows_lists_test_() ->
    [equal(Wanted, mod_xmpp_groups_addresses:is_list(El))
     || {Wanted, El} <- [{true, list([])},
                         {true, {addresses, []}},
                         {false, {xmlel, <<"addresses">>, [{<<"xmlns">>, <<"urn:x">>}], []}},
                         {false, {xmlel, <<"address">>, [{<<"xmlns">>, ?NS}], []}}]].

judges_test_() ->
    [{Why, fun() -> Wanted = verdict(Jids, Sender, Limit) end}
     || {Why, Wanted, Jids, Sender, Limit} <-
            [{"its users may send to everybody", ok, [<<"b@a.org">>, <<"c@c.org">>], <<"x@a.org/1">>, 2},
             {"its sub-domains, too", ok, [<<"c@c.org">>], <<"g@groups.a.org">>, 2},
             {"others only to its users", ok, [<<"b@a.org">>, <<"c@a.org/x">>], <<"x@x.org">>, 2},
             {"others not beyond", forbidden, [<<"b@a.org">>, <<"c@c.org">>], <<"x@x.org">>, 2},
             {"a domain whose name ends alike", forbidden, [<<"c@c.org">>], <<"x@nota.org">>, 2},
             {"no more than the limit", not_acceptable, [<<"b@a.org">>, <<"c@a.org">>], <<"x@a.org">>, 1},
             {"any number", ok, [<<"b@a.org">>, <<"c@a.org">>], <<"x@a.org">>, infinite},
             {"nobody", ok, [], <<"x@a.org">>, 0},
             {"not the server itself", jid_malformed, [<<"b@a.org">>, <<"a.org/x">>], <<"x@a.org">>, 2}]].

limits_test_() ->
    [equal(Wanted, mod_xmpp_groups_multicast:limit(Limits, Standing, Kind))
     || {Wanted, Limits, Standing, Kind} <-
            [{100, [], local, message},
             {20, [], remote, presence},
             {500, [{local, [{message, 500}]}], local, message},
             {100, [{local, [{message, 500}]}], local, presence},
             {20, [{local, [{message, 500}]}], remote, message},
             {infinite, [{remote, [{presence, infinite}]}], remote, presence}]].

named(Addresses) ->
    case mod_xmpp_groups_addresses:recipients([list(Addresses)]) of
        {ok, Jids} -> {ok, [jid:encode(Jid) || Jid <- Jids]};
        Refused -> Refused
    end.

verdict(Jids, Sender, Limit) ->
    Named = [jid:decode(Jid) || Jid <- Jids],
    case mod_xmpp_groups_multicast:judge(Named, <<"a.org">>, jid:decode(Sender), Limit) of
        {ok, Named} -> ok;
        {refused, Condition, _} -> Condition
    end.

list(Addresses) ->
    {xmlel, <<"addresses">>, [{<<"xmlns">>, ?NS}],
     [{xmlcdata, <<"\n">>} | [{xmlel, <<"address">>, [{<<"type">>, Type} | Attrs], []} || {Type, Attrs} <- Addresses]]}.

to(Jid) -> {<<"to">>, [{<<"jid">>, Jid}]}.
cc(Jid) -> {<<"cc">>, [{<<"jid">>, Jid}]}.
bcc(Jid) -> {<<"bcc">>, [{<<"jid">>, Jid}]}.
served(Jid) -> {<<"cc">>, [{<<"jid">>, Jid}, {<<"delivered">>, <<"true">>}]}.

equal(Wanted, Found) ->
    fun() -> Wanted = Found end.
