%% The connections of runners: a process accepts them, and each has a reader, which routes what comes in, and a
%% writer, so that a runner that does not read holds up nobody.
-module(mod_xmpp_groups_link).

-export([listen/1, close/1, say/2, taken/2, finish/1, cut/1, settle/0]).
%% For tests.
-export([address/1]).
-export_type([conn/0, listener/0]).

-define(NS_CLIENT, <<"jabber:client">>).
-define(LONGEST_FRAME, 16777216).
-define(HANDSHAKE_MS, 10000).
-define(SETTLE_MS, 1000).

-type conn() :: #{reader := pid(), writer := pid(), socket := gen_tcp:socket()}.
-type listener() :: {gen_tcp:socket(), pid()}.

-spec address(binary()) -> {inet:ip_address() | {local, binary()}, inet:port_number()} | error.
address(<<"unix:", Path/binary>>) ->
    {{local, Path}, 0};
address(Text) ->
    [Port, Host] = [lists:reverse(Part) || Part <- string:split(lists:reverse(binary_to_list(Text)), ":")],
    case {inet:parse_address(string:trim(Host, both, "[]")), list_to_integer(Port)} of
        {{ok, Ip}, Number} when Number =< 65535 -> {Ip, Number};
        _ -> error
    end.

-spec listen(binary()) -> {ok, listener()} | {error, inet:posix()}.
listen(Text) ->
    case address(Text) of
        error ->
            {error, einval};
        {Ip, Port} ->
            _ = [remove_socket(Path) || {local, Path} <- [Ip]],
            case gen_tcp:listen(Port, [{ip, Ip}, binary, {packet, 4}, {packet_size, ?LONGEST_FRAME}, {active, false},
                                       {reuseaddr, true}, {backlog, 16} | at_once(Ip)]) of
                {ok, Socket} ->
                    Server = self(),
                    {ok, {Socket, spawn_link(fun() -> accept(Server, Socket) end)}};
                Error ->
                    Error
            end
    end.

%% Otherwise a stanza behind a confirmation would wait until the runner's system has confirmed that, for up to 40 ms.
at_once({local, _}) -> [];
at_once(_Ip) -> [{nodelay, true}].

-spec close(listener()) -> ok.
close({Socket, _}) ->
    gen_tcp:close(Socket).

%% Says a frame, behind everything that was said before.
-spec say(conn(), mod_xmpp_groups_frames:said()) -> ok.
say(#{writer := Writer}, Frame) ->
    Writer ! {frame, mod_xmpp_groups_frames:encode(Frame)},
    ok.

%% Says that everything up to frame `Number' of the runner has been routed.
-spec taken(conn(), non_neg_integer()) -> ok.
taken(#{writer := Writer}, Number) ->
    Writer ! {taken, Number},
    ok.

%% Ends a connection: what the runner has written already is routed.
-spec finish(conn()) -> ok | {error, inet:posix()}.
finish(#{socket := Socket}) ->
    gen_tcp:shutdown(Socket, write).

%% Ends a connection at once.
-spec cut(conn()) -> ok | {error, inet:posix()}.
cut(#{socket := Socket}) ->
    gen_tcp:shutdown(Socket, read_write).

%% A socket that was left behind by an ejabberd that was killed.
remove_socket(Path) ->
    case file:read_link_info(Path) of
        {ok, Info} when element(3, Info) =:= other -> file:delete(Path);
        _ -> ok
    end.

accept(Server, Listener) ->
    case gen_tcp:accept(Listener) of
        {ok, Socket} ->
            Reader = spawn(fun() -> receive go -> greet(Server, Socket) end end),
            _ = gen_tcp:controlling_process(Socket, Reader),
            Reader ! go,
            accept(Server, Listener);
        {error, closed} ->
            ok;
        {error, Reason} ->
            logger:error("mod_xmpp_groups: no connection accepted: ~ts", [inet:format_error(Reason)]),
            timer:sleep(1000),
            accept(Server, Listener)
    end.

%% The hand-shake: each side proves that it knows the secret.
greet(Server, Socket) ->
    {Secret, Incarnation, Domain} = mod_xmpp_groups_queue:conf(Server),
    Version = mod_xmpp_groups_frames:version(),
    Nonce = crypto:strong_rand_bytes(32),
    _ = gen_tcp:send(Socket, mod_xmpp_groups_frames:encode({hello, Version, Incarnation, Nonce})),
    case gen_tcp:recv(Socket, 0, ?HANDSHAKE_MS) of
        {ok, Bytes} ->
            case mod_xmpp_groups_frames:decode(Bytes) of
                #{kind := prove, session := Session, nonce := Theirs, proof := Proof} = Hello ->
                    Said = [Nonce, Theirs, Incarnation, Session],
                    Own = mod_xmpp_groups_frames:proof(shim, Secret, Said),
                    case mod_xmpp_groups_frames:is_proof(Proof, runner, Secret, Said) of
                        true -> serve(Server, Socket, Domain, Hello#{proof := Own});
                        false -> turn_away(Socket, 2, <<"the proof of the secret is wrong">>)
                    end;
                {prove_by_another_version, _} ->
                    turn_away(Socket, 1, <<"the other side speaks another version of the protocol">>);
                _ ->
                    turn_away(Socket, 4, <<"this is no proof">>)
            end;
        {error, _} ->
            gen_tcp:close(Socket)
    end.

turn_away(Socket, Reason, Text) ->
    logger:warning("mod_xmpp_groups: a runner was turned away: ~ts", [Text]),
    _ = gen_tcp:send(Socket, mod_xmpp_groups_frames:encode({refuse, Reason, Text})),
    gen_tcp:close(Socket).

serve(Server, Socket, Domain, Hello) ->
    Conn = #{reader => self(), writer => spawn_link(fun() -> write(Socket) end), socket => Socket},
    case mod_xmpp_groups_queue:attach(Server, Hello#{conn => Conn}) of
        {ok, Taken} -> read(Server, Conn, Domain, Taken, mod_xmpp_groups_names:begin_list());
        busy -> turn_away(Socket, 3, <<"this runner is being let in already">>)
    end.

%% Of many confirmations that wait the last one is enough. When the runner is gone, the reader finds out by itself: if it
%% were ended in the middle of a list of recipients, those whom it had served would be served again.
write(Socket) ->
    Frame = receive
                {frame, Bytes} -> Bytes;
                {taken, Number} -> mod_xmpp_groups_frames:encode({taken, latest(Number)})
            end,
    case gen_tcp:send(Socket, Frame) of
        ok -> write(Socket);
        {error, _} -> ok
    end.

latest(Number) ->
    receive
        {taken, Later} -> latest(Later)
    after 0 -> Number
    end.

%% Frames that were routed before the connection was lost come again, and are passed over.
%% `Listed': the names of a list that has begun and not ended.
read(Server, #{socket := Socket} = Conn, Domain, Last, Listed) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, Bytes} ->
            Frame = mod_xmpp_groups_frames:decode(Bytes),
            _ = [exit(unknown_frame) || not is_tuple(Frame) orelse element(1, Frame) =:= prove_by_another_version],
            _ = [wait_for_the_end() || element(1, init:get_status()) =:= stopping],
            case element(2, Frame) of
                Number when Number > Last ->
                    Named = learn(Frame, Conn, Domain, Listed),
                    Server ! {obeyed, self(), Number, obey(Frame, Domain)},
                    read(Server, Conn, Domain, Number, Named);
                _ ->
                    read(Server, Conn, Domain, Last, Listed)
            end;
        {error, _} ->
            exit(closed)
    end.

%% When ejabberd is being stopped, sessions are killed with what they have not written yet, and the offline storage ends
%% a little later: a copy that is routed then may reach neither. The runner keeps what was not routed, and says it to
%% the next ejabberd.
-spec wait_for_the_end() -> no_return().
wait_for_the_end() ->
    receive after infinity -> ok end.

%% A hook that ejabberd runs before it kills the sessions: what was routed by then gets the time to be written, and to
%% be confirmed by clients.
settle() ->
    timer:sleep(?SETTLE_MS).

%% What a runner says of the names of its groups.
learn({groups, _, Begins, Ends, Names}, _Conn, Domain, Listed) ->
    Before = if
                 Begins -> mod_xmpp_groups_names:begin_list();
                 true -> Listed
             end,
    Named = mod_xmpp_groups_names:list(Names, Domain, Before),
    _ = [mod_xmpp_groups_names:end_list(Domain, Named, fun erlang:is_process_alive/1) || Ends],
    Named;
learn({claim, _, Name}, Conn, Domain, Listed) ->
    ok = say(Conn, {claimed, mod_xmpp_groups_names:claim(Name, Domain, self()), Name}),
    Listed;
learn({release, _, Name}, _Conn, Domain, Listed) ->
    ok = mod_xmpp_groups_names:release(Name, Domain),
    Listed;
learn(_Frame, _Conn, _Domain, Listed) ->
    Listed.

%% What it means for what waits.
obey({route, _, Cause, Xml}, Domain) ->
    _ = [mod_xmpp_groups_delivery:one(Packet)
         || {xmlel, _, _, Children} <- [fxml_stream:parse_element(<<"<r>", Xml/binary, "</r>">>)],
            {xmlel, _, _, _} = Element <- Children, {ok, Packet} <- [packet(Element, Domain)]],
    {cause, Cause};
obey({fanout, _, Cause, Recipients, Xml}, Domain) ->
    _ = [mod_xmpp_groups_delivery:each(Packet, Recipients)
         || {ok, Packet} <- [packet(fxml_stream:parse_element(Xml), Domain)]],
    {cause, Cause};
obey({ack, _, Numbers}, _Domain) ->
    {done, Numbers};
obey({reject, _, Number, Text}, _Domain) ->
    {unread, Number, Text};
obey(_Frame, _Domain) ->
    nothing.

%% A stanza of the runner, which speaks for its own domain and its groups, and for nobody else.
packet(Element, Domain) ->
    try
        Packet = xmpp:decode(Element, ?NS_CLIENT, [ignore_els]),
        {User, Domain, _} = jid:tolower(xmpp:get_from(Packet)),
        true = mod_xmpp_groups_host:may_speak(User, Domain),
        {ok, Packet}
    catch _:Reason ->
            logger:error("mod_xmpp_groups: the runner of ~ts sent no stanza of its own: ~p", [Domain, Reason]),
            error
    end.
