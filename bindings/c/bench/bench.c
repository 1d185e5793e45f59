/*
 * Nanoseconds a call: names of codes by the library and by the header, beside what C programs have for errno and what they
 * write by hand. One run, all subjects in turn in each round, the best round of each.
 */
#define _GNU_SOURCE
#include <aerocodes.h>
#include <aerocodes_tables.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "switch.h"

enum { count = 4096, repeats = 64, rounds = 60 };

static int32_t codes[count], errnos[count];
static const char *volatile sink;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

#define LOOP(name, of, call)                                                                                                \
    __attribute__((noinline)) static double name(void)                                                                      \
    {                                                                                                                       \
        const double start = now();                                                                                         \
        int r, i;                                                                                                           \
        for (r = 0; r < repeats; r++)                                                                                       \
            for (i = 0; i < count; i++) {                                                                                   \
                const int32_t x = of[i];                                                                                    \
                sink = call;                                                                                                \
            }                                                                                                               \
        return (now() - start) / ((double)count * repeats);                                                                 \
    }

LOOP(floor_of_loop, codes, (const char *)0 + x)
LOOP(library, codes, aerocodes_name(AEROCODES_DIALECT_SERVER, x))
LOOP(header, codes, aerocodes_inline_name(AEROCODES_DIALECT_SERVER, x))
LOOP(by_hand, codes, switch_name(x))
LOOP(peer_name, errnos, strerrorname_np(x))
LOOP(peer_text, errnos, strerror(x))

int main(void)
{
    static const struct {
        const char *title;
        double (*run)(void);
    } subjects[] = {
        {"empty loop", floor_of_loop},       {"library", library},          {"header", header},
        {"hand-written switch", by_hand}, {"strerrorname_np", peer_name}, {"strerror", peer_text},
    };
    enum { n = sizeof subjects / sizeof *subjects };
    static const struct {
        const char *what;
        int ours, peer;
        double bar; /* at least this many times as fast */
    } bars[] = {
        {"library to strerrorname_np", 1, 4, 1 / 0.85},
        {"library to strerror", 1, 5, 20},
        {"header to strerrorname_np", 2, 4, 3},
        {"header to a hand-written switch", 2, 3, 6},
    };
    double best[n];
    unsigned state = 1;
    int i, r, missed = 0;

    for (i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        codes[i] = switch_values[(state >> 8) % (sizeof switch_values / sizeof *switch_values)];
        errnos[i] = (int32_t)(1 + (state >> 8) % 130);
        if (strcmp(switch_name(codes[i]), aerocodes_name(AEROCODES_DIALECT_SERVER, codes[i])) != 0 ||
            strcmp(switch_name(codes[i]), aerocodes_inline_name(AEROCODES_DIALECT_SERVER, codes[i])) != 0)
            abort();
    }
    for (i = 0; i < n; i++)
        best[i] = 1e9;
    for (r = 0; r < rounds; r++)
        for (i = 0; i < n; i++) {
            const double t = subjects[i].run();
            best[i] = t < best[i] ? t : best[i];
        }
    for (i = 0; i < n; i++)
        printf("   %-22s %7.2f ns\n", subjects[i].title, best[i]);
    for (i = 0; i < (int)(sizeof bars / sizeof *bars); i++) {
        const double ratio = best[bars[i].peer] / best[bars[i].ours];
        printf("   %-34s %6.2fx as fast (bar: %.2fx)%s\n", bars[i].what, ratio, bars[i].bar, ratio < bars[i].bar ? "  MISSED" : "");
        missed += ratio < bars[i].bar;
    }
    return missed > 0;
}
