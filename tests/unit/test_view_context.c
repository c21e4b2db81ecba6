/*
 * test_view_context.c: what may stand where in a template, and how it is
 * escaped there.
 */
#include "check.h"
#include "view_case.h"

struct good {
	const char *name, *template, *want;
};

/* x is "a<b>&\"'", js "javascript:alert(1)", path "/p?a=1&b=2". */
static const char model[] =
	"{\"x\":\"a<b>&\\\"'\",\"js\":\"javascript:alert(1)\","
	"\"tab\":\" java\\tscript:alert(1)\",\"data\":\"data:text/html,x\","
	"\"up\":\"HTTPS://a.example/\",\"mail\":\"mailto:a@b\","
	"\"path\":\"/p?a=1&b=2\",\"late\":\"a/b:c\",\"yes\":true,"
	"\"many\":[{\"k\":1},{}],"
	"\"body_html\":\"<b>x</b>\",\"list\":[\"1\",\"2\"],\"none\":[]}";

static const struct good goods[] = {
	{ "text is escaped", "<p>{{x}}</p>",
	  "<p>a&lt;b&gt;&amp;&quot;&#39;</p>" },
	{ "a title is escaped", "<title>{{x}}</title>{{x}}",
	  "<title>a&lt;b&gt;&amp;&quot;&#39;</title>"
	  "a&lt;b&gt;&amp;&quot;&#39;" },
	{ "a textarea is escaped", "<textarea>{{x}}</textarea>",
	  "<textarea>a&lt;b&gt;&amp;&quot;&#39;</textarea>" },
	{ "a quoted attribute is escaped", "<p title=\"{{x}}\">",
	  "<p title=\"a&lt;b&gt;&amp;&quot;&#39;\">" },
	{ "single quotes are quotes", "<p title='{{x}}'>",
	  "<p title='a&lt;b&gt;&amp;&quot;&#39;'>" },
	{ "a javascript address becomes #", "<a href=\"{{js}}\">",
	  "<a href=\"#\">" },
	{ "so it does with a tab inside", "<a href=\"{{tab}}\">",
	  "<a href=\"#\">" },
	{ "so it does in capitals", "<a HREF = \"{{js}}\">",
	  "<a HREF = \"#\">" },
	{ "so it does in a form", "<form action=\"{{js}}\">",
	  "<form action=\"#\">" },
	{ "so it does in SVG", "<use xlink:href=\"{{js}}\"/>",
	  "<use xlink:href=\"#\"/>" },
	{ "a data address becomes #", "<img src=\"{{data}}\">",
	  "<img src=\"#\">" },
	{ "https passes in capitals", "<a href=\"{{up}}\">",
	  "<a href=\"HTTPS://a.example/\">" },
	{ "mailto passes", "<a href=\"{{mail}}\">", "<a href=\"mailto:a@b\">" },
	{ "a path passes escaped", "<a href=\"{{path}}\">",
	  "<a href=\"/p?a=1&amp;b=2\">" },
	{ "a colon behind a slash is no scheme", "<a href=\"{{late}}\">",
	  "<a href=\"a/b:c\">" },
	{ "behind a slash anything passes", "<a href=\"/x/{{js}}\">",
	  "<a href=\"/x/javascript:alert(1)\">" },
	{ "behind https: anything passes", "<a href=\"https:{{js}}\">",
	  "<a href=\"https:javascript:alert(1)\">" },
	{ "behind a value and a slash too", "<a href=\"{{path}}/{{x}}\">",
	  "<a href=\"/p?a=1&amp;b=2/a&lt;b&gt;&amp;&quot;&#39;\">" },
	{ "an address may be chosen by sections",
	  "<a href=\"{{#yes}}/a{{/yes}}{{^yes}}/b{{/yes}}\">",
	  "<a href=\"/a\">" },
	{ "what follows such a section is still checked",
	  "<a href=\"{{#none}}/a{{/none}}{{js}}\">", "<a href=\"#\">" },
	{ "a section may hold attributes",
	  "<input {{#yes}}checked{{/yes}} name=\"n\">",
	  "<input checked name=\"n\">" },
	{ "a section may follow the tag's name",
	  "<li{{#yes}} class=\"on\"{{/yes}}>", "<li class=\"on\">" },
	{ "a section may hold an attribute with a value",
	  "<li {{#yes}}class=\"{{x}}\"{{/yes}}>",
	  "<li class=\"a&lt;b&gt;&amp;&quot;&#39;\">" },
	{ "sections in an attribute make its text",
	  "<p class=\"a{{#list}} b{{.}}{{/list}}\">", "<p class=\"a b1 b2\">" },
	{ "raw text passes by its name", "<p>{{{body_html}}}</p>",
	  "<p><b>x</b></p>" },
	{ "and with an ampersand", "<p>{{& body_html }}</p>",
	  "<p><b>x</b></p>" },
	{ "an end tag in capitals ends a script",
	  "<script>if (a<b) {}</SCRIPT>{{x}}",
	  "<script>if (a<b) {}</SCRIPT>a&lt;b&gt;&amp;&quot;&#39;" },
	{ "a comment ends at once if it is empty", "<!-->{{yes}}",
	  "<!-->true" },
	{ "a doctype is no place, behind it is", "<!doctype html>{{yes}}",
	  "<!doctype html>true" },
	{ "a lone < is text", "1 < 2 {{yes}}", "1 < 2 true" },
	{ "a list can be asked for its first item",
	  "{{#list.0}}<ul>{{#list}}<li>{{.}}{{/list}}</ul>{{/list.0}}"
	  "{{#none.0}}x{{/none.0}}{{list.1}}{{list.2}}",
	  "<ul><li>1<li>2</ul>2" },
	{ "asking for the first item does not step into it",
	  "{{#many.0}}{{#many}}{{k}}{{/many}}{{^k}}none{{/k}}{{/many.0}}",
	  "1none" },
	{ "0 is a value and not false", "{{#list}}{{/list}}{{^z}}z{{/z}}",
	  "z" },
};

static const struct good bads[] = {
	{ "an unquoted value is refused", "\n<p title={{x}}>",
	  "case.mustache:2: x: put quotes" },
	{ "also behind its first letters", "<p title=a{{x}}>", "quotes" },
	{ "a tag's name is refused", "<{{x}}>", "behind \"<\"" },
	{ "an end tag's name is refused", "</{{x}}>", "behind \"<\"" },
	{ "part of a tag's name is refused", "<h{{x}}>", "name of a tag" },
	{ "an attribute's name is refused", "<p {{x}}=\"1\">", "attribute" },
	{ "part of an attribute's name is refused", "<p a{{x}}=\"1\">",
	  "attribute" },
	{ "a value before the name is refused", "<p {{x}}>", "attribute" },
	{ "a comment is refused", "<!-- {{x}} -->", "comment" },
	{ "a doctype is refused", "<!doctype {{x}}>", "declaration" },
	{ "a script is refused", "<script>var a = \"{{x}}\";</script>",
	  "<script>" },
	{ "a style element is refused", "<style>p{color:{{x}}}</style>",
	  "<style>" },
	{ "a script with another end tag in it is refused",
	  "<script>\"</style>\"{{x}}</script>", "<script>" },
	{ "onclick is refused", "<p onclick=\"{{x}}\">", "on*=" },
	{ "ONCLICK is refused", "<p ONCLICK=\"{{x}}\">", "on*=" },
	{ "style= is refused", "<p style=\"{{x}}\">", "style=" },
	{ "srcdoc= is refused", "<iframe srcdoc=\"{{x}}\">", "srcdoc=" },
	{ "srcset= is refused", "<img srcset=\"{{x}}\">", "srcset=" },
	{ "http-equiv= is refused", "<meta http-equiv=\"{{x}}\">",
	  "http-equiv=" },
	{ "a value behind part of a scheme is refused",
	  "<a href=\"java{{x}}\">", "scheme" },
	{ "a value behind a value is refused", "<a href=\"{{x}}{{x}}\">",
	  "scheme" },
	{ "a colon behind a value is refused", "<a href=\"{{x}}:a\">",
	  "https:" },
	{ "a javascript address is refused", "<a href=\"javascript:{{x}}\">",
	  "https:" },
	{ "an entity in a scheme is refused", "<a href=\"j&#97;va{{x}}\">",
	  "entities" },
	{ "repeating a value at the start is refused",
	  "<a href=\"{{#list}}{{.}}{{/list}}\">", "another place" },
	{ "a section from text into a tag is refused", "{{#yes}}<p {{/yes}}>",
	  "another place" },
	{ "a section from a tag into text is refused", "<p {{#yes}}>{{/yes}}",
	  "another place" },
	{ "a section into an attribute is refused",
	  "<p {{#yes}}title=\"{{/yes}}\">", "another place" },
	{ "a section into a script is refused",
	  "{{#yes}}<script>{{/yes}}</script>", "another place" },
	{ "a section that ends in \"=\" is refused",
	  "<p {{#yes}}title={{/yes}}\"a\">", "another place" },
	{ "a name joined over a section is refused",
	  "<p {{#yes}}on{{/yes}}click=\"{{x}}\">", "a blank" },
	{ "a name joined over a repetition is refused",
	  "<p {{#list}}click=\"{{.}}\" on{{/list}}>", "quoted value" },
	{ "also in a section within",
	  "<p {{#list}}click=\"{{.}}\" {{#yes}}on{{/yes}}{{/list}}>",
	  "quoted value" },
	{ "a tag's name joined over a section is refused",
	  "<scr{{#yes}}ipt{{/yes}}>", "a blank" },
	{ "a section inside a script is refused",
	  "<script>{{#yes}}a{{/yes}}</script>", "<script>" },
	{ "raw text of another name is refused", "{{{x}}}", "_html" },
	{ "raw text in an attribute is refused",
	  "<p title=\"{{{body_html}}}\">", "element text" },
	{ "raw text in a title is refused", "<title>{{{body_html}}}</title>",
	  "element text" },
	{ "a tag inside a title is refused",
	  "<title><script>{{x}}</script></title>", "no tags" },
	{ "a comment inside a script is refused",
	  "<script><!--<script></script>{{x}}</script>", "no comment" },
	{ "a page that ends inside a tag is refused", "<p", "ends inside" },
	{ "a quote in a tag is refused", "<p title\"{{x}}\">", "no name" },
	{ "a section not closed is refused", "{{#yes}}", "never closed" },
	{ "a section not opened is refused", "{{/yes}}", "no such section" },
	{ "sections that overlap are refused",
	  "{{#yes}}{{#list}}{{/yes}}{{/list}}", "\"list\"" },
	{ "a tag not closed is refused", "{{yes", "never closed" },
	{ "other delimiters are refused", "{{=| |=}}", "no such tag" },
	{ "a name with a blank is refused", "{{a b}}", "a name is made" },
};

int main(void)
{
	json_arena_install();
	view_case_begin();
	for (size_t i = 0; i < sizeof(goods) / sizeof(*goods); i++) {
		const char *got = view_case_render(goods[i].template, model);

		if (!CHECK_THAT(got && !strcmp(got, goods[i].want),
				goods[i].name))
			printf("# got %s %s\n", got ? got : "(refused)",
			       case_error);
	}
	for (size_t i = 0; i < sizeof(bads) / sizeof(*bads); i++) {
		const char *got = view_case_render(bads[i].template, model);

		if (!CHECK_THAT(!got && strstr(case_error, bads[i].want),
				bads[i].name))
			printf("# got %s\n", got ? got : case_error);
	}
	view_case_end();
	return check_done();
}
