/*
 * What the vectors do not reach: wrong input, buffers, structures of other releases, text, threads, signals, before main.
 * Also the ABI's belt: sizes and offsets on 64-bit systems.
 */
#include <aerocodes.h>
#include <aerocodes_tables.h>

#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>

#define ABI(condition) extern char abi_holds[(condition) ? 1 : -1]

#if UINTPTR_MAX == UINT64_MAX
ABI(sizeof(aerocodes_reading) == 96 && offsetof(aerocodes_reading, since) == 32 && offsetof(aerocodes_reading, flags) == 92);
ABI(sizeof(aerocodes_advice) == 40 && offsetof(aerocodes_advice, retryable) == 24);
ABI(sizeof(aerocodes_translation) == 88 && offsetof(aerocodes_translation, values) == 24);
ABI(sizeof(aerocodes_finding) == 136 && offsetof(aerocodes_finding, dialect) == 96);
#endif
ABI(offsetof(aerocodes_reading, size) == 0 && offsetof(aerocodes_advice, size) == 0);
ABI(offsetof(aerocodes_translation, size) == 0 && offsetof(aerocodes_finding, size) == 0);

static const int32_t odd[] = {INT32_MIN, INT32_MIN + 1, -65536, -257, -256, -1, 13, 14, 15, 16, 17, 178, 179, 255, 256, 257, 65535, 65536, 65537, INT32_MAX};
enum { odds = sizeof odd / sizeof *odd };
static const char *const not_utf8[] = {"\xff", "TIMEOUT\xc3", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80", "java:\xfe"};

/* Every function of one, two and three integers takes every integer. */
static void any_integer(void)
{
    static const char *(*const of_one[])(int32_t) = {
        aerocodes_condition_name,   aerocodes_condition_summary, aerocodes_condition_keywords, aerocodes_condition_cause,
        aerocodes_condition_remedy, aerocodes_condition_reason,  aerocodes_condition_sources,  aerocodes_condition_docs,
        aerocodes_dialect_key,      aerocodes_dialect_title,     aerocodes_dialect_software,   aerocodes_dialect_repository,
        aerocodes_dialect_errata,   aerocodes_category_key,      aerocodes_category_title,     aerocodes_operation_key,
        aerocodes_operation_title,
    };
    size_t i, j, k;
    for (i = 0; i < odds; i++) {
        const int32_t x = odd[i];
        for (j = 0; j < sizeof of_one / sizeof *of_one; j++) {
            const char *text = of_one[j](x);
            CHECK(text == NULL || (*text && strlen(text) < 100000));
            if (x < 0 || x > 178)
                CHECK(text == NULL);
        }
        CHECK(aerocodes_answer_key(x) && aerocodes_origin_key(x) && aerocodes_edition_key(x) && aerocodes_translation_key(x));
        CHECK(aerocodes_dialect_kind(x) == (x >= 0 && x < aerocodes_dialect_count() ? aerocodes_dialect_kind(x) : -1));
        if (x < 1 || x > aerocodes_condition_count()) {
            CHECK(aerocodes_condition_category(x) == 0 && aerocodes_condition_origin(x) == 0 && aerocodes_condition_edition(x) == 0);
            CHECK(aerocodes_condition_retryable(x) == 0 && aerocodes_condition_maybe_applied(x) == 0);
            CHECK(aerocodes_condition_retryable_not_applied(x) == 0);
            CHECK(aerocodes_condition_readings(x, NULL, 0) == 0 && aerocodes_subcodes(x, NULL, 0) == 0);
        }
        if (x < 0 || x >= aerocodes_dialect_count()) {
            CHECK(aerocodes_dialect_first_release(x) == AEROCODES_RELEASE_NONE);
            CHECK(aerocodes_dialect_last_release(x) == AEROCODES_RELEASE_NONE);
            CHECK(aerocodes_dialect_readings(x, NULL, 0) == 0);
        }
        CHECK(aerocodes_readings(x, NULL, 0) < 100);
        for (j = 0; j < odds; j++) {
            const int32_t y = odd[j];
            aerocodes_reading r = {0};
            r.size = sizeof r;
            CHECK(aerocodes_lookup(x, y, &r) == r.condition && r.dialect == x && r.value == y);
            CHECK(aerocodes_lookup_at(x, y, (aerocodes_release)y, &r) == r.condition && r.dialect == x && r.value == y);
            CHECK(same(aerocodes_name(x, y), aerocodes_inline_name(x, y)));
            CHECK(aerocodes_category(x, y) == aerocodes_inline_category(x, y));
            CHECK(aerocodes_folds(x, y, NULL, 0) < 100 && aerocodes_code_readings(x, y, NULL, 0) < 100);
            CHECK(aerocodes_subcode_name(x, (uint32_t)y) == NULL || (x >= 1 && x <= 178));
            CHECK(aerocodes_subcode_summary(x, (uint32_t)y) == NULL || (x >= 1 && x <= 178));
            for (k = 0; k < odds; k++) {
                aerocodes_advice a = {0};
                aerocodes_translation t = {0};
                a.size = sizeof a;
                t.size = sizeof t;
                CHECK(aerocodes_advise(x, 9, y, odd[k], &a) == a.retryable && a.retryable >= 0 && a.retryable <= 3);
                if (y < 0 || y >= aerocodes_operation_count())
                    CHECK(a.retryable == 0 && a.maybe_applied == 0 && a.retryable_not_applied == 0 && !a.rule);
                CHECK(aerocodes_translate(x, y, odd[k], &t) == t.kind && t.count <= AEROCODES_TRANSLATION_MAX);
            }
        }
    }
    tested("any integer");
}

static void null_and_not_utf8(void)
{
    int32_t d = 77, v = 78, ids[4];
    uint8_t bytes[4] = {9, 9, 9, 9};
    const int32_t values[4] = {9, 2, 88, -8};
    size_t i;
    CHECK(aerocodes_dialect(NULL) == -1 && aerocodes_operation(NULL) == -1 && aerocodes_condition_by_name(NULL) == 0);
    CHECK(aerocodes_find(NULL, NULL, 9) == 0 && aerocodes_search(NULL, NULL, 9) == 0);
    CHECK(aerocodes_parse(NULL, &d, &v) == AEROCODES_PARSE_EMPTY && d == 77 && v == 78);
    CHECK(aerocodes_release_parse(NULL) == AEROCODES_RELEASE_NONE);
    CHECK(aerocodes_recognize(NULL, 100, NULL, 100) == 0 && aerocodes_recognize(NULL, AEROCODES_NUL_TERMINATED, NULL, 0) == 0);
    CHECK(aerocodes_lookup(0, 9, NULL) > 0 && aerocodes_lookup_at(0, 9, 0, NULL) >= 0);
    CHECK(aerocodes_advise(0, 9, 0, 0, NULL) > 0 && aerocodes_translate(0, 9, 1, NULL) == AEROCODES_TRANSLATION_EXACT);
    CHECK(aerocodes_readings(9, NULL, 50) == aerocodes_readings(9, NULL, 0));
    CHECK(aerocodes_decode(0, NULL, 4, bytes) == 0 && aerocodes_decode(0, values, 4, NULL) == 0 && bytes[0] == 9);
    CHECK(aerocodes_decode(0, values, 0, bytes) == 0 && aerocodes_decode(0, values, SIZE_MAX, bytes) == 0 && bytes[0] == 9);
    CHECK(aerocodes_decode(99, values, 4, bytes) == 4 && bytes[0] == 0 && bytes[3] == 0);
    CHECK(aerocodes_parse("java:9", NULL, NULL) == AEROCODES_PARSE_OK);
    for (i = 0; i < sizeof not_utf8 / sizeof *not_utf8; i++) {
        CHECK(aerocodes_dialect(not_utf8[i]) == -1 && aerocodes_operation(not_utf8[i]) == -1);
        CHECK(aerocodes_condition_by_name(not_utf8[i]) == 0 && aerocodes_find(not_utf8[i], NULL, 0) == 0);
        CHECK(aerocodes_search(not_utf8[i], ids, 4) == 0 && aerocodes_release_parse(not_utf8[i]) == AEROCODES_RELEASE_NONE);
        CHECK(aerocodes_parse(not_utf8[i], &d, &v) == AEROCODES_PARSE_UNKNOWN_NAME && d == 77 && v == 78);
    }
    CHECK(aerocodes_find("", NULL, 0) == 0 && aerocodes_search("", NULL, 0) == 0 && aerocodes_condition_by_name("") == 0);
    CHECK(aerocodes_dialect("") == -1 && aerocodes_recognize("", 0, NULL, 0) == 0);
    tested("NULL and texts that are not UTF-8");
}

static void parse(void)
{
    static const struct {
        const char *text;
        int32_t result, dialect, value;
    } cases[] = {
        {"java:-8", AEROCODES_PARSE_OK, AEROCODES_DIALECT_JAVA, -8},
        {"server:0x16", AEROCODES_PARSE_OK, AEROCODES_DIALECT_SERVER, 22},
        {"legacy:602", AEROCODES_PARSE_OK, AEROCODES_DIALECT_NODEJS_1_0, 602},
        {"AS_ERR_TIMEOUT", AEROCODES_PARSE_OK, AEROCODES_DIALECT_SERVER, AEROCODES_SERVER_AS_ERR_TIMEOUT},
        {"server:-2147483648", AEROCODES_PARSE_OK, AEROCODES_DIALECT_SERVER, INT32_MIN},
        {"", AEROCODES_PARSE_EMPTY, 77, 78},
        {"java:", AEROCODES_PARSE_MISSING_VALUE, 77, 78},
        {"cobol:4", AEROCODES_PARSE_UNKNOWN_DIALECT, 77, 78},
        {"java:2147483648", AEROCODES_PARSE_OUT_OF_RANGE, 77, 78},
        {"-8", AEROCODES_PARSE_NO_DIALECT, 77, 78},
        {"NO_SUCH_NAME", AEROCODES_PARSE_UNKNOWN_NAME, 77, 78},
        {"KEY_BUSY", AEROCODES_PARSE_AMBIGUOUS, 77, 78},
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t d = 77, v = 78;
        const int32_t result = aerocodes_parse(cases[i].text, &d, &v);
        check(result == cases[i].result && d == cases[i].dialect && v == cases[i].value, __FILE__, __LINE__, "%s is %d %d:%d",
              cases[i].text, result, d, v);
    }
    CHECK(aerocodes_dialect("JAVA") == AEROCODES_DIALECT_JAVA && aerocodes_dialect("legacy") == AEROCODES_DIALECT_NODEJS_1_0);
    CHECK(aerocodes_operation("Idempotent_Write") == AEROCODES_OPERATION_IDEMPOTENT_WRITE);
    CHECK(aerocodes_condition_by_name("timeout") == AEROCODES_CONDITION_TIMEOUT);
    tested("parse");
}

/* Structures of an older and a newer header, and ones whose size was forgotten. */
static void sizes(void)
{
    struct newer {
        aerocodes_reading known;
        char later[32];
    } newer[3];
    union {
        size_t size;
        unsigned char bytes[sizeof(aerocodes_reading)];
        aerocodes_reading reading;
    } small;
    aerocodes_reading three[3];
    const size_t all = aerocodes_readings(9, NULL, 0);
    size_t i, j;

    memset(newer, 0x55, sizeof newer);
    newer[0].known.size = sizeof newer[0];
    CHECK(all > 3 && aerocodes_readings(9, &newer[0].known, 3) == all);
    for (i = 0; i < 3; i++) {
        CHECK(newer[i].known.value == 9 && newer[i].known.size == sizeof(aerocodes_reading));
        for (j = 0; j < sizeof newer[i].later; j++)
            CHECK(newer[i].later[j] == 0x55);
    }

    memset(&small, 0x55, sizeof small);
    for (small.size = 0; small.size < sizeof(aerocodes_reading); small.size += 8) {
        const size_t was = small.size;
        CHECK(aerocodes_lookup(0, 9, &small.reading) == AEROCODES_CONDITION_TIMEOUT);
        CHECK(small.size == was);
        for (i = sizeof(size_t); i < sizeof small.bytes; i++)
            CHECK(small.bytes[i] == 0x55);
    }

    memset(three, 0x55, sizeof three);
    three[0].size = sizeof three[0];
    CHECK(aerocodes_readings(9, three, 2) == all && three[1].value == 9 && three[2].value == 0x55555555);
    three[0].size = sizeof three[0];
    three[0].value = 0x55555555;
    CHECK(aerocodes_readings(9, three, 0) == all && three[0].value == 0x55555555);
    tested("structures of other releases");
}

static void releases(void)
{
    static const char *const texts[] = {"4", "4.5", "4.5.0", "4.5.0.1", "65534.65534.65534.65534", "0.0.0.0"};
    static const char *const none[] = {"", "v", ".", "4.", "4..5", "4.5.0.1.2", "65535", "70000", "-1", "4.x", " 4", "4.5 "};
    char buffer[24];
    size_t i, n;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        const aerocodes_release r = aerocodes_release_parse(texts[i]);
        CHECK(aerocodes_release_text(r, buffer, sizeof buffer) == strlen(texts[i]) && same(buffer, texts[i]));
        for (n = 0; n < sizeof buffer; n++) {
            memset(buffer, 'x', sizeof buffer);
            CHECK(aerocodes_release_text(r, buffer, n) == strlen(texts[i]));
            if (n == 0)
                CHECK(buffer[0] == 'x');
            else
                CHECK(strncmp(buffer, texts[i], n - 1) == 0 && strlen(buffer) == (n - 1 < strlen(texts[i]) ? n - 1 : strlen(texts[i])));
        }
        CHECK(aerocodes_release_text(r, NULL, 10) == strlen(texts[i]));
    }
    for (i = 0; i < sizeof none / sizeof *none; i++)
        check(aerocodes_release_parse(none[i]) == AEROCODES_RELEASE_NONE, __FILE__, __LINE__, "%s is a release", none[i]);
    CHECK(aerocodes_release_text(AEROCODES_RELEASE_NONE, buffer, sizeof buffer) == 0 && *buffer == '\0');
    /* Absent numbers only stand at the end. */
    CHECK(aerocodes_release_text(0x0004FFFF00010002u, buffer, sizeof buffer) == 1 && same(buffer, "4"));
    CHECK(aerocodes_release_parse("v6.0") == aerocodes_release_parse("6.0"));
    CHECK(aerocodes_release_parse("4.1") < aerocodes_release_parse("4.2"));
    tested("releases");
}

static void text(void)
{
    /* An error as the Java client prints it, with bytes around it that are not UTF-8. */
    static const char trace[] = "\xff\xfe ERROR com.aerospike.client.AerospikeException: Error -8: Failed to connect \xc3(";
    aerocodes_finding found[4] = {{0}};
    const size_t n = aerocodes_recognize(trace, sizeof trace - 1, NULL, 0);
    size_t cut;
    CHECK(n == 1);
    CHECK(aerocodes_recognize(trace, AEROCODES_NUL_TERMINATED, NULL, 0) == n);
    found[0].size = sizeof found[0];
    CHECK(aerocodes_recognize(trace, sizeof trace - 1, found, 4) == n);
    CHECK(found[0].dialect == AEROCODES_DIALECT_JAVA && found[0].value == -8 && (found[0].flags & AEROCODES_FINDING_VALUE));
    CHECK(found[0].condition == aerocodes_condition(AEROCODES_DIALECT_JAVA, -8) && found[0].size == sizeof found[0]);
    CHECK(found[0].start < found[0].end && found[0].end < sizeof trace && found[0].confidence > 0 && found[0].confidence <= 1);
    CHECK(found[0].candidates >> AEROCODES_DIALECT_JAVA & 1);
    CHECK(found[0].why != NULL && found[0].why_length > 0 && found[0].why_length < 200);
    CHECK(found[0].subcode == -1 && found[0].node == NULL && found[0].node_length == 0);
    /* No text reads past its length: each cut lies at the end of its own allocation, for valgrind and the sanitizers. */
    for (cut = 0; cut < sizeof trace; cut++) {
        char *copy = malloc(cut ? cut : 1);
        if (!copy)
            abort();
        memcpy(copy, trace, cut);
        CHECK(aerocodes_recognize(copy, cut, found, 4) <= 1);
        free(copy);
    }
    found[0].size = 0;
    found[0].value = 5;
    CHECK(aerocodes_recognize(trace, sizeof trace - 1, found, 4) == n && found[0].value == 5);
    CHECK(aerocodes_recognize(trace, (size_t)PTRDIFF_MAX + 1, found, 4) == 0);
    tested("text");
}

static void subcodes_and_folds(void)
{
    uint32_t subcodes[64];
    int32_t conditions[8] = {0};
    const size_t n = aerocodes_subcodes(AEROCODES_CONDITION_FORBIDDEN, subcodes, 64);
    size_t i;
    CHECK(n > 0 && n < 64);
    for (i = 0; i < n && i < 64; i++)
        CHECK(aerocodes_subcode_name(AEROCODES_CONDITION_FORBIDDEN, subcodes[i]) &&
              aerocodes_subcode_summary(AEROCODES_CONDITION_FORBIDDEN, subcodes[i]));
    CHECK(same(aerocodes_subcode_name(AEROCODES_CONDITION_FORBIDDEN, 6), "FORBID_TRUNCATED"));
    CHECK(aerocodes_folds(AEROCODES_DIALECT_NODEJS_1_0, 400, conditions, 8) > 0 && conditions[0] > 0);
    tested("subcodes and folds");
}

/* Every way through the library once; the sum of what came out, the same every time. */
static unsigned long everything(void)
{
    unsigned long sum = 0;
    int32_t value, ids[24];
    uint8_t bytes[64];
    static const int32_t column[64] = {9, 2, 14, -8, 22, 88};
    for (value = -30; value < 300; value++) {
        aerocodes_reading r = {0};
        aerocodes_advice a = {0};
        aerocodes_translation t = {0};
        r.size = sizeof r;
        a.size = sizeof a;
        t.size = sizeof t;
        sum += (unsigned long)aerocodes_lookup(value & 15, value, &r);
        sum += (unsigned long)aerocodes_advise(value & 15, value, value & 7, value & 1, &a);
        sum += (unsigned long)aerocodes_translate(value & 15, value, AEROCODES_DIALECT_GO, &t) + t.count;
        sum += r.name ? strlen(r.name) : 0;
    }
    sum += aerocodes_search("device overload", ids, 24) + (unsigned long)ids[0];
    sum += aerocodes_find("TIMEOUT", NULL, 0) + aerocodes_readings(-8, NULL, 0);
    sum += aerocodes_decode(AEROCODES_DIALECT_JAVA, column, 64, bytes) + bytes[0];
    sum += aerocodes_recognize("AerospikeException: Error 9: x", AEROCODES_NUL_TERMINATED, NULL, 0);
    return sum;
}

static unsigned long before_main;

__attribute__((constructor)) static void early(void)
{
    before_main = everything();
}

static volatile sig_atomic_t signals, signal_wrong;

static void on_signal(int number)
{
    (void)number;
    signals++;
    if (everything() != before_main)
        signal_wrong++;
}

static void *worker(void *wrong)
{
    int i;
    for (i = 0; i < 4; i++)
        if (everything() != before_main)
            ++*(int *)wrong;
    return NULL;
}

/* Threads run through the library while signal handlers on one of them do the same. */
static void threads_and_signals(void)
{
    enum { count = 4 };
    pthread_t threads[count];
    int wrong[count] = {0}, i;
    CHECK(before_main > 0 && everything() == before_main);
    CHECK(signal(SIGUSR1, on_signal) != SIG_ERR);
    for (i = 0; i < count; i++)
        CHECK(pthread_create(&threads[i], NULL, worker, &wrong[i]) == 0);
    for (i = 0; i < 8; i++) {
        pthread_kill(threads[0], SIGUSR1);
        if (everything() != before_main)
            wrong[0]++;
    }
    raise(SIGUSR1);
    for (i = 0; i < count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(wrong[i] == 0);
    }
    CHECK(signals > 0 && signal_wrong == 0);
    errno = 4711;
    everything();
    CHECK(errno == 4711);
    tested("before main, in threads, in signal handlers, without errno");
}

int main(void)
{
    CHECK(same(aerocodes_version(), AEROCODES_VERSION));
    tested("version");
    any_integer();
    null_and_not_utf8();
    parse();
    sizes();
    releases();
    text();
    subcodes_and_folds();
    threads_and_signals();
    return finished("api");
}
