/* Holds the library and the header-only lookups to bindings/vectors.json, all of it. */
#include <aerocodes.h>
#include <aerocodes_tables.h>

#include "check.h"
#include "json.h"

#define ROW(condition) check((condition) ? 1 : 0, __FILE__, __LINE__, "%s:%d: %s", aerocodes_dialect_key(dialect), value, #condition)

static const struct json *root;

static const struct json *section(const char *name)
{
    const struct json *s = json_get(root, name);
    if (!s || s->count == 0)
        json_fault(name);
    return s;
}

static int32_t dialect_of(const struct json *key)
{
    const int32_t d = aerocodes_dialect(json_text(key));
    check(d >= 0, __FILE__, __LINE__, "no dialect %s", json_text(key));
    return d;
}

static const char *release(aerocodes_release r, char *buffer)
{
    return r == AEROCODES_RELEASE_NONE ? NULL : (aerocodes_release_text(r, buffer, 24), buffer);
}

/* Lists of names by id. */
static void names_by_id(const char *name, int32_t first, int32_t count, const char *(*get)(int32_t))
{
    const struct json *list = section(name), *node = list->child;
    int32_t i;
    CHECK((int32_t)list->count == count);
    for (i = 0; node; node = node->next, i++)
        check(same(get(first + i), json_text(node)), __FILE__, __LINE__, "%s %d is %s", name, first + i, json_text(node));
    CHECK(get(first - 1) == NULL || first == 0);
    CHECK(get(-1) == NULL);
    CHECK(get(first + count) == NULL);
    tested(name);
}

static void lookups(void)
{
    const struct json *row;
    for (row = section("lookups")->child; row; row = row->next) {
        const int32_t dialect = dialect_of(json_at(row, 0));
        const int32_t value = (int32_t)json_at(row, 1)->number;
        const char *name = json_text(json_at(row, 2));
        const int32_t condition = (int32_t)json_at(row, 3)->number;
        const char *category = json_text(json_at(row, 4));
        const struct json *answers = json_at(row, 10);
        char buffer[24];
        aerocodes_reading r = {0};
        r.size = sizeof r;

        ROW(aerocodes_lookup(dialect, value, &r) == condition);
        ROW(r.size == sizeof r);
        ROW(r.dialect == dialect && r.value == value && r.condition == condition);
        ROW(same(r.name, name));
        ROW(same(aerocodes_category_key(r.category), category));
        ROW(same(aerocodes_origin_key(r.origin), json_text(json_at(row, 5))));
        ROW(same(aerocodes_edition_key(r.edition), json_text(json_at(row, 6))));
        ROW(same(release(r.since, buffer), json_text(json_at(row, 7))));
        ROW(same(release(r.until, buffer), json_text(json_at(row, 8))));
        ROW(!!(r.flags & AEROCODES_READING_PRIMARY) == json_at(row, 9)->number);
        ROW(!!(r.flags & AEROCODES_READING_RETIRED) == (json_at(row, 8)->kind == 's'));
        ROW(r.flags & AEROCODES_READING_KNOWN);
        ROW(same(aerocodes_answer_key(r.retryable), json_text(json_at(answers, 0))));
        ROW(same(aerocodes_answer_key(r.maybe_applied), json_text(json_at(answers, 1))));
        ROW(same(aerocodes_answer_key(r.retryable_not_applied), json_text(json_at(answers, 2))));

        ROW(same(aerocodes_name(dialect, value), name));
        ROW(aerocodes_condition(dialect, value) == condition);
        ROW(aerocodes_category(dialect, value) == r.category);
        ROW(same(aerocodes_summary(dialect, value), aerocodes_condition_summary(condition)));
        ROW(aerocodes_summary(dialect, value) != NULL);
        ROW(aerocodes_retryable(dialect, value) == r.retryable);
        ROW(aerocodes_maybe_applied(dialect, value) == r.maybe_applied);
        ROW(aerocodes_retryable_not_applied(dialect, value) == r.retryable_not_applied);

        ROW(same(aerocodes_inline_name(dialect, value), name));
        ROW(aerocodes_inline_condition(dialect, value) == condition);
        ROW(same(aerocodes_inline_category_key(aerocodes_inline_category(dialect, value)), category));
        ROW(same(aerocodes_answer_key(aerocodes_inline_retryable(dialect, value)), json_text(json_at(answers, 0))));
        ROW(same(aerocodes_answer_key(aerocodes_inline_maybe_applied(dialect, value)), json_text(json_at(answers, 1))));
        ROW(same(aerocodes_answer_key(aerocodes_inline_retryable_not_applied(dialect, value)), json_text(json_at(answers, 2))));
        ROW(same(aerocodes_inline_condition_name(condition), aerocodes_condition_name(condition)));
        ROW(same(aerocodes_inline_summary(dialect, value), aerocodes_summary(dialect, value)));
        ROW(same(aerocodes_inline_dialect_key(dialect), json_text(json_at(row, 0))));
    }
    tested("lookups");
}

static void at(void)
{
    const struct json *row;
    for (row = section("at")->child; row; row = row->next) {
        const int32_t dialect = dialect_of(json_at(row, 0));
        const int32_t value = (int32_t)json_at(row, 1)->number;
        aerocodes_reading r = {0};
        r.size = sizeof r;
        ROW(aerocodes_lookup_at(dialect, value, aerocodes_release_parse(json_text(json_at(row, 2))), &r) == json_at(row, 4)->number);
        ROW(same(r.name, json_text(json_at(row, 3))));
        ROW(r.condition == json_at(row, 4)->number);
    }
    tested("at");
}

static void unknown(void)
{
    const struct json *row;
    for (row = section("unknown")->child; row; row = row->next) {
        const int32_t dialect = dialect_of(json_at(row, 0));
        const int32_t value = (int32_t)json_at(row, 1)->number;
        const char *category = json_text(json_at(row, 2));
        aerocodes_reading r = {0};
        r.size = sizeof r;
        ROW(aerocodes_lookup(dialect, value, &r) == 0);
        ROW(r.value == value && r.dialect == dialect && r.flags == 0 && !r.name && !r.summary && !r.erratum);
        ROW(r.since == AEROCODES_RELEASE_NONE && r.until == AEROCODES_RELEASE_NONE && r.introduced == AEROCODES_RELEASE_NONE);
        ROW(r.retryable == 0 && r.maybe_applied == 0 && r.retryable_not_applied == 0 && r.origin == AEROCODES_ORIGIN_UNKNOWN);
        ROW(same(aerocodes_category_key(r.category), category));
        ROW(aerocodes_name(dialect, value) == NULL && aerocodes_inline_name(dialect, value) == NULL);
        ROW(same(aerocodes_category_key(aerocodes_inline_category(dialect, value)), category));
        ROW(aerocodes_code_readings(dialect, value, NULL, 0) == 0);
    }
    tested("unknown");
}

static void translations(void)
{
    const struct json *row;
    for (row = section("translations")->child; row; row = row->next) {
        const int32_t dialect = dialect_of(json_at(row, 0));
        const int32_t value = (int32_t)json_at(row, 1)->number;
        int32_t to;
        for (to = 0; to < aerocodes_dialect_count(); to++) {
            const struct json *want = json_get(json_at(row, 2), aerocodes_dialect_key(to));
            aerocodes_translation t = {0};
            uint32_t i;
            t.size = sizeof t;
            ROW(aerocodes_translate(dialect, value, to, &t) == t.kind);
            ROW(same(aerocodes_translation_key(t.kind), want ? json_text(json_at(want, 0)) : "none"));
            ROW(t.count == (want ? json_at(want, 1)->count : 0));
            for (i = 0; want && i < t.count; i++)
                ROW(t.values[i] == json_at(json_at(want, 1), i)->number);
            ROW(t.reason && *t.reason);
        }
    }
    tested("translations");
}

static void advice(void)
{
    const struct json *row;
    for (row = section("advice")->child; row; row = row->next) {
        const int32_t dialect = dialect_of(json_at(row, 0));
        const int32_t value = (int32_t)json_at(row, 1)->number;
        const struct json *of_operation = json_at(row, 2)->child;
        int32_t operation;
        for (operation = 0; of_operation; of_operation = of_operation->next, operation++) {
            const struct json *want = of_operation->child;
            int32_t in_doubt;
            for (in_doubt = -1; want; want = want->next, in_doubt++) {
                aerocodes_advice a = {0};
                const char *letters = json_text(want);
                a.size = sizeof a;
                ROW(aerocodes_advise(dialect, value, operation, in_doubt, &a) == a.retryable);
                ROW(aerocodes_answer_key(a.retryable)[0] == letters[0]);
                ROW(aerocodes_answer_key(a.maybe_applied)[0] == letters[1]);
                ROW(aerocodes_answer_key(a.retryable_not_applied)[0] == letters[2]);
                ROW(a.rule && *a.rule);
                ROW(!!a.reason == !!a.condition);
            }
            ROW(in_doubt == 2);
        }
        ROW(operation == aerocodes_operation_count());
    }
    tested("advice");
}

static void names(void)
{
    static aerocodes_reading found[256];
    const struct json *row;
    for (row = section("names")->child; row; row = row->next) {
        const char *name = json_text(json_at(row, 0));
        const struct json *want = json_at(row, 1)->child;
        size_t n, i;
        found[0].size = sizeof found[0];
        n = aerocodes_find(name, found, 256);
        check(n == json_at(row, 1)->count, __FILE__, __LINE__, "%s is found %d times", name, (int)n);
        for (i = 0; want && i < n && i < 256; i++, want = want->next) {
            const int32_t dialect = dialect_of(json_at(want, 0)), value = found[i].value;
            ROW(found[i].dialect == dialect && value == json_at(want, 1)->number);
            ROW(same(found[i].name, name));
        }
    }
    tested("names");
}

static void readings(void)
{
    static aerocodes_reading found[256];
    const struct json *row;
    for (row = section("readings")->child; row; row = row->next) {
        const int32_t value = (int32_t)json_at(row, 0)->number;
        size_t n, i;
        found[0].size = sizeof found[0];
        n = aerocodes_readings(value, found, 256);
        check(n == (size_t)json_at(row, 1)->number, __FILE__, __LINE__, "%d has %d readings", value, (int)n);
        CHECK(aerocodes_readings(value, NULL, 0) == n);
        for (i = 0; i < n && i < 256; i++)
            CHECK(found[i].value == value && (found[i].flags & AEROCODES_READING_KNOWN) && found[i].size == sizeof found[0]);
    }
    tested("readings");
}

static void searches(void)
{
    const struct json *list = json_get(root, "searches"), *row;
    CHECK(list != NULL);
    for (row = list ? list->child : NULL; row; row = row->next) {
        const char *words = json_text(json_at(row, 0)), *want = json_text(json_at(row, 1));
        int32_t best = 0;
        aerocodes_search(words, &best, 1);
        check(same(aerocodes_condition_name(best), want), __FILE__, __LINE__, "%s finds %s, not %s", words,
              aerocodes_condition_name(best), want);
    }
    CHECK(aerocodes_search("device overload", NULL, 0) > 0);
    tested("searches");
}

/* The header answers as the library does, for every dialect (and two that there are not) and every number in reach. */
static void both(void)
{
    int32_t dialect, value, i;
    for (dialect = -1; dialect <= aerocodes_dialect_count(); dialect++) {
        for (i = -3001; i <= 33000; i++) {
            value = i == -3001 ? INT32_MIN : i == 33000 ? INT32_MAX : i;
            ROW(aerocodes_inline_name(dialect, value) == NULL ? aerocodes_name(dialect, value) == NULL
                                                              : same(aerocodes_name(dialect, value), aerocodes_inline_name(dialect, value)));
            ROW(aerocodes_inline_condition(dialect, value) == aerocodes_condition(dialect, value));
            ROW(aerocodes_inline_category(dialect, value) == aerocodes_category(dialect, value));
        }
    }
    for (i = -2; i <= aerocodes_condition_count() + 2; i++) {
        CHECK(same(aerocodes_inline_condition_name(i), aerocodes_condition_name(i)));
        CHECK(same(aerocodes_inline_condition_summary(i), aerocodes_condition_summary(i)));
        CHECK(aerocodes_inline_condition_category(i) == aerocodes_condition_category(i));
        CHECK(aerocodes_inline_condition_retryable(i) == aerocodes_condition_retryable(i));
        CHECK(aerocodes_inline_condition_maybe_applied(i) == aerocodes_condition_maybe_applied(i));
        CHECK(aerocodes_inline_condition_retryable_not_applied(i) == aerocodes_condition_retryable_not_applied(i));
        CHECK(same(aerocodes_inline_category_key(i), aerocodes_category_key(i)));
        CHECK(same(aerocodes_inline_dialect_key(i), aerocodes_dialect_key(i)));
    }
    tested("header and library answer alike");
}

/* decode gives what condition gives. */
static void decode(void)
{
    enum { count = 4000 };
    static int32_t values[count];
    static uint8_t ids[count];
    int32_t dialect, i;
    for (dialect = 0; dialect < aerocodes_dialect_count(); dialect++) {
        for (i = 0; i < count; i++)
            values[i] = i % 7 == 0 ? (i % 2 ? INT32_MAX - i : INT32_MIN + i) : i - 300;
        CHECK(aerocodes_decode(dialect, values, count, ids) == count);
        for (i = 0; i < count; i++) {
            const int32_t value = values[i];
            ROW(ids[i] == aerocodes_condition(dialect, value));
        }
    }
    tested("decode");
}

static const char *const checked[] = {"_",       "about",        "dialects", "conditions", "operations", "categories", "lookups",
                                      "at",      "unknown",      "translations", "advice", "names",      "readings",   "searches"};

int main(int argc, char **argv)
{
    char *memory;
    const struct json *s;
    size_t i;
    if (argc != 2) {
        fprintf(stderr, "usage: vectors VECTORS.JSON\n");
        return 2;
    }
    root = json_read(argv[1], &memory);
    names_by_id("dialects", 0, aerocodes_dialect_count(), aerocodes_dialect_key);
    names_by_id("conditions", 1, aerocodes_condition_count(), aerocodes_condition_name);
    names_by_id("operations", 0, aerocodes_operation_count(), aerocodes_operation_key);
    names_by_id("categories", 0, aerocodes_category_count(), aerocodes_category_key);
    lookups();
    at();
    unknown();
    translations();
    advice();
    names();
    readings();
    searches();
    both();
    decode();
    for (s = root->child; s; s = s->next) {
        for (i = 0; i < sizeof checked / sizeof *checked && strcmp(s->key, checked[i]) != 0; i++)
            continue;
        if (i == sizeof checked / sizeof *checked) {
            printf("SKIPPED the section %s: this program does not know it\n", s->key);
            tally.skipped++;
        }
    }
    json_free();
    free(memory);
    return finished("vectors");
}
