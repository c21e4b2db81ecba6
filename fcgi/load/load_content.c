/*
 * load_content.c: the folder content/ into the database.
 *
 * Everything is read and checked first; then one transaction writes it all.
 */
#include "base/text.h"
#include "load/load_parts.h"
#include "store/store_survey.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct loader {
	struct ctx *cx;
	const char *folder;
	struct problem_list problems;
	struct content content;
	struct load_content_report *report;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The .xml files of a sub-folder by name; none if it is not there. */
static const char **files_of(struct loader *l, const char *sub, size_t *n)
{
	struct arena *a = &l->cx->arena;
	const char **files = ARENA_ARRAY(a, const char *, LOAD_MAX_FILES);
	const char *path = arena_printf(a, "%s/%s", l->folder, sub);
	DIR *dir = opendir(path);
	const struct dirent *e;

	*n = 0;
	if (!dir)
		return files;
	while ((e = readdir(dir)) && *n < LOAD_MAX_FILES) {
		const size_t len = strlen(e->d_name);

		if (e->d_name[0] != '.' && len > 4 &&
		    !strcmp(e->d_name + len - 4, ".xml"))
			files[(*n)++] =
				arena_printf(a, "%s/%s", path, e->d_name);
	}
	closedir(dir);
	qsort(files, *n, sizeof(*files), by_name);
	return files;
}

typedef void read_fn(struct xml_source *src, const xmlNode *root,
		     struct content *c);

/* Every document of a sub-folder through its schema and its reader. */
static void read_folder(struct loader *l, const char *sub, const char *schema,
			read_fn *read)
{
	struct arena *a = &l->cx->arena;
	size_t n;
	const char **files = files_of(l, sub, &n);
	xmlRelaxNG *rng;

	if (n == 0)
		return;
	rng = xml_schema(&l->problems, arena_printf(a, "%s/schema/%s.rng",
						    l->folder, schema));
	if (!rng)
		return;
	if (read == read_course)
		l->content.courses = ARENA_ARRAY(a, struct content_course, n);
	for (size_t i = 0; i < n; i++) {
		struct xml_source src = { .problems = &l->problems,
					  .a = a,
					  .file = files[i] };
		xmlDoc *doc = xml_open(&src, rng);

		l->report->read++;
		if (!doc)
			continue;
		read(&src, xmlDocGetRootElement(doc), &l->content);
		xmlFreeDoc(doc);
	}
	xmlRelaxNGFree(rng);
}

static void survey_problems(struct loader *l, const char *file,
			    const struct problem *problems)
{
	for (const struct problem *p = problems; p; p = p->next)
		problem_add(&l->problems,
			    &(struct load_problem){
				    .file = file,
				    .line = p->line > 0 ? (size_t)p->line : 0,
				    .text = p->key,
				    .note = p->text });
}

static void read_surveys(struct loader *l)
{
	struct arena *a = &l->cx->arena;
	struct content *c = &l->content;
	const char *schema = arena_printf(a, "%s/schema/survey.rng", l->folder);
	size_t n;
	const char **files = files_of(l, "surveys", &n);

	c->surveys = ARENA_ARRAY(a, struct content_survey, n);
	for (size_t i = 0; i < n; i++) {
		struct xml_source src = { .problems = &l->problems,
					  .a = a,
					  .file = files[i] };
		const struct problem *problems = NULL;
		const struct survey *sv;

		l->report->read++;
		if (!xml_slurp(&src))
			continue;
		sv = survey_from_xml(a, schema, src.bytes, src.len, &problems);
		survey_problems(l, files[i], problems);
		if (sv)
			c->surveys[c->nsurveys++] = (struct content_survey){
				.file = files[i],
				.survey = sv,
				.document = src.bytes,
			};
	}
}

static enum err write_scheme(struct ctx *cx, const struct content_scheme *s)
{
	int64_t id;

	TRY(store_tier_scheme_put(cx, &s->scheme, &id));
	for (size_t i = 0; i < s->ntiers; i++) {
		s->tiers[i].scheme_id = id;
		TRY(store_tier_put(cx, &s->tiers[i]));
	}
	for (size_t i = 0; i < s->ncells; i++)
		TRY(store_tier_skill_put(cx, id, &s->cells[i]));
	return OK;
}

static enum err write_lists(struct ctx *cx, const struct content *c)
{
	for (size_t i = 0; i < c->nskills; i++)
		TRY(store_skill_put(cx, &c->skills[i]));
	for (size_t i = 0; i < c->nschemes; i++)
		TRY(write_scheme(cx, &c->schemes[i]));
	for (size_t i = 0; i < c->nthemes; i++)
		TRY(store_theme_put(cx, &c->themes[i]));
	for (size_t i = 0; i < c->nrooms; i++)
		TRY(store_room_content_put(cx, &c->rooms[i]));
	return OK;
}

static const struct content_survey *survey_of(const struct content *c,
					      const char *code)
{
	for (size_t i = 0; i < c->nsurveys; i++)
		if (!strcmp(c->surveys[i].survey->code, code))
			return &c->surveys[i];
	return NULL;
}

static enum err publish(struct loader *l, const struct survey *sv,
			const char *document)
{
	int64_t version;
	bool is_new;

	TRY(store_survey_publish(l->cx, sv, document, &version, &is_new));
	l->report->published += is_new;
	return OK;
}

/* The survey of one course from one template; "" names none. */
static enum err publish_for(struct loader *l, const struct content_course *c,
			    const char *template)
{
	const struct content_survey *t = survey_of(&l->content, template);
	const struct problem *problems = NULL;
	const struct survey *sv;

	if (!template[0] || !t)
		return OK;
	sv = survey_compose(&l->cx->arena, t->survey, c->items,
			    c->text.course.code, c->title, &problems);
	if (!sv) {
		survey_problems(l, c->file, problems);
		return FAIL(l->cx, ERR_CONFLICT, "%s and %s do not fit",
			    c->file, t->file);
	}
	return publish(l, sv, t->document);
}

static enum err write_all(struct ctx *cx, void *arg)
{
	struct loader *l = arg;
	const struct content *c = &l->content;

	/* It may run again from the start after a deadlock. */
	l->report->published = l->report->same = 0;
	TRY(write_lists(cx, c));
	for (size_t i = 0; i < c->ncourses; i++) {
		int64_t version;
		bool is_new;

		TRY(store_course_publish(cx, &c->courses[i].text, &version,
					 &is_new));
		l->report->published += is_new;
		l->report->same += !is_new;
		TRY(publish_for(l, &c->courses[i], c->courses[i].pre));
		TRY(publish_for(l, &c->courses[i], c->courses[i].post));
	}
	/* A survey without a place for a course's items stands on its own. */
	for (size_t i = 0; i < c->nsurveys; i++) {
		const struct survey *sv = c->surveys[i].survey;

		if (sv->course_at > sv->nitems)
			TRY(publish(l, sv, c->surveys[i].document));
	}
	return OK;
}

enum err load_content(struct ctx *cx, const char *folder,
		      struct load_content_report *report)
{
	struct loader l = { .cx = cx, .folder = folder, .report = report };
	enum err e = OK;

	*report = (struct load_content_report){ .read = 0 };
	l.problems.a = &cx->arena;
	read_folder(&l, "skills", "skills", read_skills);
	read_folder(&l, "tiers", "tiers", read_tiers);
	read_folder(&l, "themes", "themes", read_themes);
	read_folder(&l, "rooms", "rooms", read_rooms);
	read_folder(&l, "codebook", "codebook", read_codebook);
	read_folder(&l, "courses", "course", read_course);
	read_surveys(&l);
	if (l.problems.n == 0)
		check_content(&l.problems, &cx->arena, &l.content);
	if (report->read == 0)
		problem_add(&l.problems,
			    &(struct load_problem){
				    .file = folder,
				    .text = TEXT_KEY("load.no_content") });
	if (l.problems.n == 0)
		e = db_transact(cx, write_all, &l);
	report->problems = l.problems.list;
	report->nproblems = l.problems.n;
	if (l.problems.n > 0)
		return OK;
	return e;
}
