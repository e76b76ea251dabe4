%% Groups inside ejabberd: what is sent to a sub-domain is handed to programs outside (the runners), and what they
%% say is routed. Each stanza is kept until a runner has acknowledged it; what waits is bounded, and whoever
%% waits too long gets an error. The bytes between the two are described in docs/shim-protocol.md.
%%
%% This is what ejabberd starts, stops and configures. The rest:
%% _queue     a server for each virtual host: takes stanzas, and refuses what waits too long
%% _dispatch  which runner gets what, and what becomes of it when one goes; by _choice, what is _waiting to _runners
%% _link      the processes around a connection: they let runners in, read, route, and write
%% _delivery  how what they say gets to members
%% _frames    the bytes on it
%% _archive   keeps what is sent to groups out of the archives of its senders
%% _events    hooks of ejabberd that runners hear of
%% _host      the hooks of the virtual host: groups beside users, service discovery
%% _names     which local parts are groups; ejabberd_auth_xmpp_groups keeps accounts from having them
-module(mod_xmpp_groups).

-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0]).
-export([secret/1, tell/3]).

start(Host, #{events := Events} = Opts) ->
    case {secret(Opts), keeps_names(Host, Opts)} of
        {{ok, _}, true} ->
            At = at(Host, Opts),
            ok = mod_xmpp_groups_host:start(Host, At),
            ok = mod_xmpp_groups_archive:start(Host, At),
            ok = ejabberd_hooks:add(ejabberd_stopping, mod_xmpp_groups_link, settle, 50),
            %% Not gen_mod:start_child/3: it ends a process whose mailbox grows longer than max_fsm_queue.
            Child = mod_xmpp_groups_queue:child_spec(name(Host), Host, At),
            case supervisor:start_child(ejabberd_gen_mod_sup, Child) of
                {ok, _} -> mod_xmpp_groups_events:start(Host, Events);
                {error, _} = Error -> Error
            end;
        {{error, Text}, _} ->
            {error, Text};
        {_, false} ->
            {error, <<"mod_xmpp_groups: with groups: same_host, xmpp_groups has to stand first in auth_method, such as ",
                      "auth_method: [xmpp_groups, mnesia]; otherwise users could take the names of groups">>}
    end.

stop(Host) ->
    mod_xmpp_groups_events:stop(Host),
    Stopped = gen_mod:stop_child(name(Host)),
    ok = mod_xmpp_groups_archive:stop(Host),
    ok = mod_xmpp_groups_host:stop(Host),
    _ = [ejabberd_hooks:delete(ejabberd_stopping, mod_xmpp_groups_link, settle, 50)
         || [Host] =:= [One || One <- ejabberd_option:hosts(), One =:= Host orelse gen_mod:is_loaded(One, ?MODULE)]],
    Stopped.

reload(Host, #{groups := Mode, host := Domain, listen := Listen, events := Events} = Opts,
       #{groups := Mode, host := Domain, listen := Listen}) ->
    mod_xmpp_groups_events:stop(Host),
    mod_xmpp_groups_events:start(Host, Events),
    ok = mod_xmpp_groups_archive:stop(Host),
    ok = mod_xmpp_groups_archive:start(Host, Opts),
    mod_xmpp_groups_queue:reload(name(Host), at(Host, Opts));
reload(Host, Opts, _Old) ->
    _ = stop(Host),
    start(Host, Opts).

%% Groups beside users are on the virtual host itself.
at(Host, #{groups := same_host} = Opts) -> Opts#{host := Host};
at(_Host, Opts) -> Opts.

%% The one that stands first is the only one whose word cannot be overruled by another one.
keeps_names(Host, #{groups := same_host}) -> lists:prefix([xmpp_groups], ejabberd_option:auth_method(Host));
keeps_names(_Host, _Opts) -> true.

%% Something happened to a user of a virtual host: `Xml' is the stanza that it is about, or empty.
-spec tell(atom(), jid:jid(), binary()) -> ok.
tell(Event, User, Xml) ->
    {_, Host, _} = jid:tolower(User),
    mod_xmpp_groups_queue:tell(name(Host), atom_to_binary(Event), User, Xml).

%% How the server of a virtual host is called.
name(Host) ->
    gen_mod:get_module_proc(Host, ?MODULE).

%% What it says of groups stands beside what mod_disco says, or in its place.
depends(_Host, #{groups := same_host}) -> [{mod_disco, hard}];
depends(_Host, _Opts) -> [{mod_disco, soft}].

mod_options(Host) ->
    [{groups, subdomain},
     {host, <<"groups.", Host/binary>>},
     {listen, <<"127.0.0.1:5348">>},
     {secret, <<>>},
     {secret_file, <<>>},
     {max_stanzas, 10000},
     {max_bytes, 67108864},
     {patience, timer:seconds(30)},
     {archive_sent, false},
     {events, [remove_user, vcard_set]}].

mod_opt_type(groups) -> econf:enum([subdomain, same_host]);
mod_opt_type(host) -> econf:host();
%% The runner is on the same machine: no other address is accepted.
mod_opt_type(listen) -> econf:binary("^(unix:/.+|127(\\.[0-9]{1,3}){3}:[0-9]{1,5}|\\[::1\\]:[0-9]{1,5})$");
mod_opt_type(secret) -> econf:binary();
mod_opt_type(secret_file) -> econf:binary();
mod_opt_type(max_stanzas) -> econf:pos_int();
mod_opt_type(max_bytes) -> econf:pos_int();
mod_opt_type(patience) -> econf:timeout(second);
mod_opt_type(archive_sent) -> econf:bool();
mod_opt_type(events) -> econf:list(econf:enum(mod_xmpp_groups_events:names()), [unique]).

mod_doc() ->
    #{desc => [<<"Hands the stanzas of a sub-domain to xmpp-groups, and keeps each until it is acknowledged. ",
                 "Its options are described in docs/ejabberd.md of xmpp-groups.">>]}.

%% What both sides know. Read anew each time: the file may have changed.
-spec secret(map()) -> {ok, binary()} | {error, binary()}.
secret(#{secret := <<>>, secret_file := File}) ->
    case file:read_file(File) of
        {ok, Text} when Text =/= <<>> -> {ok, string:trim(Text, trailing, "\r\n")};
        _ -> {error, <<"mod_xmpp_groups: give it secret, or as secret_file the path of a file that holds it">>}
    end;
secret(#{secret := Secret}) ->
    {ok, Secret}.
