#include "pages/choices.h"

#include "base/text.h"
#include "view/model.h"

json_t *choice_list(json_t *m, const char *key, const char *label)
{
	json_t *select = model_object(m, key);

	model_text(select, "id", key);
	model_text(select, "name", key);
	model_text(select, "label", label);
	model_null(select, "hint");
	model_null(select, "error");
	model_bool(select, "must", false);
	model_list(select, "options");
	return select;
}

void option_add(json_t *options, const char *value, const char *label,
		bool chosen)
{
	json_t *option = model_item(options);

	model_text(option, "value", value);
	model_text(option, "label", label);
	model_bool(option, "chosen", chosen);
}

void choice_add(json_t *select, const char *value, const char *label,
		const char *chosen)
{
	option_add(model_list(select, "options"), value, label,
		   text_equals(value, chosen));
}
