/*
 * load_course.c: one course document.
 */
#include "base/buf.h"
#include "base/text.h"
#include "load/load_parts.h"

#include <sodium.h>
#include <string.h>

static struct course read_facts(struct xml_source *src, const xmlNode *root)
{
	const struct bilingual title = xml_both(src, xml_child(root, "title"));
	const struct bilingual summary =
		xml_both(src, xml_child(root, "summary"));

	return (struct course){
		.code = xml_text(src, root, "code"),
		.title = title.ja,
		.title_en = title.en,
		.summary = summary.ja,
		.summary_en = summary.en,
		.form = xml_text(src, root, "form"),
		.level = xml_text(src, root, "level"),
		.minutes = xml_int(src, root, "minutes", 0),
		.meetings = xml_int(src, root, "meetings", 1),
		.seats = xml_int(src, root, "seats", 0),
		.cost_per_run = xml_int(src, root, "cost-per-run", 0),
		.approval = xml_text(src, root, "approval"),
		.definition = course_definition(src, root),
	};
}

static void read_tiers_of(struct xml_source *src, const xmlNode *root,
			  struct course_text *t)
{
	const xmlNode *list = xml_child(root, "tiers");
	struct course_tier *tiers = ARENA_ARRAY(src->a, struct course_tier,
						xml_count(list, "tier"));

	for (const xmlNode *n = xml_child(list, "tier"); n;
	     n = xml_next(n, "tier"))
		tiers[t->ntiers++] = (struct course_tier){
			.tier_code = xml_text(src, n, "code"),
			.demand = xml_text(src, n, "demand"),
		};
	t->tiers = tiers;
}

static void read_skills_of(struct xml_source *src, const xmlNode *root,
			   struct course_text *t)
{
	const xmlNode *list = xml_child(root, "skills");
	struct course_skill *skills = ARENA_ARRAY(src->a, struct course_skill,
						  xml_count(list, "skill"));

	for (const xmlNode *n = xml_child(list, "skill"); n;
	     n = xml_next(n, "skill"))
		skills[t->nskills++] = (struct course_skill){
			.skill_code = xml_text(src, n, "code"),
			.level = xml_int(src, n, "level", 1),
		};
	t->skills = skills;
}

/* Codes of the children called name of the element called list. */
static const char *const *read_codes(struct xml_source *src,
				     const xmlNode *root, const char *list,
				     const char *name, size_t *n)
{
	const xmlNode *parent = xml_child(root, list);
	const char **codes =
		ARENA_ARRAY(src->a, const char *, xml_count(parent, name));

	*n = 0;
	for (const xmlNode *c = xml_child(parent, name); c;
	     c = xml_next(c, name))
		codes[(*n)++] = xml_text(src, c, "code");
	return codes;
}

/* Both languages of a node, with a mark between so that nothing runs over. */
static void add_searched(struct xml_source *src, struct buf *key,
			 const xmlNode *node)
{
	const struct bilingual t = xml_both(src, node);

	buf_printf(key, "%s/%s/", t.ja, t.en);
}

/* What a search finds: title, texts, objectives and parts of the programme. */
static const char *search_key_of(struct xml_source *src, const xmlNode *root)
{
	static const char *const texts[] = { "title", "summary", "purpose",
					     "audience" };
	const xmlNode *objectives = xml_child(root, "objectives");
	const xmlNode *programme = xml_child(root, "programme");
	struct buf key = buf_new(src->a);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		add_searched(src, &key, xml_child(root, texts[i]));
	for (const xmlNode *o = xml_child(objectives, "objective"); o;
	     o = xml_next(o, "objective"))
		add_searched(src, &key, o);
	for (const xmlNode *p = xml_child(programme, "part"); p;
	     p = xml_next(p, "part")) {
		add_searched(src, &key, xml_child(p, "title"));
		add_searched(src, &key, xml_child(p, "text"));
	}
	return text_search_key(src->a, key.data);
}

static void check_minutes(struct xml_source *src, const xmlNode *root,
			  int64_t minutes)
{
	const xmlNode *programme = xml_child(root, "programme");
	int64_t sum = 0;

	for (const xmlNode *p = xml_child(programme, "part"); p;
	     p = xml_next(p, "part"))
		sum += xml_int(src, p, "minutes", 0);
	if (sum != minutes)
		xml_problem(src, programme, TEXT_KEY("load.minutes_differ"),
			    arena_printf(src->a, "%lld / %lld", (long long)sum,
					 (long long)minutes));
}

/* A course is found by its file: content/courses/CODE.xml. */
static void check_file_name(struct xml_source *src, const xmlNode *root,
			    const char *code)
{
	const char *slash = strrchr(src->file, '/');
	const char *name = slash ? slash + 1 : src->file;

	if (strcmp(name, arena_printf(src->a, "%s.xml", code)) != 0)
		xml_problem(src, root, TEXT_KEY("load.file_name"), code);
}

static const struct survey *read_items(struct xml_source *src,
				       const xmlNode *root)
{
	const xmlNode *node = xml_child(root, "knowledge-items");
	const struct problem *problems = NULL;
	const struct survey *items;

	if (!node)
		return NULL;
	items = survey_from_node(src->a, node, &problems);
	for (const struct problem *p = problems; p; p = p->next)
		problem_add(src->problems,
			    &(struct load_problem){
				    .file = src->file,
				    .line = p->line > 0 ? (size_t)p->line : 0,
				    .text = p->key,
				    .note = p->text });
	return items;
}

void read_course(struct xml_source *src, const xmlNode *root, struct content *c)
{
	struct content_course *course = &c->courses[c->ncourses++];
	struct course_text *t = &course->text;
	const xmlNode *surveys = xml_child(root, "surveys");
	unsigned char *sha = arena_alloc(src->a, crypto_hash_sha256_BYTES);

	crypto_hash_sha256(sha, (const unsigned char *)src->bytes, src->len);
	course->file = src->file;
	course->line = 1;
	course->title = xml_both(src, xml_child(root, "title"));
	course->pre = xml_text(src, surveys, "pre");
	course->post = xml_text(src, surveys, "post");
	course->items = read_items(src, root);
	t->course = read_facts(src, root);
	t->sort = xml_int(src, root, "sort", 0);
	t->document = src->bytes;
	t->sha256 = sha;
	t->search_key = search_key_of(src, root);
	t->themes = read_codes(src, root, "themes", "theme", &t->nthemes);
	t->before =
		read_codes(src, root, "prerequisites", "course", &t->nbefore);
	read_tiers_of(src, root, t);
	read_skills_of(src, root, t);
	check_minutes(src, root, t->course.minutes);
	check_file_name(src, root, t->course.code);
}
