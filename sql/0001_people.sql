-- 0001: who we know, where they work, what they may do.
--
-- Names sort and compare by utf8mb4_uca1400_as_ci (kana order; は = ハ, but
-- は and ぱ differ); codes compare byte by byte (utf8mb4_bin). Instants are
-- UTC; days are days in Japan. History never moves: a posting ends and a new
-- one begins, nothing is overwritten.

CREATE TABLE setting (
	name        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'dotted name, e.g. privacy.k_opinion',
	value       TEXT        NOT NULL COMMENT 'as text; the reader knows the unit',
	is_default  BOOLEAN     NOT NULL DEFAULT TRUE COMMENT '1: shipped value, shown as 標準設定（要編集）',
	changed_at  DATETIME(3) NULL COMMENT 'UTC'
) COMMENT 'what an administrator may change at run time';

CREATE TABLE unit (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(16)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'code of the city, text with leading zeros',
	kind        ENUM('bureau','department','section') NOT NULL COMMENT 'level in the organisation',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name, may be empty',
	parent_id   BIGINT       NULL COMMENT 'the unit above, NULL at the top',
	sort        INT          NOT NULL DEFAULT 0 COMMENT 'order of the organisation chart',
	valid_from  DATE         NOT NULL COMMENT 'first day, Japan',
	valid_to    DATE         NULL COMMENT 'last day, Japan; NULL: still there',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: 合成データ',
	CONSTRAINT unit_code UNIQUE (code, valid_from),
	CONSTRAINT unit_parent FOREIGN KEY (parent_id) REFERENCES unit (id),
	CONSTRAINT unit_days CHECK (valid_to IS NULL OR valid_to >= valid_from)
) COMMENT '所属: bureaus, departments, sections';

CREATE TABLE tier_scheme (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of the document it came from',
	fiscal_year INT          NOT NULL COMMENT 'first fiscal year it is used in',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name',
	adopted_on  DATE         NULL COMMENT 'day the city adopted it, Japan',
	is_default  BOOLEAN      NOT NULL DEFAULT TRUE COMMENT '1: shipped, shown as 標準設定（要編集）',
	CONSTRAINT tier_scheme_code UNIQUE (code, fiscal_year)
) COMMENT '階層の体系, versioned by fiscal year';

CREATE TABLE tier (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	scheme_id   BIGINT       NOT NULL COMMENT 'tier_scheme',
	code        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'T1...; the same tier keeps it over schemes',
	sort        INT          NOT NULL COMMENT '1: highest',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name',
	who         TEXT         NOT NULL COMMENT 'who belongs to it, Japanese',
	who_en      TEXT         NOT NULL DEFAULT '' COMMENT 'who belongs to it, English',
	role_text   TEXT         NOT NULL COMMENT 'expected role, Japanese, a line per point',
	role_text_en TEXT        NOT NULL DEFAULT '' COMMENT 'expected role, English',
	is_priority BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: core talent, trained with priority',
	headcount   INT          NULL COMMENT 'people, as the city states for the fiscal year',
	CONSTRAINT tier_code UNIQUE (scheme_id, code),
	CONSTRAINT tier_scheme_of FOREIGN KEY (scheme_id) REFERENCES tier_scheme (id)
) COMMENT '階層';

CREATE TABLE skill (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'M, B, D ...',
	sort        INT          NOT NULL COMMENT 'order on screens',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name',
	description TEXT         NOT NULL COMMENT 'what it covers, Japanese',
	description_en TEXT      NOT NULL DEFAULT '' COMMENT 'what it covers, English',
	CONSTRAINT skill_code UNIQUE (code)
) COMMENT 'スキル: axes with levels 0 to 4';

CREATE TABLE tier_skill (
	tier_id     BIGINT       NOT NULL COMMENT 'tier',
	skill_id    BIGINT       NOT NULL COMMENT 'skill',
	level       TINYINT      NOT NULL COMMENT 'expected level: 0 none, 1 knows, 2 with help, 3 alone, 4 can teach',
	PRIMARY KEY (tier_id, skill_id),
	CONSTRAINT tier_skill_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
	CONSTRAINT tier_skill_skill FOREIGN KEY (skill_id) REFERENCES skill (id),
	CONSTRAINT tier_skill_level CHECK (level BETWEEN 0 AND 4)
) COMMENT 'the level a tier is expected to have on a skill';

CREATE TABLE person (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	staff_number VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT '職員番号, text with leading zeros; NULL: external',
	family      VARCHAR(50)  NOT NULL COMMENT '氏',
	given       VARCHAR(50)  NOT NULL COMMENT '名',
	family_kana VARCHAR(50)  NOT NULL DEFAULT '' COMMENT '氏（カナ）, for sorting',
	given_kana  VARCHAR(50)  NOT NULL DEFAULT '' COMMENT '名（カナ）, for sorting',
	former_family VARCHAR(50) NOT NULL DEFAULT '' COMMENT '旧姓, may be empty',
	email       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'lower case; NULL: no mail',
	terminal    ENUM('portable','desktop') NOT NULL DEFAULT 'portable' COMMENT 'desktop: cannot be carried into the room',
	search_key  VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'text_search_key of name, kana and number',
	is_external BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: not staff, e.g. a trainer from outside',
	left_on     DATE         NULL COMMENT 'last day in office, Japan; NULL: in office',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: 合成データ',
	CONSTRAINT person_staff_number UNIQUE (staff_number),
	CONSTRAINT person_email UNIQUE (email),
	KEY person_kana (family_kana, given_kana, id)
) COMMENT '職員 and external people';

CREATE TABLE posting (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	person_id   BIGINT       NOT NULL COMMENT 'person',
	unit_id     BIGINT       NOT NULL COMMENT 'unit',
	tier_id     BIGINT       NOT NULL COMMENT 'tier',
	post        VARCHAR(100) NOT NULL DEFAULT '' COMMENT '職名, e.g. 課長',
	is_main     BOOLEAN      NOT NULL DEFAULT TRUE COMMENT '0: 兼務',
	is_head     BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: head of the unit 所属長',
	valid_from  DATE         NOT NULL COMMENT 'first day, Japan',
	valid_to    DATE         NULL COMMENT 'last day, Japan; NULL: open',
	CONSTRAINT posting_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT posting_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
	CONSTRAINT posting_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
	CONSTRAINT posting_once UNIQUE (person_id, unit_id, valid_from),
	CONSTRAINT posting_days CHECK (valid_to IS NULL OR valid_to >= valid_from),
	KEY posting_unit_days (unit_id, valid_from, valid_to)
) COMMENT '発令: person x unit x tier x post from day to day';

CREATE TABLE account (
	person_id   BIGINT       NOT NULL PRIMARY KEY COMMENT 'person',
	password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Argon2id string; NULL: cannot sign in',
	must_set    BOOLEAN      NOT NULL DEFAULT TRUE COMMENT '1: a new password is set at the next sign-in',
	language    ENUM('ja','en') NULL COMMENT 'chosen language; NULL: from the browser',
	failures    INT          NOT NULL DEFAULT 0 COMMENT 'wrong passwords in a row',
	locked_until DATETIME(3) NULL COMMENT 'UTC; NULL: not locked',
	password_at DATETIME(3)  NULL COMMENT 'UTC, last change',
	is_disabled BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: switched off by an administrator',
	CONSTRAINT account_person FOREIGN KEY (person_id) REFERENCES person (id)
) COMMENT 'what is needed to sign in';

CREATE TABLE signin (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	token_hash  BINARY(32)   NOT NULL COMMENT 'BLAKE2b of the cookie; the cookie itself is nowhere',
	person_id   BIGINT       NOT NULL COMMENT 'account',
	csrf        CHAR(43)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'token of every form',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	seen_at     DATETIME(3)  NOT NULL COMMENT 'UTC, last request, to the minute',
	ended_at    DATETIME(3)  NULL COMMENT 'UTC; signed out or timed out',
	address     VARCHAR(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'client address at sign-in',
	agent       VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'browser at sign-in',
	CONSTRAINT signin_token UNIQUE (token_hash),
	CONSTRAINT signin_account FOREIGN KEY (person_id) REFERENCES account (person_id),
	KEY signin_person (person_id, ended_at)
) COMMENT 'a browser that is or was signed in';

CREATE TABLE person_role (
	person_id   BIGINT       NOT NULL COMMENT 'person',
	role        ENUM('trainee','trainer','planner','head','admin') NOT NULL COMMENT 'what they may do',
	granted_by  BIGINT       NULL COMMENT 'person; NULL: by import',
	granted_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	PRIMARY KEY (person_id, role),
	CONSTRAINT person_role_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT person_role_granter FOREIGN KEY (granted_by) REFERENCES person (id)
) COMMENT 'roles; a head acts for the units where a posting says is_head';
