%% The server of a virtual host: keeps each stanza until the runner has acknowledged it.
-module(mod_xmpp_groups_queue).

-behaviour(gen_server).

-export([child_spec/3, reload/2, conf/1, attach/5]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).
%% For tests.
-export([is_deeper/2]).

-define(NS_CLIENT, <<"jabber:client">>).
%% As deep as the runner reads; ejabberd itself does not survive a few thousand levels.
-define(DEEPEST, 64).
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
-record(attach, {from :: gen_server:from(),
                 conn :: mod_xmpp_groups_link:conn(),
                 session :: binary(),
                 proof :: binary(),
                 received :: non_neg_integer()}).
-record(state, {opts :: map(),
                secret :: binary(),
                listener :: mod_xmpp_groups_link:listener(),
                incarnation :: binary(),
                next = 1 :: pos_integer(),
                entries = #{} :: #{pos_integer() => #entry{}},
                bytes = 0 :: non_neg_integer(),
                conn :: undefined | mod_xmpp_groups_link:conn(),
                waiting :: undefined | #attach{},
                session = <<>> :: binary(),
                taken = 0 :: non_neg_integer(),
                heard :: integer()}).

-spec child_spec(atom(), binary(), map()) -> supervisor:child_spec().
child_spec(Name, Host, Opts) ->
    {Name, {gen_server, start_link, [{local, Name}, ?MODULE, {Host, Opts}, []]},
     transient, timer:seconds(10), worker, [?MODULE]}.

-spec reload(atom(), map()) -> ok.
reload(Name, Opts) ->
    gen_server:cast(Name, {reload, Opts}).

%% What a connection has to know: the secret, the incarnation, the domain.
-spec conf(pid()) -> {binary(), binary(), binary()}.
conf(Server) ->
    gen_server:call(Server, conf).

%% A runner has proven that it knows the secret. `{ok, Taken}': it is welcome, and frames up to `Taken' were routed.
-spec attach(pid(), mod_xmpp_groups_link:conn(), binary(), binary(), non_neg_integer()) ->
          {ok, non_neg_integer()} | busy.
attach(Server, Conn, Session, Proof, Received) ->
    gen_server:call(Server, {attach, Conn, Session, Proof, Received}, infinity).

init({Host, #{host := Domain, listen := Listen} = Opts}) ->
    process_flag(trap_exit, true),
    {ok, Secret} = mod_xmpp_groups:secret(Opts),
    case mod_xmpp_groups_link:listen(Listen) of
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
        #state{waiting = undefined, conn = Old, session = Before} ->
            %% The old connection of the same runner is dead, it only has not been noticed yet. Another one may be
            %% ending: what it wrote is routed first.
            _ = [mod_xmpp_groups_link:cut(Old) || Before =:= Session],
            _ = erlang:send_after(?SUCCESSION_MS, self(), {succession, From}),
            {noreply, State#state{waiting = Attach}};
        _ ->
            {reply, busy, State}
    end.

handle_cast({reload, Opts}, State) ->
    case mod_xmpp_groups:secret(Opts) of
        {ok, Secret} ->
            {noreply, State#state{opts = Opts, secret = Secret}};
        {error, Text} ->
            logger:error("~ts", [Text]),
            {noreply, State#state{opts = Opts}}
    end.

handle_info({route, Packet}, State) ->
    {noreply, take(Packet, State)};
handle_info({taken, Reader, Number, Cause}, #state{conn = #{reader := Reader}, entries = Entries} = State) ->
    Counted = case Entries of
                  #{Cause := #entry{done = Done} = Entry} -> Entries#{Cause := Entry#entry{done = Done + 1}};
                  _ -> Entries
              end,
    {noreply, confirm(Number, State#state{entries = Counted})};
handle_info({acked, Reader, Number, Numbers}, #state{conn = #{reader := Reader}} = State) ->
    {noreply, confirm(Number, lists:foldl(fun drop/2, State, Numbers))};
handle_info({rejected, Reader, Number, Rejected, Text}, #state{conn = #{reader := Reader}} = State) ->
    {noreply, confirm(Number, give_up(Rejected, fun xmpp:err_not_acceptable/2, Text, State))};
handle_info({'EXIT', Reader, _}, #state{conn = #{reader := Reader}, waiting = Waiting} = State) ->
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
terminate(_Reason, #state{conn = Conn, entries = Entries, listener = Listener} = State) ->
    ejabberd_router:unregister_route(domain(State)),
    _ = [give_up(Number, fun xmpp:err_remote_server_timeout/2, <<"The server is being stopped">>, State)
         || {Number, #entry{sent = Sent, done = 0}} <- maps:to_list(Entries), not Sent orelse Conn =:= undefined],
    _ = [mod_xmpp_groups_link:finish(Conn) || Conn =/= undefined],
    mod_xmpp_groups_link:close(Listener).

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
hand_over({Number, Entry}, #state{conn = Conn, entries = Entries} = State) ->
    #entry{xml = Xml, since = Since, again = Again, done = Done} = Entry,
    mod_xmpp_groups_link:say(Conn, {stanza, Number, Again, min(Done, 16#ffff), Since, Xml}),
    State#state{entries = Entries#{Number => Entry#entry{sent = true}}}.

drop(Number, #state{entries = Entries, bytes = Bytes} = State) ->
    case maps:take(Number, Entries) of
        {#entry{xml = Xml}, Rest} -> State#state{entries = Rest, bytes = Bytes - byte_size(Xml)};
        error -> State
    end.

%% Everything up to frame `Number' of the runner has been routed.
confirm(Number, #state{conn = Conn} = State) ->
    mod_xmpp_groups_link:taken(Conn, Number),
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

-spec is_deeper(term(), integer()) -> boolean().
is_deeper({xmlel, _, _, _}, 0) -> true;
is_deeper({xmlel, _, _, Children}, Levels) -> lists:any(fun(Child) -> is_deeper(Child, Levels - 1) end, Children);
is_deeper(_Text, _Levels) -> false.

%% Runners

attach(#attach{from = From, session = Session, received = Received, proof = Proof, conn = Conn}, State) ->
    true = link(maps:get(reader, Conn)),
    IsSame = Session =:= State#state.session,
    Taken = case IsSame of
                true -> State#state.taken;
                false -> 0
            end,
    Entries = maps:map(fun(Number, Entry) when IsSame -> Entry#entry{sent = Number =< Received};
                          (_, #entry{sent = Sent, again = Again} = Entry) ->
                               Entry#entry{sent = false, again = Again orelse Sent}
                       end, State#state.entries),
    mod_xmpp_groups_link:say(Conn, {welcome, Proof, IsSame, Taken, domain(State)}),
    gen_server:reply(From, {ok, Taken}),
    logger:info("mod_xmpp_groups: a runner serves ~ts", [domain(State)]),
    Left = lists:keysort(1, [One || {_, #entry{sent = false}} = One <- maps:to_list(Entries)]),
    lists:foldl(fun hand_over/2,
                State#state{conn = Conn, session = Session, taken = Taken, entries = Entries, heard = now_ms()}, Left).
