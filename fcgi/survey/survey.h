/*
 * survey.h: a survey as the whole product sees it.
 *
 * One definition drives the form, the check of what comes in and the scores,
 * so they cannot drift apart. It is written in XML (content/schema/survey.rng),
 * read by survey_from_xml() when somebody publishes, kept as JSON with the
 * version, and from then on read by survey_from_json(). A struct survey never
 * changes after it was made; everything it points to lives in one arena.
 *
 * Closed items (single, multiple, scale, grid, knowledge) answer in slots,
 * one byte each (slots.h); numbers and texts are open answers with a number
 * of their own (item_no, 1, 2, ...).
 */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include "base/arena.h"
#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SURVEY_MAX_SLOTS   1000 /* of a version */
#define SURVEY_MAX_ITEMS   300
#define SURVEY_MAX_OPTIONS 100  /* of an item; also its rows */
#define SURVEY_SHORT_TEXT  200  /* characters, unless the item says less */
#define SURVEY_LONG_TEXT   2000 /* characters, unless the item says less */
#define SURVEY_OTHER_TEXT  200  /* characters behind the option "other" */

/* Both languages of a text. ja is never empty where a text is needed; an
 * empty en means that English readers see ja. Neither is ever NULL. */
struct bilingual {
	const char *ja, *en;
};

enum item_kind {
	ITEM_SINGLE,     /* one option; one slot */
	ITEM_MULTIPLE,   /* any number of options; a slot per option */
	ITEM_SCALE,      /* points 1..n, n = best; one slot */
	ITEM_GRID,       /* the same scale for several rows; a slot per row */
	ITEM_NUMBER,     /* open, in the unit the item names */
	ITEM_SHORT_TEXT, /* open, one line */
	ITEM_LONG_TEXT,  /* open, several lines */
	ITEM_KNOWLEDGE,  /* keyed: one option is right; one slot */
	ITEM_SECTION,    /* a heading and a text; no answer */
	ITEM_PAGE_BREAK  /* what follows is the next step; no answer */
};

/* What the statistics may use an item for; they never look at key names. */
enum measures {
	MEASURES_NOTHING,
	MEASURES_KNOWLEDGE,
	MEASURES_SELF,     /* own level of a skill */
	MEASURES_ATTITUDE, /* attitude to the change */
	MEASURES_NEED_IMPORTANCE,
	MEASURES_NEED_LEVEL,
	MEASURES_WANT, /* topics people ask for */
	MEASURES_SATISFACTION,
	MEASURES_OVERALL,   /* satisfaction with the whole */
	MEASURES_INTENTION, /* will use it, will recommend it */
	MEASURES_DIFFICULTY,
	MEASURES_PACE,
	MEASURES_ROLE, /* the roles of managers and leaders */
	MEASURES_COMMENT_GOOD,
	MEASURES_COMMENT_IMPROVE,
	MEASURES_COMMENT_NEED
};

/*
 * A choice. Its code in a slot is its place in the item's options, from 1.
 * Scale and grid options stand in order of points, so that code = points.
 */
struct survey_option {
	const char *key; /* the same over versions; for scales "1", "2", ... */
	struct bilingual label;
	double points; /* score; NAN: not scored. knowledge: 1 or 0 */
	bool is_other; /* opens a text field of its own */
	bool is_none;  /* "nothing of these": excludes the others */
};

/* A row of a grid. */
struct survey_row {
	const char *key;
	struct bilingual label;
	const char *skill; /* skill code, "" if none */
};

struct survey_item {
	enum item_kind kind;
	const char *key; /* "" for section texts and page breaks */
	enum measures measures;
	const char *skill;       /* skill code, "" if none */
	struct bilingual text;   /* the question; a section's heading */
	struct bilingual hint;   /* help under it; a section's text */
	bool required;           /* else it may be skipped */
	bool is_reverse;         /* a high answer means little of the thing */
	bool has_dont_know;      /* offers わからない (slot 253) */
	bool has_not_applicable; /* offers 該当なし (slot 254) */
	const struct survey_option *options;
	size_t noptions;
	const struct survey_row *rows; /* of a grid */
	size_t nrows;
	size_t slot;     /* first slot, from 0; meaningless if nslots is 0 */
	size_t nslots;   /* 1; rows of a grid; options of a multiple; 0 */
	int open_no;     /* item_no of a number or text; 0: none */
	int other_no;    /* item_no of the text behind "other"; 0: none */
	int max_ticks;   /* of a multiple choice; 0: any number */
	double min, max; /* of a number, NAN: no bound */
	bool is_integer; /* of a number */
	struct bilingual unit; /* of a number, may be empty */
	int max_length;        /* of a text, in characters */
};

struct survey {
	const char *code;   /* word for URLs, e.g. "pre-all" */
	int64_t version_id; /* row of survey_version; 0: not published */
	struct bilingual title;
	struct bilingual intro; /* a sentence or two before the items */
	struct bilingual purpose; /* 利用目的: what the answers are used for */
	bool is_default; /* texts are ours: 標準設定（要編集） */
	const struct survey_item *items;
	size_t nitems;
	size_t nslots; /* bytes of submission.slots */
	int nopen;     /* highest item_no */
	/* Where the items of the course go (before items[course_at]);
	 * nitems + 1 if the document has no mark. See survey_compose(). */
	size_t course_at;
};

/* Something wrong in a document or a form. */
struct problem {
	struct problem *next;
	int line;          /* of the document, from 1; 0: unknown or a form */
	const char *where; /* id of the form control; "" for documents */
	const char *key;   /* text key of the sentence, e.g. survey.required */
	const char *text;  /* document: the sentence. form: text of the item */
	double min, max;   /* limits the sentence names; NAN if it names none */
};

/* One answer that is a number or a text. */
struct open_answer {
	int item_no;
	double number;    /* NAN for a text */
	const char *text; /* NULL for a number */
};

/* All answers of one respondent, ready to be stored. */
struct answers {
	unsigned char *slots; /* survey.nslots bytes, see slots.h */
	size_t nslots;
	struct open_answer *open;
	size_t nopen;
};

/* A name and a value from the form, as sent. */
struct given {
	const char *name, *value;
};

struct givens {
	const struct given *list;
	size_t n;
};

/* The text in this language, Japanese where English is empty. */
const char *survey_text(struct bilingual text, enum lang lang);

/* The item of a key, NULL if there is none. */
const struct survey_item *survey_item(const struct survey *sv, const char *key);

/* The first item from *i on with this use; *i moves behind it. NULL: no more.
 * size_t i = 0; while ((it = survey_next(sv, MEASURES_SELF, &i))) ... */
const struct survey_item *survey_next(const struct survey *sv, enum measures m,
				      size_t *i);

/* Words of the XML and the JSON; *_from_word: false if there is none. */
const char *item_kind_word(enum item_kind kind);
const char *measures_word(enum measures m);
bool item_kind_from_word(const char *word, enum item_kind *kind);
bool measures_from_word(const char *word, enum measures *m);

/* The item is answered in slots; the item is answered in answer_open. */
bool item_is_closed(const struct survey_item *it);
bool item_is_open(const struct survey_item *it);

/*
 * Points of a slot's byte under this item: the option's points, turned round
 * for a reverse item (n + 1 - points). Knowledge: 1 right; 0 wrong, don't
 * know and skipped (a question that was shown and left is not known). NAN:
 * skipped (other kinds), don't know, not applicable, not shown, not scored.
 */
double item_points(const struct survey_item *it, unsigned char code);

/*
 * Number the slots and open answers of items in their order. Called by the
 * readers below; items must have their kinds, options and rows.
 */
void survey_lay_out(struct survey *sv, struct survey_item *items);

/*
 * A document of len bytes. NULL and *problems (with line numbers) if it is
 * no good. No DOCTYPE, no network, at most XML_MAX_BYTES; the schema
 * first (schema: path of survey.rng), then what a schema cannot say. The
 * survey and the problems live in a. Not fast: for publishing only.
 */
const struct survey *survey_from_xml(struct arena *a, const char *schema,
				     const char *xml, size_t len,
				     const struct problem **problems);

/*
 * The same, for the knowledge items in a course document: *items is a
 * survey without title that holds only them. node is the xmlNode
 * <knowledge-items> of a document that was checked against the schema.
 */
const struct survey *survey_from_node(struct arena *a, const void *node,
				      const struct problem **problems);

/* The definition as JSON text, and back; equal for every survey. From JSON:
 * NULL if the text is no definition. Both live in a. */
const char *survey_to_json(struct arena *a, const struct survey *sv);
const struct survey *survey_from_json(struct arena *a, const char *json);

/*
 * A course's survey: the template with the course's knowledge items at its
 * mark, code "TEMPLATE.COURSE" and the course's title in front. Of the items
 * on the own level (measures self) those stay whose skill a knowledge item
 * of the course names; all, if none names one. course may be NULL (no
 * knowledge items). NULL and *problems if keys collide or it has
 * too many slots. Lives in a; shares texts with both.
 */
const struct survey *survey_compose(struct arena *a, const struct survey *tmpl,
				    const struct survey *course,
				    const char *course_code,
				    struct bilingual course_title,
				    const struct problem **problems);

/*
 * What a form sent, item by item as the definition says: unknown fields are
 * ignored, each kind is checked in its own way. *problems is NULL if all is
 * well; slots of items with problems are "skipped". Lives in a.
 *
 * Fields: KEY for one value (option key; "_dk" don't know, "_na" not
 * applicable; multiple: once per ticked option), KEY.ROW for a grid,
 * KEY.other for the text behind "other".
 */
struct answers survey_read(struct arena *a, const struct survey *sv,
			   struct givens form, const struct problem **problems);

/* An empty sheet: every slot "skipped", multiple choices too. */
struct answers survey_blank(struct arena *a, const struct survey *sv);

/*
 * The reverse of survey_read: the fields that would give these answers; for
 * showing stored answers in the form or the review. Lives in a.
 */
struct givens survey_to_givens(struct arena *a, const struct survey *sv,
			       const struct answers *as);

/* Items somebody answered, of those that can be; for "7 of 12". */
size_t survey_count_answered(const struct survey *sv, const struct answers *as);
size_t survey_count_items(const struct survey *sv);

#endif
