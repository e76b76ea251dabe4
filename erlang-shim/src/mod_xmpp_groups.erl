%% Groups inside ejabberd: what is sent to a sub-domain is handed to a program outside (the runner), and what it
%% says is routed. Each stanza is kept until the runner has acknowledged it; what waits is bounded, and whoever
%% waits too long gets an error. The bytes between the two are described in docs/shim-protocol.md.
%%
%% Processes: a server for each virtual host, which keeps the stanzas; one that accepts connections; and for a
%% connection a reader, which routes what comes in, and a writer, so that a runner that does not read holds up nobody.
-module(mod_xmpp_groups).

-behaviour(gen_mod).
-behaviour(gen_server).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).
%% For tests.
-export([encode/1, decode/1, proof/3, address/1, is_deeper/2]).

-define(VERSION, 1).
-define(NS_CLIENT, <<"jabber:client">>).
%% As deep as the runner reads; ejabberd itself does not survive a few thousand levels.
-define(DEEPEST, 64).
-define(LONGEST_FRAME, 16777216).
-define(HANDSHAKE_MS, 10000).
%% How long a new runner waits for what the one before it had written to be routed.
-define(SUCCESSION_MS, 5000).

%% A stanza that is not acknowledged. `again': an earlier runner has had it. `done': how many frames were routed
%% because of it.
-record(entry, {xml :: binary(),
                at :: integer(),
                since :: non_neg_integer(),
                sent = false :: boolean(),
                again = false :: boolean(),
                done = 0 :: non_neg_integer()}).
-record(conn, {reader :: pid(), writer :: pid(), socket :: gen_tcp:socket()}).
-record(attach, {from :: gen_server:from(), conn :: #conn{}, session :: binary(), proof :: binary(),
                 received :: non_neg_integer()}).
-record(state, {opts :: map(),
                secret :: binary(),
                listener :: {gen_tcp:socket(), pid()},
                incarnation :: binary(),
                next = 1 :: pos_integer(),
                entries = #{} :: #{pos_integer() => #entry{}},
                bytes = 0 :: non_neg_integer(),
                conn :: undefined | #conn{},
                waiting :: undefined | #attach{},
                session = <<>> :: binary(),
                taken = 0 :: non_neg_integer(),
                heard :: integer()}).

%% The module

start(Host, Opts) ->
    case secret(Opts) of
        {ok, _} ->
            Proc = gen_mod:get_module_proc(Host, ?MODULE),
            %% Not gen_mod:start_child/3: it ends a process whose mailbox grows longer than max_fsm_queue.
            supervisor:start_child(ejabberd_gen_mod_sup,
                                   {Proc, {gen_server, start_link, [{local, Proc}, ?MODULE, {Host, Opts}, []]},
                                    transient, timer:seconds(10), worker, [?MODULE]});
        {error, Text} ->
            {error, Text}
    end.

stop(Host) ->
    gen_mod:stop_child(gen_mod:get_module_proc(Host, ?MODULE)).

reload(Host, #{host := Domain, listen := Listen} = Opts, #{host := Domain, listen := Listen}) ->
    gen_server:cast(gen_mod:get_module_proc(Host, ?MODULE), {reload, Opts});
reload(Host, Opts, _Old) ->
    _ = stop(Host),
    start(Host, Opts).

depends(_Host, _Opts) ->
    [].

mod_options(Host) ->
    [{host, <<"groups.", Host/binary>>},
     {listen, <<"127.0.0.1:5348">>},
     {secret, <<>>},
     {secret_file, <<>>},
     {max_stanzas, 10000},
     {max_bytes, 67108864},
     {patience, timer:seconds(30)}].

mod_opt_type(host) -> econf:host();
%% The runner is on the same machine: no other address is accepted.
mod_opt_type(listen) -> econf:binary("^(unix:/.+|127(\\.[0-9]{1,3}){3}:[0-9]{1,5}|\\[::1\\]:[0-9]{1,5})$");
mod_opt_type(secret) -> econf:binary();
mod_opt_type(secret_file) -> econf:binary();
mod_opt_type(max_stanzas) -> econf:pos_int();
mod_opt_type(max_bytes) -> econf:pos_int();
mod_opt_type(patience) -> econf:timeout(second).

mod_doc() ->
    #{desc => [<<"Hands the stanzas of a sub-domain to xmpp-groups, and keeps each until it is acknowledged. ",
                 "Its options are described in docs/ejabberd.md of xmpp-groups.">>]}.

secret(#{secret := <<>>, secret_file := File}) ->
    case file:read_file(File) of
        {ok, Text} when Text =/= <<>> -> {ok, string:trim(Text, trailing, "\r\n")};
        _ -> {error, <<"mod_xmpp_groups: give it secret, or as secret_file the path of a file that holds it">>}
    end;
secret(#{secret := Secret}) ->
    {ok, Secret}.

%% The server

init({Host, #{host := Domain, listen := Listen} = Opts}) ->
    process_flag(trap_exit, true),
    {ok, Secret} = secret(Opts),
    case listen(Listen) of
        {ok, Listener} ->
            ejabberd_router:register_route(Domain, Host),
            State = #state{opts = Opts, secret = Secret, listener = Listener, heard = now_ms(),
                           incarnation = crypto:strong_rand_bytes(16)},
            {ok, check_later(State)};
        {error, Reason} ->
            {stop, {listen, Listen, inet:format_error(Reason)}}
    end.

handle_call(conf, _From, #state{secret = Secret, incarnation = Incarnation} = State) ->
    {reply, {Secret, Incarnation, domain(State)}, State};
handle_call({attach, Conn, Session, Proof, Received}, From, State) ->
    Attach = #attach{from = From, conn = Conn, session = Session, proof = Proof, received = Received},
    case State of
        #state{conn = undefined} ->
            {noreply, attach(Attach, State)};
        #state{waiting = undefined, conn = #conn{socket = Old}, session = Before} ->
            %% The old connection of the same runner is dead, it only has not been noticed yet. Another one may be
            %% ending: what it wrote is routed first.
            _ = [gen_tcp:shutdown(Old, read_write) || Before =:= Session],
            _ = erlang:send_after(?SUCCESSION_MS, self(), {succession, From}),
            {noreply, State#state{waiting = Attach}};
        _ ->
            {reply, busy, State}
    end.

handle_cast({reload, Opts}, State) ->
    case secret(Opts) of
        {ok, Secret} ->
            {noreply, State#state{opts = Opts, secret = Secret}};
        {error, Text} ->
            logger:error("~ts", [Text]),
            {noreply, State#state{opts = Opts}}
    end.

handle_info({route, Packet}, State) ->
    {noreply, take(Packet, State)};
handle_info({taken, Reader, Number, Cause}, #state{conn = #conn{reader = Reader}, entries = Entries} = State) ->
    Counted = case Entries of
                  #{Cause := #entry{done = Done} = Entry} -> Entries#{Cause := Entry#entry{done = Done + 1}};
                  _ -> Entries
              end,
    {noreply, confirm(Number, State#state{entries = Counted})};
handle_info({acked, Reader, Number, Numbers}, #state{conn = #conn{reader = Reader}} = State) ->
    {noreply, confirm(Number, lists:foldl(fun drop/2, State, Numbers))};
handle_info({rejected, Reader, Number, Rejected, Text}, #state{conn = #conn{reader = Reader}} = State) ->
    {noreply, confirm(Number, give_up(Rejected, fun xmpp:err_not_acceptable/2, Text, State))};
handle_info({'EXIT', Reader, _}, #state{conn = #conn{reader = Reader}, waiting = Waiting} = State) ->
    logger:warning("mod_xmpp_groups: the runner of ~ts is gone", [domain(State)]),
    Alone = State#state{conn = undefined, waiting = undefined, heard = now_ms()},
    {noreply, case Waiting of
                  undefined -> Alone;
                  _ -> attach(Waiting, Alone)
              end};
handle_info({'EXIT', Acceptor, Reason}, #state{listener = {_, Acceptor}} = State) ->
    {stop, {acceptor, Reason}, State};
handle_info({succession, From}, #state{waiting = #attach{from = From}} = State) ->
    gen_server:reply(From, busy),
    {noreply, State#state{waiting = undefined}};
handle_info(check, State) ->
    {noreply, check_later(lose_patience(State))};
handle_info(_Other, State) ->
    {noreply, State}.

%% What the runner has not got will never get there. What it has got it will finish with the next server.
terminate(_Reason, #state{conn = Conn, entries = Entries, listener = {Socket, _}} = State) ->
    ejabberd_router:unregister_route(domain(State)),
    _ = [give_up(Number, fun xmpp:err_remote_server_timeout/2, <<"The server is being stopped">>, State)
         || {Number, #entry{sent = Sent, done = 0}} <- maps:to_list(Entries), not Sent orelse Conn =:= undefined],
    _ = [gen_tcp:shutdown(Conn#conn.socket, write) || Conn =/= undefined],
    gen_tcp:close(Socket).

domain(#state{opts = #{host := Domain}}) ->
    Domain.

now_ms() ->
    erlang:monotonic_time(millisecond).

%% The stanzas that wait

take(Packet, State) ->
    Element = xmpp:encode(Packet, ?NS_CLIENT),
    case is_deeper(Element, ?DEEPEST) of
        true ->
            refuse(Packet, fun xmpp:err_policy_violation/2, <<"Elements are nested more than 64 levels deep">>, State);
        false ->
            %% The time of the operating system, which is that of the runner, too.
            Entry = #entry{xml = fxml:element_to_binary(Element), at = now_ms(), since = os:system_time(millisecond)},
            queue(Packet, Entry, State)
    end.

queue(Packet, #entry{xml = Xml, at = At} = Entry, #state{next = Number, heard = Heard, opts = Opts} = State) ->
    #{max_stanzas := MaxCount, max_bytes := MaxBytes, patience := Patience} = Opts,
    Bytes = State#state.bytes + byte_size(Xml),
    if
        State#state.conn =:= undefined, At - Heard > Patience ->
            refuse(Packet, fun xmpp:err_remote_server_timeout/2, <<"The group service is not running">>, State);
        map_size(State#state.entries) >= MaxCount; Bytes > MaxBytes ->
            refuse(Packet, fun xmpp:err_resource_constraint/2, <<"The group service has too much to do">>, State);
        true ->
            hand_over({Number, Entry}, State#state{next = Number + 1, bytes = Bytes})
    end.

hand_over({Number, Entry}, #state{conn = undefined, entries = Entries} = State) ->
    State#state{entries = Entries#{Number => Entry}};
hand_over({Number, Entry}, #state{conn = #conn{writer = Writer}, entries = Entries} = State) ->
    #entry{xml = Xml, since = Since, again = Again, done = Done} = Entry,
    Writer ! {frame, encode({stanza, Number, Again, min(Done, 16#ffff), Since, Xml})},
    State#state{entries = Entries#{Number => Entry#entry{sent = true}}}.

drop(Number, #state{entries = Entries, bytes = Bytes} = State) ->
    case maps:take(Number, Entries) of
        {#entry{xml = Xml}, Rest} -> State#state{entries = Rest, bytes = Bytes - byte_size(Xml)};
        error -> State
    end.

%% Everything up to frame `Number' of the runner has been routed.
confirm(Number, #state{conn = #conn{writer = Writer}} = State) ->
    Writer ! {taken, Number},
    State#state{taken = Number, heard = now_ms()}.

%% What has been answered in part is kept for the next runner: an error would be wrong.
lose_patience(#state{opts = #{patience := Patience}, heard = Heard, entries = Entries} = State) ->
    Before = now_ms() - Patience,
    Late = if
               Heard > Before -> [];
               true -> [Number || {Number, #entry{at = At, done = 0}} <- maps:to_list(Entries), At < Before]
           end,
    lists:foldl(fun(Number, Left) ->
                        give_up(Number, fun xmpp:err_remote_server_timeout/2,
                                <<"The group service does not answer">>, Left)
                end, State, lists:sort(Late)).

check_later(#state{opts = #{patience := Patience}} = State) ->
    _ = erlang:send_after(max(100, Patience div 4), self(), check),
    State.

give_up(Number, Error, Text, #state{entries = Entries} = State) ->
    _ = [refuse(xmpp:decode(fxml_stream:parse_element(Xml), ?NS_CLIENT, [ignore_els]), Error, Text, State)
         || #{Number := #entry{xml = Xml}} <- [Entries]],
    drop(Number, State).

%% Senders of presence wait for nothing.
refuse(Packet, Error, Text, State) ->
    _ = [ejabberd_router:route_error(Packet, Error(Text, xmpp:get_lang(Packet))) || element(1, Packet) =/= presence],
    State.

%% Runners

attach(#attach{from = From, session = Session, received = Received, proof = Proof, conn = Conn}, State) ->
    #conn{reader = Reader, writer = Writer} = Conn,
    true = link(Reader),
    IsSame = Session =:= State#state.session,
    Taken = case IsSame of
                true -> State#state.taken;
                false -> 0
            end,
    Entries = maps:map(fun(Number, Entry) when IsSame -> Entry#entry{sent = Number =< Received};
                          (_, #entry{sent = Sent, again = Again} = Entry) ->
                               Entry#entry{sent = false, again = Again orelse Sent}
                       end, State#state.entries),
    Writer ! {frame, encode({welcome, Proof, IsSame, Taken, domain(State)})},
    gen_server:reply(From, {ok, Taken}),
    logger:info("mod_xmpp_groups: a runner serves ~ts", [domain(State)]),
    Left = lists:keysort(1, [One || {_, #entry{sent = false}} = One <- maps:to_list(Entries)]),
    lists:foldl(fun hand_over/2,
                State#state{conn = Conn, session = Session, taken = Taken, entries = Entries, heard = now_ms()}, Left).

-spec address(binary()) -> {inet:ip_address() | {local, binary()}, inet:port_number()} | error.
address(<<"unix:", Path/binary>>) ->
    {{local, Path}, 0};
address(Text) ->
    [Port, Host] = [lists:reverse(Part) || Part <- string:split(lists:reverse(binary_to_list(Text)), ":")],
    case {inet:parse_address(string:trim(Host, both, "[]")), list_to_integer(Port)} of
        {{ok, Ip}, Number} when Number =< 65535 -> {Ip, Number};
        _ -> error
    end.

listen(Text) ->
    case address(Text) of
        error ->
            {error, einval};
        {Ip, Port} ->
            _ = [remove_socket(Path) || {local, Path} <- [Ip]],
            case gen_tcp:listen(Port, [{ip, Ip}, binary, {packet, 4}, {packet_size, ?LONGEST_FRAME}, {active, false},
                                       {reuseaddr, true}, {backlog, 16}]) of
                {ok, Socket} ->
                    Server = self(),
                    {ok, {Socket, spawn_link(fun() -> accept(Server, Socket) end)}};
                Error ->
                    Error
            end
    end.

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
    {Secret, Incarnation, Domain} = gen_server:call(Server, conf),
    Nonce = crypto:strong_rand_bytes(32),
    _ = gen_tcp:send(Socket, encode({hello, ?VERSION, Incarnation, Nonce})),
    case gen_tcp:recv(Socket, 0, ?HANDSHAKE_MS) of
        {ok, Bytes} ->
            case decode(Bytes) of
                {prove, ?VERSION, Session, Theirs, Proof, Received} ->
                    Said = [Nonce, Theirs, Incarnation, Session],
                    case is_equal(Proof, proof(runner, Secret, Said)) of
                        true -> serve(Server, Socket, Domain, Session, proof(shim, Secret, Said), Received);
                        false -> turn_away(Socket, 2, <<"the proof of the secret is wrong">>)
                    end;
                {prove, _, _, _, _, _} ->
                    turn_away(Socket, 1, <<"this side speaks version 1 of the protocol">>);
                _ ->
                    turn_away(Socket, 4, <<"this is no proof">>)
            end;
        {error, _} ->
            gen_tcp:close(Socket)
    end.

turn_away(Socket, Reason, Text) ->
    logger:warning("mod_xmpp_groups: a runner was turned away: ~ts", [Text]),
    _ = gen_tcp:send(Socket, encode({refuse, Reason, Text})),
    gen_tcp:close(Socket).

serve(Server, Socket, Domain, Session, Proof, Received) ->
    Conn = #conn{reader = self(), writer = spawn_link(fun() -> write(Socket) end), socket = Socket},
    case gen_server:call(Server, {attach, Conn, Session, Proof, Received}, infinity) of
        {ok, Taken} -> read(Server, Socket, Domain, Taken);
        busy -> turn_away(Socket, 3, <<"another runner is connected">>)
    end.

write(Socket) ->
    Frame = receive
                {frame, Bytes} -> Bytes;
                {taken, Number} -> encode({taken, latest(Number)})
            end,
    _ = [exit(closed) || gen_tcp:send(Socket, Frame) =/= ok],
    write(Socket).

latest(Number) ->
    receive
        {taken, Later} -> latest(Later)
    after 0 -> Number
    end.

%% Frames that were routed before the connection was lost come again, and are passed over.
read(Server, Socket, Domain, Last) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, Bytes} ->
            Frame = decode(Bytes),
            _ = [exit(unknown_frame) || Frame =:= error],
            _ = [Server ! obey(Frame, Domain) || element(2, Frame) > Last],
            read(Server, Socket, Domain, max(Last, element(2, Frame)));
        {error, _} ->
            exit(closed)
    end.

obey({route, Number, Cause, Xml}, Domain) ->
    _ = [route(Packet) || {xmlel, _, _, Children} <- [fxml_stream:parse_element(<<"<r>", Xml/binary, "</r>">>)],
                          {xmlel, _, _, _} = Element <- Children, {ok, Packet} <- [packet(Element, Domain)]],
    {taken, self(), Number, Cause};
obey({fanout, Number, Cause, Recipients, Xml}, Domain) ->
    _ = [route(xmpp:set_to(Packet, Jid)) || {ok, Packet} <- [packet(fxml_stream:parse_element(Xml), Domain)],
                                            To <- Recipients, Jid <- [jid:decode(To)]],
    {taken, self(), Number, Cause};
obey({ack, Number, Numbers}, _Domain) ->
    {acked, self(), Number, Numbers};
obey({reject, Number, Rejected, Text}, _Domain) ->
    {rejected, self(), Number, Rejected, Text}.

route(Packet) ->
    try ejabberd_router:route(Packet)
    catch Class:Reason -> logger:error("mod_xmpp_groups: a stanza was not routed: ~p:~p", [Class, Reason])
    end.

%% A stanza of the runner, which speaks for its own domain and for nobody else.
packet(Element, Domain) ->
    try
        Packet = xmpp:decode(Element, ?NS_CLIENT, [ignore_els]),
        {_, Domain, _} = jid:tolower(xmpp:get_from(Packet)),
        {ok, Packet}
    catch _:Reason ->
            logger:error("mod_xmpp_groups: the runner of ~ts sent no stanza of its own: ~p", [Domain, Reason]),
            error
    end.

-spec is_deeper(term(), integer()) -> boolean().
is_deeper({xmlel, _, _, _}, 0) -> true;
is_deeper({xmlel, _, _, Children}, Levels) -> lists:any(fun(Child) -> is_deeper(Child, Levels - 1) end, Children);
is_deeper(_Text, _Levels) -> false.

proof(runner, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups runner">> | Said]);
proof(shim, Secret, Said) -> crypto:mac(hmac, sha256, Secret, [<<"xmpp-groups shim">> | Said]).

%% Takes as long for any two proofs.
is_equal(One, Other) ->
    binary:decode_unsigned(crypto:exor(One, Other)) =:= 0.

%% Frames, without the length in front

encode({hello, Version, Incarnation, Nonce}) -> <<1, Version, Incarnation:16/binary, Nonce:32/binary>>;
encode({welcome, Proof, Resumed, Taken, Domain}) ->
    <<3, Proof:32/binary, (flag(Resumed)), Taken:48, Domain/binary>>;
encode({refuse, Reason, Text}) -> <<4, Reason, Text/binary>>;
encode({stanza, Number, Again, Done, Since, Xml}) ->
    <<5, Number:48, (flag(Again)), Done:16, Since:48, Xml/binary>>;
encode({taken, Number}) -> <<6, Number:48>>.

decode(<<2, Version, Session:16/binary, Nonce:32/binary, Proof:32/binary, Received:48>>) ->
    {prove, Version, Session, Nonce, Proof, Received};
decode(<<7, Number:48, Cause:48, Xml/binary>>) ->
    {route, Number, Cause, Xml};
decode(<<8, Number:48, Cause:48, Count:32, Rest/binary>>) ->
    recipients(Count, Rest, [], {fanout, Number, Cause});
decode(<<9, Number:48, Numbers/binary>>) when byte_size(Numbers) rem 6 =:= 0 ->
    {ack, Number, [One || <<One:48>> <= Numbers]};
decode(<<10, Number:48, Rejected:48, Text/binary>>) ->
    {reject, Number, Rejected, Text};
decode(_) ->
    error.

recipients(0, Xml, Jids, {fanout, Number, Cause}) ->
    {fanout, Number, Cause, lists:reverse(Jids), Xml};
recipients(Count, <<Size:16, Jid:Size/binary, Rest/binary>>, Jids, Frame) ->
    recipients(Count - 1, Rest, [Jid | Jids], Frame);
recipients(_, _, _, _) ->
    error.

flag(true) -> 1;
flag(false) -> 0.
