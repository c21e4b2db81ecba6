/*
 * view_compile.c: tokens into a program, checking every place; see
 * view_parts.h.
 */
#include "view/view_parts.h"

#include <string.h>

/* A partial compiled for one place of the HTML. */
struct view_made {
	const struct view_source *src;
	struct html entry, exit;
	struct view_program program;
	bool done;      /* false while its own text is being compiled */
	bool recursive; /* was included in itself */
	struct view_made *next;
};

/* A section that is not closed yet. */
struct open_section {
	size_t node;
	const struct token *token;
	struct html before;
	bool values;
};

struct compile {
	struct view_maker *mk;
	const struct view_source *src;
	const struct view_source *body; /* what {{> body}} means; layouts */
	struct view_node *nodes;
	size_t n;
	struct html html;
	struct open_section open[VIEW_MAX_DEPTH];
	size_t depth;      /* of sections */
	unsigned partials; /* this source is so many partials deep */
};

static bool compile_source(struct compile *c, struct view_program *out);

static bool refuse(const struct compile *c, const struct token *t,
		   const char *why)
{
	return view_refuse(c->mk, c->src, t->s, why);
}

static bool refuse_name(const struct compile *c, const struct token *t,
			const char *why)
{
	return refuse(c, t,
		      arena_printf(c->mk->arena, "%.*s: %s", (int)t->n, t->s,
				   why));
}

static struct view_node *push(struct compile *c, enum node_kind kind)
{
	struct view_node *node = &c->nodes[c->n++];

	node->kind = kind;
	return node;
}

/* The dotted name in parts; NULL if it has too many. */
static const struct view_name *split(struct arena *a, const struct token *t)
{
	struct view_name *name = ARENA_NEW(a, struct view_name);
	char *s = arena_strndup(a, t->s, t->n);

	if (t->n == 1 && *t->s == '.')
		return name;
	if (t->n > 4 && !memcmp(s, "msg.", 4)) {
		name->msg = true;
		name->text = s + 4;
	}
	for (;;) {
		const size_t len = strcspn(s, ".");

		if (name->n == VIEW_MAX_PARTS)
			return NULL;
		name->part[name->n] = s;
		name->len[name->n++] = len;
		if (!s[len]) {
			name->asks = name->n > 1 && *s >= '0' && *s <= '9';
			return name;
		}
		s += len + 1;
	}
}

static bool add_text(struct compile *c, const struct token *t)
{
	struct view_node *node = push(c, NODE_TEXT);
	size_t at = 0;
	const char *why = html_text(&c->html, t->s, t->n, &at);

	node->text = t->s;
	node->len = t->n;
	return why ? view_refuse(c->mk, c->src, t->s + at, why) : true;
}

static bool add_value(struct compile *c, const struct token *t)
{
	static const char suffix[] = "_html";
	const bool raw = t->kind == TOKEN_RAW;
	struct view_node *node = push(c, raw ? NODE_RAW : NODE_VALUE);
	const char *why;

	why = raw ? html_raw(&c->html) : html_value(&c->html, &node->escape);
	if (raw && !why &&
	    (t->n < 5 || memcmp(t->s + t->n - 5, suffix, 5) != 0))
		why = "text that is not escaped must have a name ending in"
		      " _html";
	if (why)
		return refuse_name(c, t, why);
	node->name = split(c->mk->arena, t);
	if (!node->name)
		return refuse_name(c, t, "too many dots");
	for (size_t i = 0; i < c->depth; i++)
		c->open[i].values = true;
	return true;
}

static bool open_section(struct compile *c, const struct token *t)
{
	struct view_node *node;
	const char *why = html_enter(&c->html);

	if (why)
		return refuse_name(c, t, why);
	if (c->depth == VIEW_MAX_DEPTH)
		return refuse_name(c, t, "sections are nested too deep");
	c->open[c->depth++] = (struct open_section){ c->n, t, c->html, false };
	node = push(c, t->kind == TOKEN_SECTION ? NODE_SECTION : NODE_INVERTED);
	node->name = split(c->mk->arena, t);
	if (!node->name)
		return refuse_name(c, t, "too many dots");
	if (node->name->msg)
		return refuse_name(c, t, "a text is no section");
	return true;
}

static bool close_section(struct compile *c, const struct token *t)
{
	const struct open_section *open;
	const char *why;

	if (!c->depth)
		return refuse_name(c, t, "no such section is open");
	open = &c->open[--c->depth];
	if (open->token->n != t->n || memcmp(open->token->s, t->s, t->n) != 0)
		return refuse_name(
			c, t,
			arena_printf(c->mk->arena,
				     "the section open here is \"%.*s\"",
				     (int)open->token->n, open->token->s));
	why = html_leave(&open->before, &c->html, open->values);
	if (why)
		return refuse_name(c, t, why);
	c->nodes[open->node].end = c->n;
	return true;
}

/* The partial compiled for the place where c stands; NULL when refused. */
static struct view_made *make_partial(struct compile *c, const struct token *t,
				      const struct view_source *src)
{
	struct view_maker *mk = c->mk;
	struct compile inner = { .mk = mk,
				 .src = src,
				 .html = c->html,
				 .partials = c->partials + 1 };
	struct view_made *m;

	for (m = mk->made; m; m = m->next) {
		if (m->src != src || !html_same(&m->entry, &c->html))
			continue;
		m->recursive = m->recursive || !m->done;
		return m;
	}
	if (c->partials == VIEW_MAX_DEPTH) {
		refuse_name(c, t, "partials are nested too deep");
		return NULL;
	}
	m = ARENA_NEW(mk->arena, struct view_made);
	*m = (struct view_made){
		.src = src, .entry = c->html, .exit = c->html, .next = mk->made
	};
	mk->made = m;
	if (!compile_source(&inner, &m->program))
		return NULL;
	m->exit = inner.html;
	m->done = true;
	if (m->recursive && !html_same(&m->entry, &m->exit)) {
		refuse_name(c, t,
			    "a partial that includes itself must end in the"
			    " place of the HTML where it began");
		return NULL;
	}
	return m;
}

/* A layout's {{> body}} is the page; it is compiled for this layout only. */
static bool add_body(struct compile *c, struct view_node *node)
{
	struct compile inner = { .mk = c->mk, .src = c->body, .html = c->html };
	struct view_program *program =
		ARENA_NEW(c->mk->arena, struct view_program);

	if (!compile_source(&inner, program))
		return false;
	node->partial = program;
	c->html = inner.html;
	return true;
}

static bool add_partial(struct compile *c, const struct token *t)
{
	const char *why = html_enter(&c->html);
	const struct view_source *src;
	struct view_node *node;
	struct view_made *made;

	if (why)
		return refuse_name(c, t, why);
	if (c->body && t->n == 4 && !memcmp(t->s, "body", 4))
		return add_body(c, push(c, NODE_PARTIAL));
	src = view_source_find(c->mk->folder, t->s, t->n);
	if (!src) {
		if (!c->mk->lenient)
			return refuse_name(c, t, "there is no such partial");
		if (!c->mk->missing)
			c->mk->missing =
				arena_strndup(c->mk->arena, t->s, t->n);
		return true;
	}
	made = make_partial(c, t, src);
	if (!made)
		return false;
	node = push(c, NODE_PARTIAL);
	node->partial = &made->program;
	c->html = made->exit;
	/* It may hold values; asking each would cost more than it gives. */
	for (size_t i = 0; i < c->depth; i++)
		c->open[i].values = true;
	return true;
}

static bool add(struct compile *c, const struct token *t)
{
	switch (t->kind) {
	case TOKEN_TEXT:
		return add_text(c, t);
	case TOKEN_VALUE:
	case TOKEN_RAW:
		return add_value(c, t);
	case TOKEN_SECTION:
	case TOKEN_INVERTED:
		return open_section(c, t);
	case TOKEN_END:
		return close_section(c, t);
	case TOKEN_PARTIAL:
		return add_partial(c, t);
	}
	return true;
}

/* Compile c->src from the place c->html on; c->html is then its end. */
static bool compile_source(struct compile *c, struct view_program *out)
{
	struct tokens tokens;

	if (!view_scan(c->mk, c->src, &tokens))
		return false;
	c->nodes = ARENA_ARRAY(c->mk->arena, struct view_node, tokens.n + 1);
	for (size_t i = 0; i < tokens.n; i++)
		if (!add(c, &tokens.list[i]))
			return false;
	if (c->depth)
		return refuse_name(c, c->open[c->depth - 1].token,
				   "this section is never closed");
	out->nodes = c->nodes;
	out->n = c->n;
	return true;
}

/* The layout's source: "none" and a folder without one give NULL. */
static bool find_layout(const struct view_maker *mk,
			const struct view_source *src,
			const struct view_source **layout)
{
	const char *name = "layout";
	struct tokens tokens;

	*layout = NULL;
	if (!view_scan(mk, src, &tokens))
		return false;
	if (src->name[0] == '_' || !strncmp(src->name, "layout", 6))
		return true;
	if (tokens.layout && !strcmp(tokens.layout, "none"))
		return true;
	if (tokens.layout)
		name = arena_printf(mk->arena, "layout_%s", tokens.layout);
	*layout = view_source_find(mk->folder, name, strlen(name));
	if (tokens.layout && !*layout)
		return view_refuse(mk, src, src->text,
				   "there is no such layout");
	return true;
}

bool view_compile(struct view_maker *mk, const struct view_source *src,
		  struct view *v)
{
	struct compile c = { .mk = mk };
	struct view_program *program =
		ARENA_NEW(mk->arena, struct view_program);
	const struct view_source *layout;

	if (!find_layout(mk, src, &layout))
		return false;
	mk->missing = NULL;
	html_init(&c.html);
	c.src = layout ? layout : src;
	c.body = layout ? src : NULL;
	if (!compile_source(&c, program))
		return false;
	/* A "<" at the very end is text. */
	if (c.html.state != HTML_TEXT && c.html.state != HTML_OPEN)
		return view_refuse(mk, c.src, c.src->text + c.src->len,
				   "the page ends inside a tag or a comment");
	*v = (struct view){ src->name, program, mk->missing };
	return true;
}
