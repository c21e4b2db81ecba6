/*
 * terakoya user: accounts and roles from the command line.
 *
 * For the first administrator of an installation, and for the day when
 * nobody can sign in any more. Everything else happens in the pages. Each
 * change stands in the audit log, with nobody as its author.
 */
#include "base/password.h"
#include "base/text.h"
#include "command/command.h"
#include "store/store_account.h"
#include "store/store_audit.h"
#include "store/store_person.h"
#include "store/store_setting.h"
#include "store/store_signin.h"

#include <getopt.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define MAX_ROLES  8
#define PASSWORD_N 16 /* characters of a made password: 92 bits */

/* What the command line asks for. */
struct wish {
	const char *number, *email, *family, *given, *kana;
	const char *roles[MAX_ROLES];
	size_t nroles;
	const char *login;
	bool from_stdin;
	const char *password; /* given or made */
};

static int usage(void)
{
	fputs("usage: terakoya user add --number N | --email MAIL"
	      " --family NAME --given NAME\n"
	      "                         [--kana \"FAMILY GIVEN\"]"
	      " [--role ROLE]... [--stdin]\n"
	      "       terakoya user password LOGIN [--stdin]\n"
	      "       terakoya user role LOGIN +ROLE | -ROLE ...\n"
	      "       terakoya user list\n\n"
	      "LOGIN is a staff number or an e-mail address. ROLE is trainee,"
	      " trainer, planner,\nhead or admin. A password is made and"
	      " printed, or read from standard input with\n--stdin; it has to"
	      " be changed at the first sign-in.\n",
	      stderr);
	return 2;
}

static bool is_role(const char *role)
{
	static const char *const roles[] = { "trainee", "trainer", "planner",
					     "head", "admin" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (!strcmp(role, roles[i]))
			return true;
	return false;
}

/* Without characters that are mistaken for each other on paper. */
static const char *make_password(struct arena *a)
{
	static const char letters[] =
		"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	char *password = arena_alloc(a, PASSWORD_N + 1);

	for (size_t i = 0; i < PASSWORD_N; i++)
		password[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	return password;
}

static enum err take_password(struct ctx *cx, struct wish *w)
{
	char line[PASSWORD_MAX + 3];
	struct password_policy policy;
	const char *problem;

	if (!w->from_stdin) {
		w->password = make_password(&cx->arena);
		return OK;
	}
	if (!fgets(line, sizeof(line), stdin))
		return FAIL(cx, ERR_BAD_REQUEST, "no password given");
	line[strcspn(line, "\r\n")] = '\0';
	w->password = arena_strdup(&cx->arena, line);
	sodium_memzero(line, sizeof(line));
	policy.min_length =
		(size_t)store_setting_int(cx, "password.min_length", 12);
	policy.kinds = (int)store_setting_int(cx, "password.kinds", 0);
	problem = password_problem(&policy, w->password, w->number, w->email);
	if (problem)
		return FAIL(cx, ERR_BAD_REQUEST,
			    "the rules refuse this password (%s)", problem);
	return OK;
}

static const char *lower(struct arena *a, const char *s)
{
	char *text = arena_strdup(a, s);

	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return text;
}

/* Also somebody of the staff who has no account yet. */
static enum err find(struct ctx *cx, const char *login, int64_t *person_id)
{
	const char *code = text_code(&cx->arena, login);
	struct account account;
	struct person person;
	bool found;

	TRY(store_account_by_login(cx, code, lower(&cx->arena, login), &account,
				   &found));
	if (found) {
		*person_id = account.person_id;
		return OK;
	}
	TRY(store_person_by_staff_number(cx, code, &person, &found));
	if (!found)
		return FAIL(cx, ERR_NOT_FOUND, "there is no \"%s\"", login);
	*person_id = person.id;
	return OK;
}

static enum err write_down(struct ctx *cx, const char *action, int64_t person,
			   const char *detail)
{
	const struct audit row = {
		.action = action,
		.object = arena_printf(&cx->arena, "person:%" PRId64, person),
		.detail = detail,
	};

	return store_audit_add(cx, &row);
}

static enum err set_role(struct ctx *cx, int64_t person, const char *role,
			 bool grant)
{
	const char *detail =
		arena_printf(&cx->arena, "{\"role\":\"%s\"}", role);

	if (grant)
		TRY(store_role_grant(cx, person, role, DB_NULL));
	else
		TRY(store_role_revoke(cx, person, role));
	return write_down(cx, grant ? "role.grant" : "role.revoke", person,
			  detail);
}

static enum err set_password(struct ctx *cx, int64_t person, struct wish *w)
{
	TRY(store_account_set_password(
		cx, person, password_hash(&cx->arena, w->password), true));
	return write_down(cx, "account.password", person, "{}");
}

static enum err add_body(struct ctx *cx, void *arg)
{
	struct wish *w = arg;
	struct person p = {
		.staff_number =
			w->number ? text_code(&cx->arena, w->number) : NULL,
		.email = w->email ? lower(&cx->arena, w->email) : NULL,
		.family = w->family,
		.given = w->given,
		.family_kana = "",
		.given_kana = "",
		.former_family = "",
		.terminal = "portable",
		.is_external = w->number ? 0 : 1,
	};
	const size_t gap = w->kana ? strcspn(w->kana, " ") : 0;
	int64_t id;

	if (w->kana) {
		p.family_kana = arena_strndup(&cx->arena, w->kana, gap);
		p.given_kana = text_trim(&cx->arena, w->kana + gap);
	}
	TRY(store_person_add(cx, &p, &id));
	TRY(write_down(cx, "person.add", id, "{}"));
	for (size_t i = 0; i < w->nroles; i++)
		TRY(set_role(cx, id, w->roles[i], true));
	return set_password(cx, id, w);
}

static enum err add(struct ctx *cx, struct wish *w)
{
	enum err e;

	TRY(take_password(cx, w));
	e = db_transact(cx, add_body, w);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		return FAIL(cx, e,
			    "there is somebody with this number or address");
	}
	return e;
}

static enum err password_body(struct ctx *cx, void *arg)
{
	struct wish *w = arg;
	int64_t person, ended;

	TRY(find(cx, w->login, &person));
	TRY(set_password(cx, person, w));
	/* Whoever knew the old one is out. */
	return store_signin_end_others(cx, person, 0, &ended);
}

static enum err roles_body(struct ctx *cx, void *arg)
{
	const struct wish *w = arg;
	int64_t person;
	enum err e;

	TRY(find(cx, w->login, &person));
	for (size_t i = 0; i < w->nroles; i++) {
		e = set_role(cx, person, w->roles[i] + 1,
			     w->roles[i][0] == '+');
		if (e == ERR_CONFLICT) {
			ctx_forgive(cx);
			return FAIL(cx, e, "this is the last administrator");
		}
		TRY(e);
	}
	return OK;
}

static enum err list(struct ctx *cx)
{
	const struct person_role *rows;
	size_t n;

	TRY(store_role_holders(cx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		printf("%-8s %-12s %s\n", rows[i].role,
		       rows[i].staff_number ? rows[i].staff_number : "-",
		       rows[i].name);
	return OK;
}

static bool read_options(int argc, char **argv, struct wish *w)
{
	static const struct option options[] = {
		{ "number", required_argument, NULL, 'n' },
		{ "email", required_argument, NULL, 'e' },
		{ "family", required_argument, NULL, 'f' },
		{ "given", required_argument, NULL, 'g' },
		{ "kana", required_argument, NULL, 'k' },
		{ "role", required_argument, NULL, 'r' },
		{ "stdin", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	const char **const text[] = { &w->number, &w->email, &w->family,
				      &w->given, &w->kana };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		const char *at = strchr("nefgk", c);

		if (at && c)
			*text[at - "nefgk"] = optarg;
		else if (c == 'r' && w->nroles < MAX_ROLES && is_role(optarg))
			w->roles[w->nroles++] = optarg;
		else if (c == 's')
			w->from_stdin = true;
		else
			return false;
	}
	return true;
}

/* "LOGIN +admin -planner": options would eat the minus. */
static bool read_roles(int argc, char **argv, struct wish *w)
{
	if (argc < 3 || argc > MAX_ROLES + 2)
		return false;
	w->login = argv[1];
	for (int i = 2; i < argc; i++) {
		if ((*argv[i] != '+' && *argv[i] != '-') ||
		    !is_role(argv[i] + 1))
			return false;
		w->roles[w->nroles++] = argv[i];
	}
	return true;
}

static bool read_wish(int argc, char **argv, struct wish *w)
{
	const char *verb = argv[0];

	if (!strcmp(verb, "role"))
		return read_roles(argc, argv, w);
	if (!read_options(argc, argv, w))
		return false;
	if (!strcmp(verb, "add"))
		return optind == argc && (w->number || w->email) && w->family &&
		       w->given;
	if (!strcmp(verb, "password") && optind == argc - 1) {
		w->login = argv[optind];
		return true;
	}
	return !strcmp(verb, "list") && argc == 1;
}

int command_user(int argc, char **argv)
{
	struct wish w = { 0 };
	struct command c;
	const char *verb;
	enum err e;

	if (argc < 2 || !read_wish(argc - 1, argv + 1, &w))
		return usage();
	verb = argv[1];
	if (!command_begin_with_db(&c, "user"))
		return 1;
	if (!strcmp(verb, "add")) {
		e = add(&c.cx, &w);
	} else if (!strcmp(verb, "password")) {
		e = take_password(&c.cx, &w);
		if (e == OK)
			e = db_transact(&c.cx, password_body, &w);
	} else if (!strcmp(verb, "role")) {
		e = db_transact(&c.cx, roles_body, &w);
	} else {
		e = list(&c.cx);
	}
	if (e == OK && w.password && !w.from_stdin)
		printf("password: %s\n", w.password);
	return command_end(&c, e);
}
