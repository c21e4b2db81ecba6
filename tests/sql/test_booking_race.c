/*
 * A hundred and twenty clients, each a process with its own connection, want
 * 60 seats at the same moment; then thirty of them book and cancel at random.
 */
#include "session_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS 120
#define SEATS   60
#define PLAYERS 30
#define MOVES   12

FIX_NUMBER(booked_in, "SELECT COUNT(*) FROM booking WHERE session_id = ?"
		      " AND state = 'booked'");
FIX_NUMBER(booked_of_second,
	   "SELECT COUNT(*) FROM booking b JOIN unit u ON u.id = b.unit_id"
	   " WHERE b.session_id = ? AND b.state = 'booked'"
	   " AND u.code LIKE '%2'");
FIX_NUMBER(held_in, "SELECT held FROM session WHERE id = ?");
FIX_NUMBER(waiting_in, "SELECT COUNT(*) FROM booking WHERE session_id = ?"
		       " AND state = 'waiting'");
FIX_NUMBER(first_sixty, "SELECT COUNT(*) FROM booking WHERE session_id = ?"
			" AND state = 'booked' AND queue_no <= 60");
FIX_NUMBER(events_in, "SELECT COUNT(*) FROM booking_event e JOIN booking b"
		      " ON b.id = e.booking_id WHERE b.session_id = ?");
FIX_NUMBER(last_number, "SELECT MAX(queue_no) FROM booking"
			" WHERE session_id = ?");

/* One client: connect, wait for the start, play; 0 if all calls were good. */
struct client {
	int64_t session, person;
	int moves; /* 1: one application; else so many random moves */
	unsigned seed;
};

/* A small generator of its own, so that a run can be repeated. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static int play(struct ctx *cx, struct client *c)
{
	const struct booking_actor self = { c->person, BY_SELF, "" };
	struct booking_result r;
	int failures = 0;

	for (int i = 0; i < c->moves; i++) {
		enum err e;

		cx->now_ms = instant_from_japan(2024, 11, 1, 9, 0);
		if (c->moves > 1 && next_random(&c->seed) % 2)
			e = store_booking_cancel(cx, c->session, c->person,
						 &self, &r);
		else
			e = store_booking_apply(cx, c->session, c->person,
						false, &r);
		if (e != OK) {
			fprintf(stderr, "# client: %s\n", cx->fault.text);
			failures++;
			ctx_forgive(cx);
		}
	}
	return failures;
}

/* The child's part: never returns. */
static void be_client(struct client c, const int gate[2])
{
	static struct test_db db;
	char go;

	close(gate[1]);
	test_db_open(&db, "DB_URL");
	/* Ends when the parent closes its side: the same moment for all. */
	if (read(gate[0], &go, 1) < 0)
		_exit(2);
	_exit(play(&db.cx, &c) ? 1 : 0);
}

/* Start n clients at one moment and wait for all; how many failed. */
static int race(const struct client *clients, int n)
{
	pid_t pids[CLIENTS];
	int gate[2], failed = 0;

	if (pipe(gate))
		return n;
	fflush(stdout);
	for (int i = 0; i < n; i++) {
		pids[i] = fork();
		if (!pids[i])
			be_client(clients[i], gate);
	}
	close(gate[0]);
	usleep(500 * 1000); /* let them connect */
	close(gate[1]);
	for (int i = 0; i < n; i++) {
		int status = 1;

		waitpid(pids[i], &status, 0);
		failed += !WIFEXITED(status) || WEXITSTATUS(status);
	}
	return failed;
}

static void sixty_seats_are_never_sixty_one(struct fixture *f, int64_t session,
					    struct client *clients)
{
	struct ctx *cx = &f->db.cx;

	CHECK_THAT(race(clients, CLIENTS) == 0, "every client had an answer");
	CHECK(fix_number(cx, &booked_in, session) == SEATS);
	CHECK(fix_number(cx, &waiting_in, session) == CLIENTS - SEATS);
	CHECK_THAT(fix_number(cx, &first_sixty, session) == SEATS,
		   "the first sixty in line have the seats");
	CHECK_THAT(fix_number(cx, &last_number, session) == CLIENTS,
		   "numbers in line have no gap");
	CHECK_THAT(fix_number(cx, &events_in, session) == CLIENTS,
		   "every change is one row of history");
	fix_check_invariants(cx, session);
}

static void the_rules_hold_while_people_change_their_minds(
	struct fixture *f, int64_t session, struct client *clients)
{
	struct ctx *cx = &f->db.cx;

	for (int i = 0; i < PLAYERS; i++) {
		/* From both sides of the line. */
		clients[i] = clients[i * CLIENTS / PLAYERS];
		clients[i].moves = MOVES;
		clients[i].seed = (unsigned)i + 1;
	}
	CHECK_THAT(race(clients, PLAYERS) == 0, "every move had an answer");
	CHECK_THAT(fix_number(cx, &booked_in, session) == SEATS,
		   "with more people than seats no seat stays empty");
	fix_check_invariants(cx, session);
}

/* Ten of the sixty seats are kept for a unit of which six people come. */
static void kept_seats_are_kept_to_the_last_one(struct fixture *f,
						struct client *clients)
{
	struct session_draft draft = fix_draft(f->course_id, 12, 21, SEATS);
	struct ctx *cx = &f->db.cx;
	int64_t id = 0, moved = 0;

	draft.allotments[0] = (struct allotment_draft){ f->other_unit_id, 10 };
	draft.nallotments = 1;
	draft.allot_until = instant_from_japan(2024, 12, 10, 17, 0);
	CHECK_OK(cx, store_session_add(cx, &draft, &id));
	CHECK_OK(cx, store_session_open(cx, id));
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = (struct client){
			.session = id,
			.person = i % 20 ? fix_someone(f)
					 : fix_person_in(f, f->other_unit_id,
							 false),
			.moves = 1,
		};
	CHECK_THAT(race(clients, CLIENTS) == 0, "every client had an answer");
	CHECK_THAT(fix_number(cx, &booked_in, id) == SEATS - 4,
		   "four seats stay free for the unit, no more and no less");
	CHECK_THAT(fix_number(cx, &booked_of_second, id) == 6,
		   "everybody of the unit has a seat");
	CHECK(fix_number(cx, &held_in, id) == 4);
	CHECK(fix_number(cx, &waiting_in, id) == CLIENTS - SEATS + 4);
	CHECK(!fix_number(cx, &fix_seats_wrong, id));
	cx->now_ms = draft.allot_until;
	CHECK_OK(cx, store_booking_release_due(cx, &moved));
	CHECK_THAT(moved == 1, "one session was due");
	CHECK(fix_number(cx, &booked_in, id) == SEATS);
	CHECK(!fix_number(cx, &held_in, id));
	CHECK(!fix_number(cx, &fix_seat_unused, id));
	CHECK_OK(cx, store_booking_release_due(cx, &moved));
	CHECK_THAT(moved == 0, "it is released once");
}

/* Twenty people press two buttons at one moment, for sessions of one hour. */
static void nobody_sits_in_two_rooms(struct fixture *f, struct client *clients)
{
	const int64_t one = fix_session(f, 12, 24, SEATS);
	const int64_t two =
		fix_session_of(f, fix_new_course(f, "tr-two"), 12, 24, SEATS);
	struct ctx *cx = &f->db.cx;

	CHECK(two == one + 1);
	for (int i = 0; i < 40; i += 2) {
		clients[i] = (struct client){ .session = one,
					      .person = fix_someone(f),
					      .moves = 1 };
		clients[i + 1] = clients[i];
		clients[i + 1].session = two;
	}
	CHECK_THAT(race(clients, 40) == 0, "every client had an answer");
	CHECK_THAT(fix_number(cx, &booked_in, one) +
				   fix_number(cx, &booked_in, two) ==
			   20,
		   "each of them has one of the two seats");
	CHECK(fix_number(cx, &events_in, one) +
		      fix_number(cx, &events_in, two) ==
	      20);
}

int main(void)
{
	static struct fixture f;
	static struct client clients[CLIENTS];
	int64_t session;

	fix_open(&f, "tr");
	session = fix_session(&f, 12, 20, SEATS);
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = (struct client){ .session = session,
					      .person = fix_someone(&f),
					      .moves = 1 };
	sixty_seats_are_never_sixty_one(&f, session, clients);
	the_rules_hold_while_people_change_their_minds(&f, session, clients);
	kept_seats_are_kept_to_the_last_one(&f, clients);
	nobody_sits_in_two_rooms(&f, clients);
	test_db_close(&f.db);
	return check_done();
}
