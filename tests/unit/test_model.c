/*
 * test_model.c: what goes into a model comes out of its JSON.
 */
#include "check.h"
#include "view/model.h"

#include <stdlib.h>

static void check_json(json_t *m, const char *want)
{
	char *got = json_dumps(m, JSON_COMPACT | JSON_ENSURE_ASCII);

	CHECK_TEXT(got, want);
	free(got);      /* allowed: a test */
	json_decref(m); /* allowed: a test */
}

int main(void)
{
	json_t *m = json_object(), *list;

	model_text(m, "none", NULL);
	model_text(m, "text", "寺");
	model_text(m, "broken", "a\xff\xe3\x81z");
	model_int(m, "int", INT64_MAX);
	model_real(m, "real", 0.5);
	model_real(m, "nan", NAN);
	model_real(m, "inf", HUGE_VAL);
	model_bool(m, "yes", true);
	model_format(m, "made", "%d/%d", 3, 9);
	check_json(m, "{\"none\":null,\"text\":\"\\u5BFA\","
		      "\"broken\":\"a\\uFFFD\\uFFFD\\uFFFDz\","
		      "\"int\":9223372036854775807,\"real\":0.5,"
		      "\"nan\":null,\"inf\":null,\"yes\":true,"
		      "\"made\":\"3/9\"}");

	m = json_object();
	list = model_list(m, "list");
	model_text(model_item(list), "a", "1");
	model_item_text(model_list(m, "list"), "two");
	model_item_real(list, NAN);
	model_int(model_object(m, "o"), "x", 1);
	model_int(model_object(m, "o"), "y", 2);
	check_json(m, "{\"list\":[{\"a\":\"1\"},\"two\",null],"
		      "\"o\":{\"x\":1,\"y\":2}}");
	return check_done();
}
