/* What the test programs share: counting checks and saying what failed. */
#ifndef CHECK_H
#define CHECK_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tests and checks so far; a test fails when one of its checks does. */
struct tally {
    unsigned long checks, wrong, before;
    int passed, failed, skipped;
};

static struct tally tally;

#define CHECK(condition) check((condition) ? 1 : 0, __FILE__, __LINE__, "%s", #condition)

static void check(int holds, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    tally.checks++;
    if (holds)
        return;
    if (++tally.wrong <= 20) {
        fprintf(stderr, "%s:%d: not so: ", file, line);
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
    }
}

/* Ends a test: the checks since the last one. */
static void tested(const char *name)
{
    const int failed = tally.wrong > tally.before;
    printf("%s %s\n", failed ? "FAILED" : "ok    ", name);
    tally.before = tally.wrong;
    if (failed)
        tally.failed++;
    else
        tally.passed++;
}

/* The closing line and the exit status. */
static int finished(const char *program)
{
    printf("%s: %d passed, %d failed, %d skipped (%lu checks)\n", program, tally.passed, tally.failed, tally.skipped, tally.checks);
    return tally.failed > 0 || tally.passed == 0;
}

__attribute__((unused)) static int same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

#endif
