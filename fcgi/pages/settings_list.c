#include "pages/settings_list.h"

#include "base/date.h"
#include "base/text.h"
#include "view/texts.h"

#include <string.h>

const struct setting_rule setting_rules[] = {
	{ "city.name", TEXT_KEY("settings.group_city"),
	  TEXT_KEY("settings.city_name"), TEXT_KEY("settings.city_name_hint"),
	  SETTING_TEXT, 1, 100 },
	{ "city.name_en", TEXT_KEY("settings.group_city"),
	  TEXT_KEY("settings.city_name_en"),
	  TEXT_KEY("settings.city_name_en_hint"), SETTING_TEXT, 1, 100 },
	{ "privacy.k_score", TEXT_KEY("settings.group_privacy"),
	  TEXT_KEY("settings.privacy_k_score"),
	  TEXT_KEY("settings.privacy_k_score_hint"), SETTING_INT, 3, 50 },
	{ "privacy.k_opinion", TEXT_KEY("settings.group_privacy"),
	  TEXT_KEY("settings.privacy_k_opinion"),
	  TEXT_KEY("settings.privacy_k_opinion_hint"), SETTING_INT, 5, 100 },
	{ "survey.default_mode", TEXT_KEY("settings.group_privacy"),
	  TEXT_KEY("settings.survey_default_mode"),
	  TEXT_KEY("settings.survey_default_mode_hint"), SETTING_MODE, 0, 0 },
	{ "password.min_length", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.password_min_length"),
	  TEXT_KEY("settings.password_min_length_hint"), SETTING_INT, 8, 64 },
	{ "password.kinds", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.password_kinds"),
	  TEXT_KEY("settings.password_kinds_hint"), SETTING_INT, 0, 4 },
	{ "password.max_age_days", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.password_max_age_days"),
	  TEXT_KEY("settings.password_max_age_days_hint"), SETTING_INT, 0,
	  3650 },
	{ "signin.lock_failures", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.signin_lock_failures"),
	  TEXT_KEY("settings.signin_lock_failures_hint"), SETTING_INT, 3, 100 },
	{ "signin.lock_minutes", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.signin_lock_minutes"),
	  TEXT_KEY("settings.signin_lock_minutes_hint"), SETTING_INT, 1, 1440 },
	{ "signin.idle_minutes", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.signin_idle_minutes"),
	  TEXT_KEY("settings.signin_idle_minutes_hint"), SETTING_INT, 5, 480 },
	{ "signin.warn_minutes", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.signin_warn_minutes"),
	  TEXT_KEY("settings.signin_warn_minutes_hint"), SETTING_INT, 1, 30 },
	{ "signin.max_hours", TEXT_KEY("settings.group_signin"),
	  TEXT_KEY("settings.signin_max_hours"),
	  TEXT_KEY("settings.signin_max_hours_hint"), SETTING_INT, 1, 72 },
	{ "session.default_seats", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.session_default_seats"),
	  TEXT_KEY("settings.session_default_seats_hint"), SETTING_INT, 1,
	  1000 },
	{ "booking.unit_per_day", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.booking_unit_per_day"),
	  TEXT_KEY("settings.booking_unit_per_day_hint"), SETTING_INT, 0,
	  1000 },
	{ "booking.reminder_days", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.booking_reminder_days"),
	  TEXT_KEY("settings.booking_reminder_days_hint"), SETTING_INT, 0, 30 },
	{ "attendance.max_missed_share", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.attendance_max_missed_share"),
	  TEXT_KEY("settings.attendance_max_missed_share_hint"), SETTING_SHARE,
	  0, 1 },
	{ "room.day_start", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.room_day_start"),
	  TEXT_KEY("settings.room_day_start_hint"), SETTING_CLOCK, 0, 0 },
	{ "room.day_end", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.room_day_end"),
	  TEXT_KEY("settings.room_day_end_hint"), SETTING_CLOCK, 0, 0 },
	{ "contract.first_day", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.contract_first_day"),
	  TEXT_KEY("settings.contract_first_day_hint"), SETTING_DAY, 0, 0 },
	{ "contract.last_day", TEXT_KEY("settings.group_training"),
	  TEXT_KEY("settings.contract_last_day"),
	  TEXT_KEY("settings.contract_last_day_hint"), SETTING_DAY, 0, 0 },
	{ "finding.item_correct_below", TEXT_KEY("settings.group_finding"),
	  TEXT_KEY("settings.finding_item_correct_below"),
	  TEXT_KEY("settings.finding_item_correct_below_hint"), SETTING_SHARE,
	  0, 1 },
	{ "finding.gain_below", TEXT_KEY("settings.group_finding"),
	  TEXT_KEY("settings.finding_gain_below"),
	  TEXT_KEY("settings.finding_gain_below_hint"), SETTING_SHARE, 0, 1 },
	{ "finding.satisfaction_below", TEXT_KEY("settings.group_finding"),
	  TEXT_KEY("settings.finding_satisfaction_below"),
	  TEXT_KEY("settings.finding_satisfaction_below_hint"), SETTING_SHARE,
	  1, 5 },
	{ "finding.return_below", TEXT_KEY("settings.group_finding"),
	  TEXT_KEY("settings.finding_return_below"),
	  TEXT_KEY("settings.finding_return_below_hint"), SETTING_SHARE, 0, 1 },
	{ "plan.first_year", TEXT_KEY("settings.group_plan"),
	  TEXT_KEY("settings.plan_first_year"),
	  TEXT_KEY("settings.plan_first_year_hint"), SETTING_INT, 2000, 2100 },
	{ .name = NULL },
};

static bool is_clock(const char *v)
{
	return strlen(v) == 5 && v[0] >= '0' && v[0] <= '2' && v[1] >= '0' &&
	       v[1] <= (v[0] == '2' ? '3' : '9') && v[2] == ':' &&
	       v[3] >= '0' && v[3] <= '5' && v[4] >= '0' && v[4] <= '9';
}

bool setting_fits(const struct setting_rule *rule, const char *value)
{
	const size_t length = text_length(value);
	struct date day;
	int64_t n;
	double x;

	switch (rule->kind) {
	case SETTING_TEXT:
		return (double)length >= rule->min &&
		       (double)length <= rule->max && !strchr(value, '\n');
	case SETTING_INT:
		return text_to_i64(value, (int64_t)rule->min,
				   (int64_t)rule->max, &n);
	case SETTING_SHARE:
		return text_to_f64(value, &x) && x >= rule->min &&
		       x <= rule->max;
	case SETTING_DAY:
		return date_parse(value, &day);
	case SETTING_CLOCK:
		return is_clock(value);
	case SETTING_MODE:
		return !strcmp(value, "named") || !strcmp(value, "paired") ||
		       !strcmp(value, "unlinked");
	}
	return false;
}
