#include "store/store_person.h"

#include "base/text.h"

#define PERSON_COLUMNS                                            \
	"p.id, p.staff_number, p.family, p.given, p.family_kana," \
	" p.given_kana, p.former_family, p.email, p.terminal,"    \
	" p.is_external, p.left_on, p.is_synthetic"

#define PERSON_COLS(T, in)                                                     \
	COL(T, in id), COL(T, in staff_number), COL(T, in family),             \
		COL(T, in given), COL(T, in family_kana),                      \
		COL(T, in given_kana), COL(T, in former_family),               \
		COL(T, in email), COL(T, in terminal), COL(T, in is_external), \
		COL(T, in left_on), COL(T, in is_synthetic)

#define PERSON_ROW                         \
	.row_size = sizeof(struct person), \
	.cols = { PERSON_COLS(struct person, ) }, .ncols = 12

/* The conditions of the list; ten parameters, see list_args(). */
#define LIST_WHERE                                                            \
	" FROM person p"                                                      \
	" LEFT JOIN posting o ON o.person_id = p.id AND o.is_main = 1"        \
	"  AND o.valid_from <= ? AND (o.valid_to IS NULL OR o.valid_to >= ?)" \
	" LEFT JOIN unit u ON u.id = o.unit_id"                               \
	" LEFT JOIN tier t ON t.id = o.tier_id"                               \
	" WHERE (? = '' OR LOCATE(?, p.search_key) > 0)"                      \
	" AND (? IS NULL OR ? IN (u.id, u.parent_id, (SELECT above.parent_id" \
	"  FROM unit above WHERE above.id = u.parent_id)))"                   \
	" AND (? = '' OR t.code = ?)"                                         \
	" AND (? = '' OR EXISTS (SELECT 1 FROM person_role r"                 \
	"  WHERE r.person_id = p.id AND r.role = ?))"                         \
	" AND (? = 1 OR p.left_on IS NULL OR p.left_on >= ?)"

static const struct db_query by_id = {
	.name = "person by_id",
	.sql = "SELECT " PERSON_COLUMNS " FROM person p WHERE p.id = ?",
	PERSON_ROW,
};

static const struct db_query by_number = {
	.name = "person by_number",
	.sql = "SELECT " PERSON_COLUMNS
	       " FROM person p WHERE p.staff_number = ?",
	PERSON_ROW,
};

static const struct db_query all = {
	.name = "person all",
	.sql = "SELECT " PERSON_COLUMNS
	       " FROM person p ORDER BY p.staff_number",
	PERSON_ROW,
};

static const struct db_query list = {
	.name = "person list",
	.sql = "SELECT " PERSON_COLUMNS
	       ", o.unit_id, u.name, u.name_en, t.code, t.name, t.name_en,"
	       " o.post, 0" LIST_WHERE
	       " ORDER BY p.family_kana, p.given_kana, p.id LIMIT ? OFFSET ?",
	.row_size = sizeof(struct person_item),
	.cols = { PERSON_COLS(struct person_item, person.),
		  COL(struct person_item, unit_id),
		  COL(struct person_item, unit_name),
		  COL(struct person_item, unit_name_en),
		  COL(struct person_item, tier_code),
		  COL(struct person_item, tier_name),
		  COL(struct person_item, tier_name_en),
		  COL(struct person_item, post),
		  COL(struct person_item, total) },
	.ncols = 20,
};

struct count_row {
	int64_t n;
};

static const struct db_query count = {
	.name = "person count",
	.sql = "SELECT COUNT(*)" LIST_WHERE,
	.row_size = sizeof(struct count_row),
	.cols = { COL(struct count_row, n) },
	.ncols = 1,
};

static const struct db_query add = {
	.name = "person add",
	.sql = "INSERT INTO person (staff_number, family, given, family_kana,"
	       " given_kana, former_family, email, terminal, search_key,"
	       " is_external, left_on, is_synthetic)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query update = {
	.name = "person update",
	.sql = "UPDATE person SET family = ?, given = ?, family_kana = ?,"
	       " given_kana = ?, former_family = ?, email = ?, terminal = ?,"
	       " search_key = ?, left_on = ? WHERE id = ?",
};

const struct db_query *const store_person_queries[] = {
	&by_id, &by_number, &all, &list, &count, &add, &update, NULL
};

enum err store_person_by_id(struct ctx *cx, int64_t id, struct person *person)
{
	return db_one(cx, &by_id, ARGS(db_i64(id)), person);
}

enum err store_person_by_staff_number(struct ctx *cx, const char *number,
				      struct person *person, bool *found)
{
	return db_maybe(cx, &by_number, ARGS(db_text(number)), person, found);
}

enum err store_person_all(struct ctx *cx, const struct person **people,
			  size_t *n)
{
	return db_all(cx, &all, NO_ARGS, people, n);
}

#define LIST_ARGS 14

/* The parameters of LIST_WHERE and of the page. */
static void list_args(struct ctx *cx, const struct person_filter *f,
		      struct db_arg args[LIST_ARGS])
{
	const char *search = f->search ? f->search : "";
	const struct db_arg key = db_text(text_search_key(&cx->arena, search));
	const struct db_arg day = db_text(f->day), unit = db_i64(f->unit_id);
	const struct db_arg tier = db_text(f->tier_code ? f->tier_code : "");
	const struct db_arg role = db_text(f->role ? f->role : "");
	const struct db_arg in_order[LIST_ARGS] = { day,
						    day,
						    key,
						    key,
						    unit,
						    unit,
						    tier,
						    tier,
						    role,
						    role,
						    db_i64(f->with_left),
						    day,
						    db_i64(f->limit),
						    db_i64(f->offset) };

	for (size_t i = 0; i < LIST_ARGS; i++)
		args[i] = in_order[i];
}

enum err store_person_list(struct ctx *cx, const struct person_filter *filter,
			   const struct person_item **items, size_t *n)
{
	struct db_arg args[LIST_ARGS];
	struct person_item *rows;
	struct count_row all_of_them;

	list_args(cx, filter, args);
	TRY(db_all(cx, &list, args, LIST_ARGS, &rows, n));
	if (*n > 0) {
		TRY(db_one(cx, &count, args, LIST_ARGS - 2, &all_of_them));
		for (size_t i = 0; i < *n; i++)
			rows[i].total = all_of_them.n;
	}
	*items = rows;
	return OK;
}

/* Names and number apart, so that no match runs over two of them. */
static const char *search_key_of(struct ctx *cx, const struct person *p)
{
	return text_search_key(
		&cx->arena,
		arena_printf(&cx->arena, "%s%s/%s%s/%s/%s", p->family, p->given,
			     p->family_kana, p->given_kana, p->former_family,
			     p->staff_number ? p->staff_number : ""));
}

enum err store_person_add(struct ctx *cx, const struct person *p, int64_t *id)
{
	return db_insert(cx, &add,
			 ARGS(db_text(p->staff_number), db_text(p->family),
			      db_text(p->given), db_text(p->family_kana),
			      db_text(p->given_kana), db_text(p->former_family),
			      db_text(p->email), db_text(p->terminal),
			      db_text(search_key_of(cx, p)),
			      db_i64(p->is_external), db_text(p->left_on),
			      db_i64(p->is_synthetic)),
			 id);
}

enum err store_person_update(struct ctx *cx, const struct person *p)
{
	return db_exec(cx, &update,
		       ARGS(db_text(p->family), db_text(p->given),
			    db_text(p->family_kana), db_text(p->given_kana),
			    db_text(p->former_family), db_text(p->email),
			    db_text(p->terminal), db_text(search_key_of(cx, p)),
			    db_text(p->left_on), db_i64(p->id)),
		       NULL);
}
