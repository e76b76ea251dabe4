%% Lists of addresses (XEP-0033): whom a stanza is to go to, or what is wrong with its list.
-module(mod_xmpp_groups_addresses).

-export([is_list/1, recipients/1]).
-export_type([verdict/0]).

-type verdict() :: {ok, [jid:jid()]} | {refused, atom(), binary()}.

-define(NS_ADDRESS, <<"http://jabber.org/protocol/address">>).

%% Whether a child of a stanza is such a list, decoded by ejabberd or not.
-spec is_list(tuple()) -> boolean().
is_list({xmlel, <<"addresses">>, _, _} = El) -> fxml:get_tag_attr_s(<<"xmlns">>, El) =:= ?NS_ADDRESS;
is_list(Other) -> element(1, Other) =:= addresses.

%% Each address once, in the order of the list, without those that were served before.
-spec recipients([term()]) -> verdict().
recipients([List]) ->
    {xmlel, _, _, Children} = xmpp:encode(List),
    try [address(El) || {xmlel, <<"address">>, _, _} = El <- Children] of
        [] ->
            {refused, bad_request, <<"No address elements found">>};
        Addresses ->
            Served = maps:from_list([{jid:tolower(Jid), []} || {served, Jid} <- Addresses]),
            {ok, once([Jid || {open, Jid} <- Addresses], Served)}
    catch throw:{refused, _, _} = Refused ->
            Refused
    end;
recipients(_Several) ->
    {refused, bad_request, <<"More than one list of addresses">>}.

once([], _Seen) ->
    [];
once([Jid | Jids], Seen) ->
    case jid:tolower(Jid) of
        Key when is_map_key(Key, Seen) -> once(Jids, Seen);
        Key -> [Jid | once(Jids, Seen#{Key => []})]
    end.

address(El) ->
    [Type, Text, Uri, Delivered] =
        [fxml:get_tag_attr_s(Name, El) || Name <- [<<"type">>, <<"jid">>, <<"uri">>, <<"delivered">>]],
    IsServed = lists:member(Delivered, [<<"true">>, <<"1">>]),
    case {role(Type), Text, Uri} of
        {unknown, _, _} -> throw({refused, bad_request, <<"An address has a type that is none">>});
        {other, _, _} -> other;
        {recipient, <<>>, _} when IsServed -> other;
        {recipient, <<>>, _} -> throw({refused, jid_malformed, <<"An address has no JID">>});
        {recipient, _, <<>>} when IsServed -> {served, jid(Text)};
        {recipient, _, <<>>} -> {open, jid(Text)};
        _ -> throw({refused, bad_request, <<"An address is a JID or a URI, not both">>})
    end.

role(Type) when Type =:= <<"to">>; Type =:= <<"cc">>; Type =:= <<"bcc">> ->
    recipient;
role(Type) ->
    case lists:member(Type, [<<"replyto">>, <<"replyroom">>, <<"noreply">>, <<"ofrom">>]) of
        true -> other;
        false -> unknown
    end.

jid(Text) ->
    try jid:decode(Text)
    catch error:{bad_jid, _} -> throw({refused, jid_malformed, <<"Not a JID: ", Text/binary>>})
    end.
