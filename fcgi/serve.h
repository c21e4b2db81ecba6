/*
 * serve.h: the processes that answer requests.
 *
 * A supervisor reads the site (texts, views, names of static files), opens
 * the socket and forks workers. A worker takes one request at a time from
 * the socket and brings it from variables to reply in serve_request().
 */
#ifndef SERVE_H
#define SERVE_H

#include "http/request.h"

#include <signal.h>

struct config;
struct texts;
struct views;

/* A static file: "app.js" is served as "/static/app.3f2a9c.js". */
struct asset {
	const char *name, *url;
};

/* What all requests share; read at start-up, never changed. */
struct site {
	const struct config *config;
	const struct texts *texts;
	const struct views *views;
	const struct asset *assets;
	size_t nassets;
	struct arena arena; /* holds all of it */
};

/* Where a reply goes; libfcgi in a worker, memory in tests. */
struct sink {
	void (*write)(void *arg, const char *bytes, size_t n);
	void *arg;
};

/*
 * Read config, texts, views and the list of static files into a new site.
 * NULL: what is wrong is in error (n bytes), one sentence.
 */
struct site *site_load(char *error, size_t n);
void site_free(struct site *site);

/* The whole way of one request; see its body. Never fails: it answers. */
void serve_request(struct ctx *cx, const struct site *site,
		   const struct source *source, const struct sink *sink);

/* Settings that every request needs; at most two seconds old. */
struct serve_settings {
	int64_t read_ms;     /* when, by the machine's clock */
	int64_t offset_ms;   /* the product's clock is ahead by this */
	bool is_demo;        /* 合成データ is loaded */
	char city[2][300];   /* name by enum lang */
	int64_t idle_ms;     /* a sign-in ends without a request */
	int64_t warn_ms;     /* the browser warns so long before */
	int64_t age_ms;      /* a sign-in ends at the latest */
	int64_t password_ms; /* a password must be changed then; 0: never */
};
const struct serve_settings *serve_settings(struct ctx *cx);

/*
 * Step 3: who is behind the request, by its cookie. Sets rq->user, or leaves
 * it NULL; the account's language where the visitor chose none; the clock.
 */
enum err serve_signin(struct ctx *cx, struct request *rq) MUST_USE;

/* Step 7, first half: what the frame round every page needs. */
void serve_frame(struct ctx *cx, const struct site *site,
		 const struct request *rq, struct reply *rp);

/* What a page tells a program besides its model: demo, as the frame has it. */
void serve_frame_json(struct ctx *cx, struct reply *rp);

/* The navigation of the person signed in, into model.nav. */
void serve_nav(const struct request *rq, json_t *model);

/* The life of a worker on a listening socket; the process's exit status. */
int worker_run(const struct site *site, int socket);

/* The life of the supervisor; the process's exit status. */
int supervisor_run(struct site *site, int socket);

/*
 * The listening socket: passed by systemd (LISTEN_FDS), passed as descriptor
 * 0, or opened at path. *opened: it is ours and goes when we end. -1: error
 * says why.
 */
int socket_listen(const char *path, bool *opened, char *error, size_t n);

#endif
