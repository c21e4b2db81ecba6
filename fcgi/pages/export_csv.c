/*
 * export_csv.c: the manual is export_csv.h.
 */
#include "pages/export_csv.h"

#include "base/text.h"
#include "document/csv.h"
#include "view/model.h"

void table_begin(struct ctx *cx, struct table *t, const char *const *names)
{
	*t = (struct table){ .csv = buf_new(&cx->arena),
			     .rows = json_array(),
			     .names = names,
			     .writer =
				     ARENA_NEW(&cx->arena, struct csv_writer) };
	csv_begin(t->writer, &t->csv);
	for (size_t i = 0; names[i]; i++)
		csv_cell_text(t->writer, names[i]);
	csv_end(t->writer);
}

static json_t *row_of(struct table *t)
{
	if (!t->row)
		t->row = model_item(t->rows);
	return t->row;
}

void table_text(struct table *t, const char *text)
{
	csv_cell_text(t->writer, text);
	model_text(row_of(t), t->names[t->at++], text);
}

void table_int(struct table *t, int64_t number)
{
	csv_cell_int(t->writer, number);
	model_int(row_of(t), t->names[t->at++], number);
}

void table_number(struct table *t, double number, int decimals)
{
	csv_cell_number(t->writer, number, decimals);
	model_real(row_of(t), t->names[t->at++], number);
}

void table_end(struct table *t)
{
	csv_end(t->writer);
	t->row = NULL;
	t->at = 0;
}

static void group_rows(const struct needs_view *v, const char *kind,
		       const struct needs_group *g, struct table *t)
{
	for (size_t j = 0; j < v->nskills; j++) {
		const struct need_view *c = &g->cells[j];
		const bool shown = gate_has(&c->mwds);

		table_int(t, v->fiscal_year);
		table_text(t, kind);
		table_text(t, g->tier_code ? g->tier_code : "");
		table_text(t, g->name);
		table_text(t, v->skills[j].code);
		table_text(t, v->skills[j].name.ja);
		if (shown)
			table_int(t, (int64_t)c->mwds.n);
		else
			table_text(t, NULL);
		table_number(t, c->importance.value, 4);
		table_number(t, c->level.value, 4);
		table_number(t, c->mwds.value, 4);
		table_number(t, c->mwds.lo, 4);
		table_number(t, c->mwds.hi, 4);
		table_number(t, c->rds.value, 2);
		table_number(t, c->rate.value, 3);
		table_text(t, c->mwds.method);
		table_text(t, an_status_name(c->mwds.status));
		table_end(t);
	}
}

void export_needs(struct ctx *cx, const struct needs_view *v, struct table *t)
{
	static const char *const names[] = {
		"fiscal_year", "group_kind", "tier_code", "group_name",
		"skill_code",  "skill_name", "n",         "importance_mean",
		"level_mean",  "mwds",       "mwds_lo",   "mwds_hi",
		"rds",         "need_rate",  "method",    "status",
		NULL
	};

	table_begin(cx, t, names);
	group_rows(v, "all", &v->all, t);
	for (size_t i = 0; i < v->ntiers; i++)
		group_rows(v, "tier", &v->tiers[i], t);
	for (size_t i = 0; i < v->nunits; i++)
		if (v->units[i].unit_id != DB_NULL)
			group_rows(v, "unit", &v->units[i], t);
}

void export_answers(struct ctx *cx, const struct raw_view *v, struct table *t)
{
	const char **names =
		ARENA_ARRAY(&cx->arena, const char *, v->ncolumns + 5);

	names[0] = "collection_id";
	names[1] = "survey";
	names[2] = "moment";
	names[3] = "tier_code";
	for (size_t j = 0; j < v->ncolumns; j++)
		names[4 + j] = v->columns[j].key;
	table_begin(cx, t, names);
	for (size_t i = 0; i < v->nrows; i++) {
		const struct raw_row *r = &v->rows[i];

		table_int(t, v->collection_id);
		table_text(t, v->survey);
		table_text(t, v->moment);
		table_text(t, r->tier);
		for (size_t j = 0; j < v->ncolumns; j++)
			table_text(t,
				   raw_code_text(&cx->arena,
						 slot_get(r->slots, r->nslots,
							  v->columns[j].slot)));
		table_end(t);
	}
}

static void code_row(const struct raw_view *v, const struct raw_column *c,
		     const char *code, const char *label, double points,
		     struct table *t)
{
	table_text(t, v->survey);
	table_text(t, c->key);
	table_text(t, item_kind_word(c->item->kind));
	table_text(t, measures_word(c->item->measures));
	table_text(t, c->item->text.ja);
	table_text(t, *c->part ? c->label.ja : "");
	table_text(t, code);
	table_text(t, label);
	table_number(t, points, 2);
	table_end(t);
}

void export_codes(struct ctx *cx, const struct raw_view *v, struct table *t)
{
	static const char *const names[] = {
		"survey",    "column", "item_kind",  "measures", "item_text",
		"part_text", "code",   "code_label", "points",   NULL
	};
	static const unsigned char reserved[] = { SLOT_SKIPPED, SLOT_DONT_KNOW,
						  SLOT_NOT_APPLICABLE,
						  SLOT_NOT_SHOWN };
	const double none = figure_hidden("t").value;

	table_begin(cx, t, names);
	for (size_t j = 0; j < v->ncolumns; j++) {
		const struct raw_column *c = &v->columns[j];

		if (c->item->kind == ITEM_MULTIPLE) {
			code_row(v, c, "1", "選択", none, t);
			code_row(v, c, "0", "非選択", none, t);
		} else {
			for (size_t k = 0; k < c->item->noptions; k++)
				code_row(v, c,
					 raw_code_text(&cx->arena,
						       (unsigned char)(k + 1)),
					 c->item->options[k].label.ja,
					 c->item->options[k].points, t);
		}
		for (size_t k = 0; k < sizeof(reserved); k++) {
			static const char *const labels[] = {
				"無回答", "わからない", "該当なし", "表示なし"
			};

			code_row(v, c, raw_code_text(&cx->arena, reserved[k]),
				 labels[k], none, t);
		}
	}
}

static void figure_row(struct table *t, const char *section, const char *key,
		       const char *measure, const struct figure *f)
{
	table_text(t, section);
	table_text(t, key);
	table_text(t, measure);
	table_number(t, f->value, 4);
	table_number(t, f->lo, 4);
	table_number(t, f->hi, 4);
	table_int(t, (int64_t)f->n);
	table_int(t, (int64_t)f->base);
	table_int(t, (int64_t)f->missing);
	table_text(t, f->method);
	table_text(t, an_status_name(f->status));
	table_end(t);
}

void export_results(struct ctx *cx, const struct session_view *v,
		    struct table *t)
{
	static const char *const names[] = { "section", "key",    "measure",
					     "value",   "lo",     "hi",
					     "n",       "base",   "missing",
					     "method",  "status", NULL };

	table_begin(cx, t, names);
	figure_row(t, "score", "", "before", &v->score.before);
	figure_row(t, "score", "", "after", &v->score.after);
	figure_row(t, "score", "", "change", &v->score.change);
	figure_row(t, "score", "", "dz", &v->score.dz);
	figure_row(t, "score", "", "dav", &v->score.dav);
	figure_row(t, "score", "", "gain", &v->score.gain);
	figure_row(t, "score", "", "alpha", &v->score.alpha);
	for (size_t i = 0; i < v->nitems; i++) {
		const struct item_view *it = &v->items[i];

		figure_row(t, "item", it->key, "before", &it->before);
		figure_row(t, "item", it->key, "after", &it->after);
		figure_row(t, "item", it->key, "change", &it->change);
		figure_row(t, "item", it->key, "discrimination",
			   &it->discrimination);
	}
	for (size_t i = 0; i < v->nsatisfaction; i++) {
		figure_row(t, "satisfaction", v->satisfaction[i].key, "mean",
			   &v->satisfaction[i].mean);
		figure_row(t, "satisfaction", v->satisfaction[i].key, "top2",
			   &v->satisfaction[i].top);
	}
	if (v->overall.key)
		figure_row(t, "satisfaction", v->overall.key, "mean",
			   &v->overall.mean);
	for (size_t i = 0; i < v->nself; i++)
		figure_row(t, "self", v->self[i].key, "change",
			   &v->self[i].change);
	for (size_t i = 0; i < v->nneeds; i++)
		figure_row(t, "need", v->needs[i].skill, "mwds",
			   &v->needs[i].mwds);
}
