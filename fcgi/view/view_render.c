/*
 * view_render.c: a program and a model into HTML; see view.h.
 */
#include "base/text.h"
#include "view/texts.h"
#include "view/view_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct render {
	struct buf *out;
	const struct texts *texts; /* or NULL */
	enum lang lang;
	bool too_deep;
	size_t depth;
	size_t partials;
	const json_t *stack[VIEW_MAX_DEPTH]; /* what sections stand on */
};

static void run(struct render *r, const struct view_program *p, size_t from,
		size_t to);

/* The item of a list by its number ("0" is the first), NULL if none. */
static const json_t *numbered(const json_t *in, const char *key, size_t n)
{
	size_t index = 0;

	if (!n || n > 6)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (key[i] < '0' || key[i] > '9')
			return NULL;
		index = 10 * index + (size_t)(key[i] - '0');
	}
	return json_array_get(in, index);
}

static const json_t *member(const json_t *in, const char *key, size_t n)
{
	if (json_is_array(in))
		return numbered(in, key, n);
	return json_is_object(in) ? json_object_getn(in, key, n) : NULL;
}

/* The first part is looked for outwards, the others only inside it. */
static const json_t *lookup(const struct render *r, const struct view_name *nm)
{
	const json_t *found = NULL;

	if (!nm->n)
		return r->stack[r->depth - 1];
	for (size_t i = r->depth; i-- > 0 && !found;)
		found = member(r->stack[i], nm->part[0], nm->len[0]);
	for (size_t i = 1; i < nm->n && found; i++)
		found = member(found, nm->part[i], nm->len[i]);
	return found;
}

/*
 * A number of at most six decimals, as nearly all are that people read; 0:
 * it is another. Asking the library for digits takes ten times as long.
 */
static size_t short_real(double x, char *out, size_t size)
{
	const double size_of = fabs(x), millionths = nearbyint(size_of * 1e6);
	const long long whole = size_of < 1e9 ? (long long)millionths : 0;
	size_t n;

	if (!(size_of >= 1e-4 && size_of < 1e9) || millionths / 1e6 != size_of)
		return 0;
	n = (size_t)snprintf(out, size, "%s%lld.%06lld", x < 0.0 ? "-" : "",
			     whole / 1000000, whole % 1000000);
	while (out[n - 1] == '0')
		n--;
	if (out[n - 1] == '.')
		n--;
	out[n] = '\0';
	return n;
}

/* The shortest decimal text that reads back as the same number. */
static size_t real_to_text(double x, char *out, size_t size)
{
	const size_t n = short_real(x, out, size);

	if (n)
		return n;
	for (int digits = 15; digits < 17; digits++) {
		const int len = snprintf(out, size, "%.*g", digits, x);
		double back;

		if (text_to_f64(out, &back) && back == x)
			return (size_t)len;
	}
	return (size_t)snprintf(out, size, "%.17g", x);
}

/* The value as text: *s points into it or into scratch; its length. */
static size_t value_text(const json_t *v, char scratch[40], const char **s)
{
	*s = scratch;
	switch (v ? json_typeof(v) : JSON_NULL) {
	case JSON_STRING:
		*s = json_string_value(v);
		return json_string_length(v);
	case JSON_INTEGER:
		return (size_t)snprintf(scratch, 40, "%lld",
					(long long)json_integer_value(v));
	case JSON_REAL:
		return real_to_text(json_real_value(v), scratch, 40);
	case JSON_TRUE:
		*s = "true";
		return 4;
	case JSON_FALSE:
		*s = "false";
		return 5;
	case JSON_NULL:
	case JSON_OBJECT:
	case JSON_ARRAY:
		return 0;
	}
	return 0;
}

/* The value of the dotted name [s, s + n) where the renderer stands. */
static const json_t *lookup_text(const struct render *r, const char *s,
				 size_t n)
{
	struct view_name name = { 0 };

	while (name.n < VIEW_MAX_PARTS) {
		const char *dot = memchr(s, '.', n);
		const size_t len = dot ? (size_t)(dot - s) : n;

		name.part[name.n] = s;
		name.len[name.n++] = len;
		if (!dot)
			return lookup(r, &name);
		s = dot + 1;
		n -= len + 1;
	}
	return NULL;
}

/* An interface text with its {name}s filled from the model, escaped. */
static void write_text(struct render *r, const char *text, enum html_escape how)
{
	while (*text) {
		const size_t plain = strcspn(text, "{");
		const json_t *value = NULL;
		const char *close, *s;
		char scratch[40];

		view_escape(r->out, text, plain, how);
		text += plain;
		close = *text ? strchr(text, '}') : NULL;
		if (close)
			value = lookup_text(r, text + 1,
					    (size_t)(close - text) - 1);
		if (value) {
			const size_t n = value_text(value, scratch, &s);

			view_escape(r->out, s, n, how);
			text = close + 1;
		} else if (*text) {
			view_escape(r->out, text++, 1, how);
		}
	}
}

static void write_value(struct render *r, const struct view_node *node)
{
	const struct view_name *name = node->name;
	const char *s;
	char scratch[40];
	size_t n;

	if (name->msg && r->texts) {
		s = text_find(r->texts, r->lang, name->text,
			      strlen(name->text));
		write_text(r, s ? s : name->text, node->escape);
		return;
	}
	n = value_text(lookup(r, name), scratch, &s);
	if (node->kind == NODE_RAW)
		buf_add(r->out, s, n);
	else
		view_escape(r->out, s, n, node->escape);
}

static bool is_false(const json_t *v)
{
	return !v || json_is_false(v) || json_is_null(v) ||
	       (json_is_array(v) && !json_array_size(v)) ||
	       (json_is_string(v) && !json_string_length(v));
}

static void run_on(struct render *r, const struct view_program *p, size_t at,
		   const json_t *top)
{
	if (r->depth == VIEW_MAX_DEPTH) {
		r->too_deep = true;
		return;
	}
	r->stack[r->depth++] = top;
	run(r, p, at + 1, p->nodes[at].end);
	r->depth--;
}

static void write_section(struct render *r, const struct view_program *p,
			  size_t at)
{
	const struct view_node *node = &p->nodes[at];
	const json_t *v = lookup(r, node->name);

	if (node->kind == NODE_INVERTED) {
		if (is_false(v))
			run(r, p, at + 1, node->end);
	} else if (is_false(v)) {
		return;
	} else if (node->name->asks) {
		run(r, p, at + 1, node->end);
	} else if (json_is_array(v)) {
		for (size_t i = 0; i < json_array_size(v); i++)
			run_on(r, p, at, json_array_get(v, i));
	} else {
		run_on(r, p, at, v);
	}
}

static void write_partial(struct render *r, const struct view_program *partial)
{
	if (r->partials == VIEW_MAX_DEPTH) {
		r->too_deep = true;
		return;
	}
	r->partials++;
	run(r, partial, 0, partial->n);
	r->partials--;
}

/* The nodes [from, to). */
static void run(struct render *r, const struct view_program *p, size_t from,
		size_t to)
{
	for (size_t i = from; i < to && !r->too_deep; i++) {
		const struct view_node *node = &p->nodes[i];

		switch (node->kind) {
		case NODE_TEXT:
			buf_add(r->out, node->text, node->len);
			break;
		case NODE_VALUE:
		case NODE_RAW:
			write_value(r, node);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			write_section(r, p, i);
			i = node->end - 1;
			break;
		case NODE_PARTIAL:
			write_partial(r, node->partial);
			break;
		}
	}
}

enum err view_render(const struct view *v, const json_t *model,
		     const struct texts *texts, enum lang lang, struct buf *out)
{
	struct render r = { .out = out, .texts = texts, .lang = lang };

	r.stack[r.depth++] = model;
	run(&r, v->program, 0, v->program->n);
	return r.too_deep ? ERR_INTERNAL : OK;
}
