/*
 * view_parts.h: what the files of the renderer share; nobody else includes it.
 *
 * file --view_scan()--> tokens --view_compile()--> program --> view_render()
 *
 * A program is one flat list of nodes. A section's node knows the index behind
 * its body, so skipping it is a jump. A partial is compiled once for each
 * place of the HTML it is included in, because what may stand in it and how it
 * is escaped depend on the place.
 */
#ifndef VIEW_VIEW_PARTS_H
#define VIEW_VIEW_PARTS_H

#include "view/view.h"
#include "view/view_html.h"

#include <stdbool.h>

enum {
	VIEW_MAX_DEPTH = 64,         /* sections in sections, partials too */
	VIEW_MAX_BYTES = 256 * 1024, /* of one template */
	VIEW_MAX_PARTS = 8           /* of a dotted name */
};

/* One file as it stands on disk. */
struct view_source {
	const char *name; /* "home", "_field", "layout" */
	const char *file; /* for messages */
	const char *text;
	size_t len;
};

enum token_kind {
	TOKEN_TEXT,
	TOKEN_VALUE,    /* {{a}} */
	TOKEN_RAW,      /* {{{a}}} or {{&a}} */
	TOKEN_SECTION,  /* {{#a}} */
	TOKEN_INVERTED, /* {{^a}} */
	TOKEN_END,      /* {{/a}} */
	TOKEN_PARTIAL   /* {{> a}} */
};

/* Text, or the trimmed name of a tag, pointing into the source. */
struct token {
	enum token_kind kind;
	const char *s;
	size_t n;
};

struct tokens {
	struct token *list;
	size_t n;
	const char *layout; /* of {{! layout: x }} on top, or NULL */
};

/* A dotted name in parts; n == 0 is {{.}}. */
struct view_name {
	size_t n;
	bool msg;         /* msg.area.thing: an interface text */
	bool asks;        /* ends in a number: a section only asks */
	const char *text; /* the whole name behind "msg." */
	const char *part[VIEW_MAX_PARTS];
	size_t len[VIEW_MAX_PARTS];
};

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,
	NODE_RAW,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL
};

struct view_program;

struct view_node {
	enum node_kind kind;
	enum html_escape escape; /* NODE_VALUE */
	size_t end;              /* sections: index of the node behind */
	const char *text;        /* NODE_TEXT */
	size_t len;
	const struct view_name *name;       /* values and sections */
	const struct view_program *partial; /* NODE_PARTIAL */
};

struct view_program {
	const struct view_node *nodes;
	size_t n;
};

struct view {
	const char *name;
	const struct view_program *program;
	const char *missing; /* first partial not found, or NULL */
};

/* The sources of a folder, sorted by name. */
struct view_folder {
	const struct view_source *list;
	size_t n;
};

const struct view_source *view_source_find(const struct view_folder *folder,
					   const char *name, size_t n);

/* Where messages go, and where everything lives. */
struct view_maker {
	struct arena *arena;
	const struct view_folder *folder;
	bool lenient; /* a missing partial is empty, not refused */
	const char *missing;
	char *error;
	size_t error_size;
	struct view_made *made; /* partials compiled so far */
};

/* "file:line: why" into the error, false back, for the byte at where. */
bool view_refuse(const struct view_maker *mk, const struct view_source *src,
		 const char *where, const char *why);

/* Split a source into tokens; standalone lines lose their line. */
bool view_scan(const struct view_maker *mk, const struct view_source *src,
	       struct tokens *out);

/*
 * Compile a page into v, inside its layout if it has one. False when it is
 * refused; the error is written then.
 */
bool view_compile(struct view_maker *mk, const struct view_source *src,
		  struct view *v);

/*
 * Append s escaped. An address with a scheme that is not allowed is written as
 * "#" under ESCAPE_URL.
 */
void view_escape(struct buf *out, const char *s, size_t n,
		 enum html_escape how);

#endif
