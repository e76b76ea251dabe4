%% The server of a virtual host: keeps each stanza, and each event that is to be acknowledged, until a runner has done
%% so, and sees to it that there is a runner for each.
-module(mod_xmpp_groups_queue).

-behaviour(gen_server).

-export([child_spec/3, reload/2, conf/1, attach/2, tell/4]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).
%% For tests.
-export([is_deeper/1]).

-define(NS_CLIENT, <<"jabber:client">>).
%% As deep as the runner reads; ejabberd itself does not survive a few thousand levels.
-define(DEEPEST, 64).
%% How long a runner that has come back waits for what it had written on its old connection to be routed.
-define(SUCCESSION_MS, 5000).

%% heard: when the last runner was there. returning: who has come back, and waits for the end of the old connection.
%% deaf: events are dropped, and the log says so already.
-record(state, {opts :: map(),
                secret :: binary(),
                listener :: mod_xmpp_groups_link:listener(),
                incarnation :: binary(),
                dispatch = mod_xmpp_groups_dispatch:new() :: mod_xmpp_groups_dispatch:dispatch(),
                returning = #{} :: #{mod_xmpp_groups_waiting:session() => {gen_server:from(), map()}},
                deaf = false :: boolean(),
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
%% `Hello' is what it said, with its connection and the proof of this side.
-spec attach(pid(), map()) -> {ok, non_neg_integer()} | busy.
attach(Server, Hello) ->
    gen_server:call(Server, {attach, Hello}, infinity).

%% Something happened to a user: `Xml' is the stanza that it is about, or empty.
-spec tell(atom(), binary(), jid:jid(), binary()) -> ok.
tell(Name, Event, User, Xml) ->
    gen_server:cast(Name, {event, Event, User, Xml}).

init({Host, #{host := Domain, listen := Listen} = Opts}) ->
    process_flag(trap_exit, true),
    {ok, Secret} = mod_xmpp_groups:secret(Opts),
    case mod_xmpp_groups_link:listen(Listen) of
        {ok, Listener} ->
            %% Beside users the domain is routed already, and mod_xmpp_groups_host takes what is for groups.
            _ = [ejabberd_router:register_route(Domain, Host) || Domain =/= Host],
            State = #state{opts = Opts, secret = Secret, listener = Listener, heard = now_ms(),
                           incarnation = crypto:strong_rand_bytes(16)},
            {ok, check_later(State)};
        {error, Reason} ->
            {stop, {listen, Listen, inet:format_error(Reason)}}
    end.

handle_call(conf, _From, #state{secret = Secret, incarnation = Incarnation} = State) ->
    {reply, {Secret, Incarnation, domain(State)}, State};
handle_call({attach, Hello}, From, #state{dispatch = Dispatch, returning = Returning} = State) ->
    #{session := Session} = Hello,
    case mod_xmpp_groups_dispatch:runner(Session, Dispatch) of
        {ok, #{conn := _}} when is_map_key(Session, Returning) ->
            {reply, busy, State};
        {ok, #{conn := Old}} ->
            %% The old connection of the same runner is dead, it only has not been noticed yet.
            _ = mod_xmpp_groups_link:cut(Old),
            _ = erlang:send_after(?SUCCESSION_MS, self(), {succession, Session, From}),
            {noreply, State#state{returning = Returning#{Session => {From, Hello}}}};
        _ ->
            {noreply, let_in(From, Hello, State)}
    end.

handle_cast({event, Event, User, Xml}, State) ->
    {noreply, hear(Event, User, Xml, State)};
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
handle_info({obeyed, Reader, Number, What}, #state{dispatch = Dispatch} = State) ->
    case mod_xmpp_groups_dispatch:runner_of(Reader, Dispatch) of
        {ok, Session} -> {noreply, obeyed(Session, Number, What, State)};
        error -> {noreply, State}
    end;
handle_info({'EXIT', Acceptor, Reason}, #state{listener = {_, Acceptor}} = State) ->
    {stop, {acceptor, Reason}, State};
handle_info({'EXIT', Reader, _}, #state{dispatch = Dispatch} = State) ->
    case mod_xmpp_groups_dispatch:runner_of(Reader, Dispatch) of
        {ok, Session} -> {noreply, lose(Session, State)};
        error -> {noreply, State}
    end;
handle_info({succession, Session, From}, #state{returning = Returning} = State) ->
    case Returning of
        #{Session := {From, _}} ->
            gen_server:reply(From, busy),
            {noreply, State#state{returning = maps:remove(Session, Returning)}};
        _ ->
            {noreply, State}
    end;
handle_info(check, State) ->
    {noreply, check_later(lose_patience(State))};
handle_info(_Other, State) ->
    {noreply, State}.

%% What no runner has got will never get there. What one has got it will finish with the next server.
terminate(_Reason, #state{dispatch = Dispatch, listener = Listener} = State) ->
    _ = [ejabberd_router:unregister_route(domain(State)) || mode(State) =:= subdomain],
    _ = [give_up(Entry, fun xmpp:err_remote_server_timeout/2, <<"The server is being stopped">>)
         || Entry <- mod_xmpp_groups_dispatch:unsent(Dispatch)],
    _ = [mod_xmpp_groups_link:finish(Conn) || Conn <- mod_xmpp_groups_dispatch:connections(Dispatch)],
    mod_xmpp_groups_link:close(Listener).

domain(#state{opts = #{host := Domain}}) ->
    Domain.

mode(#state{opts = #{groups := Mode}}) ->
    Mode.

now_ms() ->
    erlang:monotonic_time(millisecond).

%% What comes in

take(Packet, #state{dispatch = Dispatch, heard = Heard, opts = #{patience := Patience}} = State) ->
    Element = xmpp:encode(Packet, ?NS_CLIENT),
    #{at := At} = Entry = entry(stanza, xmpp:get_to(Packet), fxml:element_to_binary(Element)),
    IsLeft = mod_xmpp_groups_dispatch:serving(Dispatch) =:= [] andalso At - Heard > Patience,
    case {is_deeper(Element), IsLeft, is_full(Entry, 1, State)} of
        {true, _, _} ->
            refuse(Packet, fun xmpp:err_policy_violation/2, <<"Elements are nested more than 64 levels deep">>),
            State;
        {_, true, _} ->
            refuse(Packet, fun xmpp:err_remote_server_timeout/2, <<"The group service is not running">>),
            State;
        {_, _, true} ->
            refuse(Packet, fun xmpp:err_resource_constraint/2, <<"The group service has too much to do">>),
            State;
        _ ->
            Asker = maps:from_list([{asker, Prefix} || {ok, Prefix} <- [mod_xmpp_groups_choice:asker(Packet)]]),
            State#state{dispatch = mod_xmpp_groups_dispatch:add(maps:merge(Entry, Asker), Dispatch)}
    end.

%% Nobody is refused because of an event: events leave half of the room to stanzas, and are dropped beyond that.
hear(Event, User, Xml, #state{dispatch = Dispatch, deaf = Deaf} = State) ->
    Entry = entry({event, Event, jid:encode(User)}, User, Xml),
    ok = mod_xmpp_groups_dispatch:tell_listeners(Event, Entry, Dispatch),
    case is_full(Entry, 2, State) of
        true ->
            _ = [logger:error("mod_xmpp_groups: too much waits for ~ts, events are dropped", [domain(State)])
                 || not Deaf],
            State#state{deaf = true};
        false ->
            State#state{dispatch = mod_xmpp_groups_dispatch:add(Entry, Dispatch), deaf = false}
    end.

entry(What, About, Xml) ->
    %% The time of the operating system, which is that of the runner, too.
    #{what => What, key => jid:tolower(jid:remove_resource(About)), xml => Xml, at => now_ms(),
      since => os:system_time(millisecond), again => false, done => 0}.

is_full(#{xml := Xml}, Share, #state{dispatch = Dispatch, opts = #{max_stanzas := MaxCount, max_bytes := MaxBytes}}) ->
    {Count, Bytes} = mod_xmpp_groups_dispatch:size(Dispatch),
    Count >= MaxCount div Share orelse Bytes + byte_size(Xml) > MaxBytes div Share.

-spec is_deeper(term()) -> boolean().
is_deeper(Element) ->
    is_deeper(Element, ?DEEPEST).

is_deeper({xmlel, _, _, _}, 0) -> true;
is_deeper({xmlel, _, _, Children}, Levels) -> lists:any(fun(Child) -> is_deeper(Child, Levels - 1) end, Children);
is_deeper(_Text, _Levels) -> false.

%% Runners

let_in(From, Hello, #state{dispatch = Dispatch} = State) ->
    #{conn := #{reader := Reader} = Conn, proof := Proof, serves := Serves} = Hello,
    true = link(Reader),
    Welcome = fun(Became, Taken) ->
                      gen_server:reply(From, {ok, Taken}),
                      mod_xmpp_groups_link:say(Conn, {welcome, Proof, Became, Taken, mode(State), domain(State)})
              end,
    _ = [logger:info("mod_xmpp_groups: a runner serves ~ts", [domain(State)]) || Serves],
    State#state{dispatch = mod_xmpp_groups_dispatch:come(Hello#{heard => now_ms()}, Welcome, Dispatch)}.

lose(Session, #state{dispatch = Dispatch, returning = Returning} = State) ->
    {ok, #{serves := Serves}} = mod_xmpp_groups_dispatch:runner(Session, Dispatch),
    Alone = case Serves of
                true -> State#state{heard = now_ms()};
                false -> State
            end,
    case maps:take(Session, Returning) of
        {{From, Hello}, Rest} ->
            let_in(From, Hello, Alone#state{returning = Rest});
        error ->
            _ = [logger:warning("mod_xmpp_groups: a runner of ~ts is gone", [domain(State)]) || Serves],
            Alone#state{dispatch = mod_xmpp_groups_dispatch:go(Session, now_ms(), Dispatch)}
    end.

%% A runner said something that has been done.
obeyed(Session, Number, {unread, Stanza, Text}, #state{dispatch = Dispatch} = State) ->
    Left = case mod_xmpp_groups_dispatch:take(Stanza, Dispatch) of
               {ok, Entry, Some} ->
                   give_up(Entry, fun xmpp:err_not_acceptable/2, Text),
                   Some;
               error ->
                   Dispatch
           end,
    obeyed(Session, Number, nothing, State#state{dispatch = Left});
obeyed(Session, Number, What, #state{dispatch = Dispatch} = State) ->
    State#state{dispatch = mod_xmpp_groups_dispatch:routed(Session, Number, What, now_ms(), Dispatch)}.

%% Patience

%% What has been answered in part is kept for the next runner: an error would be wrong. So is what has to be known of
%% those who are no more. A runner that does nothing is sent away when there is another one.
lose_patience(#state{opts = #{patience := Patience}, heard = Heard, dispatch = Dispatch} = State) ->
    {Late, Hung} = mod_xmpp_groups_dispatch:overdue(now_ms() - Patience, Heard, Dispatch),
    _ = [logger:warning("mod_xmpp_groups: a runner of ~ts does not answer", [domain(State)]) || Hung =/= []],
    _ = [mod_xmpp_groups_link:cut(Conn) || Conn <- Hung],
    State#state{dispatch = lists:foldl(fun forget/2, Dispatch, Late)}.

forget(Number, Dispatch) ->
    case mod_xmpp_groups_dispatch:take(Number, Dispatch) of
        {ok, #{what := {event, <<"remove_user">>, _}}, _} ->
            Dispatch;
        {ok, Entry, Left} ->
            give_up(Entry, fun xmpp:err_remote_server_timeout/2, <<"The group service does not answer">>),
            Left
    end.

check_later(#state{opts = #{patience := Patience}} = State) ->
    _ = erlang:send_after(max(100, Patience div 4), self(), check),
    State.

give_up(#{what := stanza, xml := Xml}, Error, Text) ->
    refuse(xmpp:decode(fxml_stream:parse_element(Xml), ?NS_CLIENT, [ignore_els]), Error, Text);
give_up(_Event, _Error, _Text) ->
    ok.

%% Senders of presence wait for nothing.
refuse(Packet, _Error, _Text) when element(1, Packet) =:= presence ->
    ok;
refuse(Packet, Error, Text) ->
    ejabberd_router:route_error(Packet, Error(Text, xmpp:get_lang(Packet))).
