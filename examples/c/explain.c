/* The one small program, in C: see examples/README.md. */
#include <aerocodes.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *or_dash(const char *text)
{
    return text ? text : "-";
}

static void explain(int32_t dialect, int32_t value)
{
    aerocodes_advice advice = {.size = sizeof advice};
    aerocodes_translation go = {.size = sizeof go};
    const int32_t condition = aerocodes_condition(dialect, value);

    printf("%s:%d %s = %s [%s]\n", aerocodes_dialect_key(dialect), value, or_dash(aerocodes_name(dialect, value)),
           or_dash(aerocodes_condition_name(condition)), aerocodes_category_key(aerocodes_category(dialect, value)));
    printf("  %s\n", or_dash(aerocodes_summary(dialect, value)));

    aerocodes_advise(dialect, value, AEROCODES_OPERATION_WRITE, AEROCODES_IN_DOUBT_UNKNOWN, &advice);
    printf("  write: retry %s, applied %s, safe %s\n", aerocodes_answer_key(advice.retryable),
           aerocodes_answer_key(advice.maybe_applied), aerocodes_answer_key(advice.retryable_not_applied));

    aerocodes_translate(dialect, value, AEROCODES_DIALECT_GO, &go);
    printf("  go: %s ", aerocodes_translation_key(go.kind));
    for (uint32_t i = 0; i < go.count; i++)
        printf(i ? ", %d" : "%d", go.values[i]);
    puts(go.count ? "" : "-");
}

/* A whole file, its length in *length; the program ends when it cannot be read. */
static char *contents(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    size_t capacity = 4096, used = 0, got;
    char *text = malloc(capacity);
    if (!file || !text) {
        perror(path);
        exit(3);
    }
    while ((got = fread(text + used, 1, capacity - used, file)) > 0) {
        used += got;
        if (used == capacity && !(text = realloc(text, capacity *= 2))) {
            perror(path);
            exit(3);
        }
    }
    fclose(file);
    *length = used;
    return text;
}

static void recognize(const char *path)
{
    size_t length;
    char *text = contents(path, &length);
    const size_t count = aerocodes_recognize(text, length, NULL, 0);
    aerocodes_finding *found = calloc(count + 1, sizeof *found);
    if (!found) {
        perror("explain");
        exit(3);
    }
    found[0].size = sizeof *found;
    aerocodes_recognize(text, length, found, count);
    for (size_t i = 0; i < count; i++) {
        const char *dialect = found[i].dialect < 0 ? "?" : aerocodes_dialect_key(found[i].dialect);
        const char *condition = or_dash(aerocodes_condition_name(found[i].condition));
        const char *indent = found[i].flags & AEROCODES_FINDING_NESTED ? "  " : "";
        if (found[i].flags & AEROCODES_FINDING_VALUE)
            printf("%sfound %s:%d %s\n", indent, dialect, found[i].value, condition);
        else
            printf("%sfound %s:- %s\n", indent, dialect, condition);
    }
    free(found);
    free(text);
}

int main(int argc, char **argv)
{
    char line[128], key[64];
    FILE *codes;
    int value;

    if (argc != 3) {
        fprintf(stderr, "usage: explain CODES TRACE\n");
        return 2;
    }
    if (!(codes = fopen(argv[1], "r"))) {
        perror(argv[1]);
        return 3;
    }
    while (fgets(line, sizeof line, codes)) {
        if (line[strspn(line, " \r\n")] == '\0')
            continue;
        if (sscanf(line, "%63s %d", key, &value) != 2 || aerocodes_dialect(key) < 0) {
            fprintf(stderr, "explain: not a dialect and a number: %s", line);
            return 2;
        }
        explain(aerocodes_dialect(key), value);
    }
    fclose(codes);
    recognize(argv[2]);
    return 0;
}
