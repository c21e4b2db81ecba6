/*
 * load_lists.c: the documents about tiers, skills, themes and rooms.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "load/load_parts.h"

#include <string.h>

/* Room for n more behind the count of what is there. */
static void *grow(struct arena *a, const void *list, size_t size, size_t have,
		  size_t more)
{
	char *wider = arena_calloc(a, have + more, size);

	if (have)
		memcpy(wider, list, have * size);
	return wider;
}

/* The roles, a line per point; English lines where there are any. */
static struct bilingual read_roles(struct xml_source *src, const xmlNode *tier)
{
	struct buf ja = buf_new(src->a), en = buf_new(src->a);

	buf_puts(&ja, "");
	buf_puts(&en, "");
	for (const xmlNode *r = xml_child(tier, "role"); r;
	     r = xml_next(r, "role")) {
		const struct bilingual text = xml_both(src, r);

		if (ja.len)
			buf_putc(&ja, '\n');
		buf_puts(&ja, text.ja);
		if (en.len && text.en[0])
			buf_putc(&en, '\n');
		buf_puts(&en, text.en);
	}
	return (struct bilingual){ .ja = arena_strndup(src->a, ja.data, ja.len),
				   .en = arena_strndup(src->a, en.data,
						       en.len) };
}

static void read_tier(struct xml_source *src, const xmlNode *node,
		      struct tier *t)
{
	const struct bilingual name = xml_both(src, xml_child(node, "name"));
	const struct bilingual who = xml_both(src, xml_child(node, "who"));
	const struct bilingual roles = read_roles(src, node);

	t->code = xml_text(src, node, "code");
	t->sort = xml_int(src, node, "sort", 0);
	t->name = name.ja;
	t->name_en = name.en;
	t->who = who.ja;
	t->who_en = who.en;
	t->role_text = roles.ja;
	t->role_text_en = roles.en;
	t->is_priority = xml_yes(src, node, "priority");
	t->headcount = xml_int(src, node, "headcount", DB_NULL);
}

static void read_expected(struct xml_source *src, const xmlNode *node,
			  struct content_scheme *s)
{
	const char *tier = xml_text(src, node, "tier");

	s->cells = grow(src->a, s->cells, sizeof(*s->cells), s->ncells,
			xml_count(node, "skill"));
	for (const xmlNode *k = xml_child(node, "skill"); k;
	     k = xml_next(k, "skill"))
		s->cells[s->ncells++] = (struct tier_skill){
			.tier_code = tier,
			.skill_code = xml_text(src, k, "code"),
			.level = xml_int(src, k, "level", 0),
		};
}

void read_tiers(struct xml_source *src, const xmlNode *root, struct content *c)
{
	const struct bilingual name = xml_both(src, xml_child(root, "name"));
	const char *adopted = xml_text(src, root, "adopted-on");
	struct content_scheme *s;

	c->schemes = grow(src->a, c->schemes, sizeof(*s), c->nschemes, 1);
	s = &c->schemes[c->nschemes++];
	s->scheme = (struct tier_scheme_new){
		.code = xml_text(src, root, "code"),
		.fiscal_year = (int)xml_int(src, root, "fiscal-year", 0),
		.name = name.ja,
		.name_en = name.en,
		.adopted_on = adopted[0] ? adopted : NULL,
		.is_default = xml_yes(src, root, "default"),
	};
	s->tiers = ARENA_ARRAY(src->a, struct tier, xml_count(root, "tier"));
	for (const xmlNode *t = xml_child(root, "tier"); t;
	     t = xml_next(t, "tier"))
		read_tier(src, t, &s->tiers[s->ntiers++]);
	for (const xmlNode *e = xml_child(root, "expected"); e;
	     e = xml_next(e, "expected"))
		read_expected(src, e, s);
}

void read_skills(struct xml_source *src, const xmlNode *root, struct content *c)
{
	c->skills = grow(src->a, c->skills, sizeof(*c->skills), c->nskills,
			 xml_count(root, "skill"));
	for (const xmlNode *k = xml_child(root, "skill"); k;
	     k = xml_next(k, "skill")) {
		const struct bilingual name =
			xml_both(src, xml_child(k, "name"));
		const struct bilingual what =
			xml_both(src, xml_child(k, "description"));

		c->skills[c->nskills++] = (struct skill){
			.code = xml_text(src, k, "code"),
			.sort = xml_int(src, k, "sort", 0),
			.name = name.ja,
			.name_en = name.en,
			.description = what.ja,
			.description_en = what.en,
		};
	}
}

void read_themes(struct xml_source *src, const xmlNode *root, struct content *c)
{
	c->themes = grow(src->a, c->themes, sizeof(*c->themes), c->nthemes,
			 xml_count(root, "theme"));
	for (const xmlNode *t = xml_child(root, "theme"); t;
	     t = xml_next(t, "theme")) {
		const struct bilingual name =
			xml_both(src, xml_child(t, "name"));

		c->themes[c->nthemes++] = (struct theme){
			.code = xml_text(src, t, "code"),
			.sort = xml_int(src, t, "sort", 0),
			.name = name.ja,
			.name_en = name.en,
		};
	}
}

void read_codebook(struct xml_source *src, const xmlNode *root,
		   struct content *c)
{
	(void)c;
	for (const xmlNode *k = xml_child(root, "code"); k;
	     k = xml_next(k, "code")) {
		const char *id = xml_text(src, k, "id");
		const xmlNode *o = xml_child(root, "code");

		while (o != k && strcmp(xml_text(src, o, "id"), id) != 0)
			o = xml_next(o, "code");
		if (o != k)
			xml_problem(src, k, TEXT_KEY("load.code_twice"), id);
	}
}

/* "08:00" on a day in Japan; the schema has checked the form. */
static int64_t instant_at(struct date d, const char *clock)
{
	return instant_from_japan(d.year, d.month, d.day,
				  (clock[0] - '0') * 10 + clock[1] - '0',
				  (clock[3] - '0') * 10 + clock[4] - '0');
}

static bool read_hold(struct xml_source *src, const xmlNode *node,
		      struct room_hold_content *h)
{
	const char *day = xml_text(src, node, "day");
	struct date d;

	if (!date_parse(day, &d)) {
		xml_problem(src, node, TEXT_KEY("load.no_day"), day);
		return false;
	}
	h->starts_at = instant_at(d, xml_text(src, node, "from"));
	h->ends_at = instant_at(d, xml_text(src, node, "to"));
	if (h->ends_at <= h->starts_at) {
		xml_problem(src, node, TEXT_KEY("load.hold_ends"), day);
		return false;
	}
	return true;
}

static void read_room(struct xml_source *src, const xmlNode *node,
		      struct room_content *r)
{
	const struct bilingual name = xml_both(src, xml_child(node, "name"));
	const struct bilingual place = xml_both(src, xml_child(node, "place"));
	const struct bilingual equipment =
		xml_both(src, xml_child(node, "equipment"));
	struct room_hold_content *holds = ARENA_ARRAY(
		src->a, struct room_hold_content, xml_count(node, "hold"));

	r->code = xml_text(src, node, "code");
	r->name = name.ja;
	r->name_en = name.en;
	r->place = place.ja;
	r->place_en = place.en;
	r->equipment = equipment.ja;
	r->equipment_en = equipment.en;
	r->seats = xml_int(src, node, "seats", 0);
	r->sort = xml_int(src, node, "sort", 0);
	r->is_inhouse = strcmp(xml_text(src, node, "in-house"), "no") != 0;
	r->holds = holds;
	for (const xmlNode *h = xml_child(node, "hold"); h;
	     h = xml_next(h, "hold"))
		if (read_hold(src, h, &holds[r->nholds]))
			r->nholds++;
}

void read_rooms(struct xml_source *src, const xmlNode *root, struct content *c)
{
	c->rooms = grow(src->a, c->rooms, sizeof(*c->rooms), c->nrooms,
			xml_count(root, "room"));
	for (const xmlNode *r = xml_child(root, "room"); r;
	     r = xml_next(r, "room"))
		read_room(src, r, &c->rooms[c->nrooms++]);
}
