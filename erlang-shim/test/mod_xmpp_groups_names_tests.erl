%% The names of groups beside users, in tables in memory, with an authentication that is made up.
-module(mod_xmpp_groups_names_tests).

-export([names_test_/0]).

-define(HOST, <<"example.com">>).

names_test_() ->
    {foreach, fun start/0, fun stop/1,
     [test("a name is free unless a user has it", fun claims/0),
      test("what is no name is not free", fun no_names/0),
      test("a group that is gone is remembered until a user has its name", fun leaves/0),
      test("a list takes the place of what was known", fun lists/0),
      test("a list in parts is one list", fun parts/0),
      test("what somebody who is here has asked for stays", fun stays/0),
      test("a list does not take names from users", fun not_from_users/0),
      test("a failing authentication says nothing of accounts", fun failing/0),
      test("nobody is a group", fun nobody/0),
      test("an account that is a group cannot be used", fun authentication/0)]}.

test(Title, Test) ->
    fun(_) -> {Title, Test} end.

%% romeo has an account; nobody knows whether fails has one.
start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "names-" ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = application:set_env(mnesia, dir, Dir),
    ok = mnesia:start(),
    fake("-module(ejabberd_mnesia). -export([create/3]). "
         "create(_, Table, [_, Attributes]) -> mnesia:create_table(Table, [{ram_copies, [node()]}, Attributes])."),
    fake("-module(ejabberd_auth). -export([user_exists/2, user_exists_in_other_modules/3, auth_modules/1]). "
         "user_exists(User, _) -> User =:= <<\"romeo\">>. "
         "user_exists_in_other_modules(_, <<\"fails\">>, _) -> maybe_exists; "
         "user_exists_in_other_modules(_, User, Host) -> user_exists(User, Host). "
         "auth_modules(_) -> [ejabberd_auth_mnesia]."),
    {ok, _} = application:ensure_all_started(stringprep),
    ok = mod_xmpp_groups_names:start(),
    Dir.

stop(Dir) ->
    stopped = mnesia:stop(),
    _ = [begin true = code:delete(Fake), code:purge(Fake) end || Fake <- [ejabberd_mnesia, ejabberd_auth]],
    file:del_dir_r(Dir).

fake(Source) ->
    Forms = [begin {ok, Form} = erl_parse:parse_form(Tokens), Form end || Tokens <- forms(Source)],
    {ok, Module, Code} = compile:forms(Forms),
    {module, Module} = code:load_binary(Module, "a test", Code).

forms(Source) ->
    case erl_scan:tokens([], Source ++ " ", 1) of
        {done, {ok, Tokens, _}, Rest} -> [Tokens | forms(string:trim(Rest))];
        {more, _} -> []
    end.

is_group(Name) -> mod_xmpp_groups_names:is_group(Name, ?HOST).
is_ours(Name) -> mod_xmpp_groups_names:is_ours(Name, ?HOST).
claim(Name) -> mod_xmpp_groups_names:claim(Name, ?HOST, self()).
list(Names) -> mod_xmpp_groups_names:list(Names, ?HOST, mod_xmpp_groups_names:begin_list()).
whole(Names) -> ended(list(Names), false).
ended(Listed, IsHere) -> mod_xmpp_groups_names:end_list(?HOST, Listed, fun(_) -> IsHere end).

claims() ->
    true = claim(<<"verona">>),
    true = claim(<<"verona">>),
    false = claim(<<"romeo">>),
    [true, false, false] = [is_group(Name) || Name <- [<<"verona">>, <<"romeo">>, <<"mantua">>]],
    false = mod_xmpp_groups_names:is_group(<<"verona">>, <<"example.org">>).

no_names() ->
    [false, false, false] = [claim(Name) || Name <- [<<>>, <<"Verona">>, <<"a b">>]].

leaves() ->
    true = claim(<<"verona">>),
    ok = mod_xmpp_groups_names:release(<<"verona">>, ?HOST),
    {false, true} = {is_group(<<"verona">>), is_ours(<<"verona">>)},
    ok = mod_xmpp_groups_names:release(<<"romeo">>, ?HOST),
    {false, false} = {is_group(<<"romeo">>), is_ours(<<"romeo">>)},
    ok = mod_xmpp_groups_names:leave(<<"verona">>, ?HOST),
    false = is_ours(<<"verona">>),
    true = claim(<<"verona">>).

lists() ->
    ok = whole([<<"verona">>, <<"mantua">>]),
    ok = whole([<<"mantua">>, <<"padua">>]),
    [false, true, true] = [is_group(Name) || Name <- [<<"verona">>, <<"mantua">>, <<"padua">>]],
    true = is_ours(<<"verona">>).

parts() ->
    ok = whole([<<"verona">>]),
    Listed = mod_xmpp_groups_names:list([<<"padua">>], ?HOST, list([<<"mantua">>])),
    true = is_group(<<"verona">>),
    ok = ended(Listed, false),
    [false, true, true] = [is_group(Name) || Name <- [<<"verona">>, <<"mantua">>, <<"padua">>]].

stays() ->
    true = claim(<<"verona">>),
    ok = ended(list([]), true),
    true = is_group(<<"verona">>),
    ok = ended(list([]), false),
    false = is_group(<<"verona">>).

not_from_users() ->
    ok = whole([<<"romeo">>, <<"Verona">>, <<"mantua">>]),
    [false, false, true] = [is_group(Name) || Name <- [<<"romeo">>, <<"Verona">>, <<"mantua">>]].

failing() ->
    false = claim(<<"fails">>),
    false = is_group(<<"fails">>).

nobody() ->
    {false, false} = {is_group(<<>>), is_ours(<<>>)}.

authentication() ->
    true = claim(<<"verona">>),
    {nocache, true} = ejabberd_auth_xmpp_groups:user_exists(<<"verona">>, ?HOST),
    {nocache, false} = ejabberd_auth_xmpp_groups:user_exists(<<"romeo">>, ?HOST),
    {nocache, {ok, One}} = ejabberd_auth_xmpp_groups:get_password(<<"verona">>, ?HOST),
    {nocache, {ok, Other}} = ejabberd_auth_xmpp_groups:get_password(<<"verona">>, ?HOST),
    false = One =:= Other,
    {nocache, error} = ejabberd_auth_xmpp_groups:get_password(<<"romeo">>, ?HOST),
    {nocache, {stop, false}} = ejabberd_auth_xmpp_groups:check_password(<<"verona">>, <<>>, ?HOST, One),
    {nocache, false} = ejabberd_auth_xmpp_groups:check_password(<<"romeo">>, <<>>, ?HOST, <<"pw">>),
    {error, not_allowed} = (catch ejabberd_auth_xmpp_groups:set_password(<<"verona">>, ?HOST, <<"pw">>)),
    {nocache, {error, not_allowed}} = ejabberd_auth_xmpp_groups:set_password(<<"romeo">>, ?HOST, <<"pw">>),
    {error, exists} = (catch ejabberd_auth_xmpp_groups:try_register(<<"verona">>, ?HOST, <<"pw">>)),
    {nocache, {error, not_allowed}} = ejabberd_auth_xmpp_groups:try_register(<<"tybalt">>, ?HOST, <<"pw">>),
    plain = ejabberd_auth_xmpp_groups:store_type(?HOST),
    false = ejabberd_auth_xmpp_groups:plain_password_required(?HOST),
    {[], 0} = {ejabberd_auth_xmpp_groups:get_users(?HOST, []), ejabberd_auth_xmpp_groups:count_users(?HOST, [])}.
