/*
 * view.h: pages as people write them: Mustache over a JSON model.
 *
 * A folder of *.mustache files is compiled once, at start-up. What a visitor
 * could abuse is refused there, with file and line, never in front of a
 * visitor: the compiler follows the HTML and knows where each {{name}} stands.
 *
 *	element text, <title>, <textarea>   escaped & < > " '
 *	quoted attribute                    escaped
 *	start of href, src, action, ...     escaped; a scheme other than http,
 *	                                    https, mailto makes it "#"
 *	unquoted attribute, tag name,       refused
 *	attribute name, comment, <script>,
 *	<style>, on*=, style=, srcdoc=, srcset=
 *	{{{x_html}}} in element text        written as it is; any other name or
 *	                                    place is refused
 *
 * The language: {{a}}, {{a.b}}, {{.}}, {{#a}}..{{/a}}, {{^a}}..{{/a}},
 * {{> partial}}, {{! comment}}; a line with only such a tag on it leaves no
 * line. False are: false, null, "", an empty list, a missing name. 0 is a
 * value. No lambdas, no set delimiters, no indentation of partials.
 *
 * {{list.0}} is the first of a list. {{#list.0}}..{{/list.0}} only asks: it is
 * written once if the list holds anything, and names in it mean what they mean
 * outside. A name that a list's item lacks is looked for outside the list, as
 * Mustache has it: give every item all its keys, null or false where needed.
 *
 * {{msg.area.thing}} is the interface text "area.thing" in the visitor's
 * language. A {name} inside that text is filled from the model where it
 * stands, so that "{n} 名" needs no code; the whole is escaped afterwards.
 *
 * Files: "_x.mustache" is a partial, "layout.mustache" the frame round every
 * page, with {{> body}} where the page goes. A page whose first line is
 * {{! layout: print }} takes layout_print.mustache, {{! layout: none }} none.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

#include <jansson.h>

struct texts;
struct view;
struct views;

/*
 * Compile every page of a folder; all memory is in a and lives as long.
 * NULL when one is refused: error then holds "file:line: why" (n bytes).
 */
const struct views *views_load(struct arena *a, const char *folder, char *error,
			       size_t n);

/* The page called name ("home" is home.mustache), or NULL. */
const struct view *view_find(const struct views *vs, const char *name);

/*
 * Compile one file with the partials and layouts of its folder, as "terakoya
 * render" does. A partial that is not there counts as empty and its name is
 * kept for view_missing(). NULL and error as above.
 */
const struct view *view_load_file(struct arena *a, const char *file,
				  char *error, size_t n);

/* Compile n bytes of text alone; partials count as empty. For fuzzing. */
const struct view *view_from_text(struct arena *a, const char *text, size_t len,
				  char *error, size_t n);

/* The first partial that was not found, or NULL. */
const char *view_missing(const struct view *v);

/*
 * Write the page. texts may be NULL: msg is then looked up in the model.
 * ERR_INTERNAL only if sections and partials are nested deeper than 64.
 */
MUST_USE enum err view_render(const struct view *v, const json_t *model,
			      const struct texts *texts, enum lang lang,
			      struct buf *out);

#endif
