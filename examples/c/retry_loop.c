/*
 * A retry loop around a write, as an application of the Aerospike C client writes one.
 *
 * The client reports an error in a structure `as_error` with a code of the dialect `c` and a flag `in_doubt`. Those two
 * are all that the decision needs. To run without a server, the client's part is played by `put_visits` below, which
 * fails as a cluster under load does; with the real client, include <aerospike/as_error.h> and call aerospike_key_put.
 */
#include <aerocodes.h>

#include <stdbool.h>
#include <stdio.h>

/* The fields of the client's structure that matter here. */
typedef struct as_error_s {
    int code;
    bool in_doubt;
} as_error;

/* What the cluster answers to attempt 1, 2, ... */
struct scenario {
    const char *title;
    int32_t operation;
    as_error answers[4];
};

/* Stands for aerospike_key_put or aerospike_key_operate. */
static int put_visits(const struct scenario *s, int attempt, as_error *err)
{
    *err = s->answers[attempt - 1];
    return err->code;
}

/* Stands for a read that tells whether the increment is there. */
static bool visit_is_counted(void)
{
    return true;
}

static void sleep_before(int attempt)
{
    printf("  wait %d ms\n", 10 << attempt);
}

/* Whether the write is done in the end. */
static bool write_with_retries(const struct scenario *s)
{
    printf("%s\n", s->title);
    for (int attempt = 1; attempt <= 4; attempt++) {
        as_error err;
        aerocodes_advice advice = {.size = sizeof advice};
        const char *name;

        if (put_visits(s, attempt, &err) == AEROCODES_C_AEROSPIKE_OK) {
            printf("  attempt %d: done\n", attempt);
            return true;
        }
        name = aerocodes_name(AEROCODES_DIALECT_C, err.code);
        aerocodes_advise(AEROCODES_DIALECT_C, err.code, s->operation, err.in_doubt, &advice);
        printf("  attempt %d: %s (%d)%s: retry %s, applied %s\n", attempt, name ? name : "unknown code", err.code,
               err.in_doubt ? ", in doubt" : "", aerocodes_answer_key(advice.retryable),
               aerocodes_answer_key(advice.maybe_applied));

        if (advice.retryable == AEROCODES_ANSWER_YES) {
            sleep_before(attempt);
        } else if (advice.retryable == AEROCODES_ANSWER_DEPENDS && advice.maybe_applied == AEROCODES_ANSWER_NO) {
            /* It passes only if what caused it does: a few attempts, then somebody must look. */
            sleep_before(attempt);
        } else if (advice.retryable == AEROCODES_ANSWER_DEPENDS) {
            /* Sending an increment again could count twice, so look first. */
            if (visit_is_counted()) {
                printf("  it was applied\n");
                return true;
            }
            sleep_before(attempt);
        } else {
            const char *remedy = aerocodes_condition_remedy(advice.condition);
            printf("  given up: %s\n", remedy ? remedy : "nothing is known about this code");
            return false;
        }
    }
    printf("  given up after four attempts\n");
    return false;
}

int main(void)
{
    const struct scenario scenarios[] = {
        {"a hot key, then success", AEROCODES_OPERATION_WRITE,
         {{AEROCODES_C_AEROSPIKE_ERR_RECORD_BUSY, false}, {AEROCODES_C_AEROSPIKE_ERR_RECORD_BUSY, false}, {0, false}}},
        {"an increment that timed out in doubt", AEROCODES_OPERATION_WRITE, {{AEROCODES_C_AEROSPIKE_ERR_TIMEOUT, true}}},
        {"a put of a whole value that timed out in doubt", AEROCODES_OPERATION_IDEMPOTENT_WRITE,
         {{AEROCODES_C_AEROSPIKE_ERR_TIMEOUT, true}, {0, false}}},
        {"a record that is too big", AEROCODES_OPERATION_WRITE, {{AEROCODES_C_AEROSPIKE_ERR_RECORD_TOO_BIG, false}}},
        {"a code that is not known", AEROCODES_OPERATION_WRITE, {{12345, false}}},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        write_with_retries(&scenarios[i]);
    return 0;
}
