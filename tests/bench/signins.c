/*
 * signins: sign people in without their passwords, for load tests.
 *
 *   signins N   prints N lines "token csrf person_id" as cookie and form
 *               carry them, for the first N trainees
 */
#include "base/clock.h"
#include "base/text.h"
#include "bench.h"
#include "http/csrf.h"
#include "http/http.h"
#include "store/store_signin.h"

#include <sodium.h>

struct id_row {
	int64_t id;
};

static const struct db_query accounts = {
	.name = "bench_accounts",
	.sql = "SELECT a.person_id FROM account a JOIN person_role r"
	       " ON r.person_id = a.person_id AND r.role = 'trainee'"
	       " ORDER BY a.person_id LIMIT ?",
	.row_size = sizeof(struct id_row),
	.cols = { COL(struct id_row, id) },
	.ncols = 1,
};

static void sign_in(struct ctx *cx, int64_t person_id)
{
	unsigned char token[SIGNIN_TOKEN], random[32];
	char csrf[48], cookie[48];
	struct signin_new s = { .person_id = person_id,
				.token = token,
				.csrf = csrf,
				.address = "127.0.0.1",
				.agent = "bench" };
	struct user user = { 0 };
	struct request rq = { .user = &user };
	int64_t id;
	bool fresh;

	randombytes_buf(token, sizeof(token));
	randombytes_buf(random, sizeof(random));
	sodium_bin2base64(csrf, sizeof(csrf), random, sizeof(random),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_bin2base64(cookie, sizeof(cookie), token, sizeof(token),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	bench_must(cx, store_signin_add(cx, &s, &id));
	user.csrf = csrf;
	csrf_begin(cx, "visit", &rq, &fresh);
	printf("%s %s %lld\n", cookie, rq.csrf, (long long)person_id);
}

struct work {
	int64_t limit;
};

static enum err sign_all_in(struct ctx *cx, void *arg)
{
	const struct work *w = arg;
	struct id_row *rows;
	size_t n;

	TRY(db_all(cx, &accounts, ARGS(db_i64(w->limit)), &rows, &n));
	for (size_t i = 0; i < n; i++)
		sign_in(cx, rows[i].id);
	return OK;
}

int main(int argc, char **argv)
{
	struct ctx cx = { 0 };
	struct config config;
	struct work w;

	if (argc != 2 || !text_to_i64(argv[1], 1, 1000000, &w.limit)) {
		fputs("usage: signins N\n", stderr);
		return 2;
	}
	if (sodium_init() < 0)
		return 1;
	bench_open(&cx, &config);
	bench_must(&cx, db_transact(&cx, sign_all_in, &w));
	db_close(&cx);
	return 0;
}
