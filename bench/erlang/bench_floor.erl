%% The floor inside ejabberd: for each message to a group it gives a prepared stanza to the group's members, by the same
%% way as mod_xmpp_groups, and does nothing else. Whatever decides, archives and comes over a socket first cannot be faster.
-module(bench_floor).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0, route/1, group/1]).

start(Host, Opts) ->
    persistent_term:put({?MODULE, folder}, gen_mod:get_opt(folder, Opts)),
    ets:new(?MODULE, [named_table, public, {heir, whereis(ejabberd_sup), none}]),
    ejabberd_router:register_route(gen_mod:get_opt(host, Opts), Host, {apply, ?MODULE, route}).

stop(_Host) -> ok.

reload(_Host, _New, _Old) -> ok.

depends(_Host, _Opts) -> [].

mod_opt_type(host) -> econf:binary();
mod_opt_type(folder) -> econf:binary().

mod_options(_Host) -> [{host, <<>>}, {folder, <<>>}].

mod_doc() -> #{}.

%% Each group is a process of its own, as each room of mod_muc is.
route(Message) ->
    {Name, _, _} = jid:tolower(xmpp:get_to(Message)),
    Text = xmpp:get_text(element(8, Message)),
    case ets:lookup(?MODULE, Name) of
        [{_, Group}] -> Group ! Text;
        [] ->
            Group = spawn(?MODULE, group, [Name]),
            ets:insert(?MODULE, {Name, Group}),
            Group ! Text
    end,
    ok.

%% What a group sends is in a file of its name: recipients, an empty line, the stanza, with a mark in its text.
group(Name) ->
    {ok, Plan} = file:read_file(filename:join(persistent_term:get({?MODULE, folder}), Name)),
    [List, Stanza] = binary:split(Plan, <<"\n\n">>),
    group(binary:split(List, <<"\n">>, [global]), Stanza).

group(Recipients, Stanza) ->
    receive
        Text ->
            [Mark] = mark(Text),
            {At, Length} = binary:match(Stanza, mark(Stanza)),
            <<Before:At/binary, _:Length/binary, After/binary>> = Stanza,
            Element = fxml_stream:parse_element(<<Before/binary, Mark/binary, After/binary>>),
            Message = xmpp:decode(Element, <<"jabber:client">>, [ignore_els]),
            mod_xmpp_groups_delivery:each(Message, Recipients),
            group(Recipients, Stanza)
    end.

mark(Text) ->
    {match, Marks} = re:run(Text, <<"copy#[0-9]{7};">>, [{capture, first, binary}]),
    Marks.
