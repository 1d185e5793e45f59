/* Reads JSON, enough for bindings/vectors.json. A fault ends the program. */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json {
    char kind;         /* 'n' null, 'b' true or false, 'i' number, 's' string, 'a' array, 'o' object */
    long number;       /* the number; 1 for true */
    const char *text;  /* the string */
    const char *key;   /* in an object */
    size_t count;      /* children */
    struct json *child, *next;
};

struct json_memory {
    struct json_memory *older;
    struct json nodes[1024];
    size_t used;
};

static struct json_memory *json_memory;

static struct json *json_new(char kind)
{
    struct json *node;
    if (!json_memory || json_memory->used == 1024) {
        struct json_memory *more = calloc(1, sizeof *more);
        if (!more)
            abort();
        more->older = json_memory;
        json_memory = more;
    }
    node = &json_memory->nodes[json_memory->used++];
    node->kind = kind;
    return node;
}

static void json_free(void)
{
    while (json_memory) {
        struct json_memory *older = json_memory->older;
        free(json_memory);
        json_memory = older;
    }
}

static void json_fault(const char *at)
{
    fprintf(stderr, "vectors.json is not understood near: %.40s\n", at);
    exit(2);
}

static char *json_space(char *at)
{
    return at + strspn(at, " \t\r\n,:");
}

/* A string, its escapes undone in place. */
static char *json_string(char *at, const char **text)
{
    char *to = at + 1;
    *text = to;
    for (at++; *at != '"'; at++) {
        if (*at == '\0')
            json_fault(*text);
        if (*at == '\\') {
            at++;
            switch (*at) {
            case 'n':
                *to++ = '\n';
                break;
            case 't':
                *to++ = '\t';
                break;
            case 'u': { /* two or three bytes; what the file has */
                char hex[5] = {at[1], at[2], at[3], at[4], 0};
                const unsigned long c = strtoul(hex, NULL, 16);
                if (c < 0x80) {
                    *to++ = (char)c;
                } else if (c < 0x800) {
                    *to++ = (char)(0xC0 | c >> 6);
                    *to++ = (char)(0x80 | (c & 63));
                } else {
                    *to++ = (char)(0xE0 | c >> 12);
                    *to++ = (char)(0x80 | (c >> 6 & 63));
                    *to++ = (char)(0x80 | (c & 63));
                }
                at += 4;
                break;
            }
            default:
                *to++ = *at;
            }
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    return at + 1;
}

static char *json_value(char *at, struct json **out)
{
    at = json_space(at);
    if (*at == '{' || *at == '[') {
        const char close = *at == '{' ? '}' : ']';
        struct json *node = json_new(close == '}' ? 'o' : 'a');
        struct json **last = &node->child;
        at = json_space(at + 1);
        while (*at != close) {
            const char *key = NULL;
            if (close == '}') {
                if (*at != '"')
                    json_fault(at);
                at = json_space(json_string(at, &key));
            }
            at = json_space(json_value(at, last));
            (*last)->key = key;
            last = &(*last)->next;
            node->count++;
        }
        *out = node;
        return at + 1;
    }
    if (*at == '"') {
        *out = json_new('s');
        return json_string(at, &(*out)->text);
    }
    if (strncmp(at, "null", 4) == 0) {
        *out = json_new('n');
        return at + 4;
    }
    if (strncmp(at, "true", 4) == 0 || strncmp(at, "false", 5) == 0) {
        *out = json_new('b');
        (*out)->number = *at == 't';
        return at + (*at == 't' ? 4 : 5);
    }
    {
        char *end;
        *out = json_new('i');
        (*out)->number = strtol(at, &end, 10);
        if (end == at)
            json_fault(at);
        return *end == '.' ? end + 1 + strspn(end + 1, "0123456789eE+-") : end;
    }
}

/* The whole file; *memory is to be freed after json_free. */
static struct json *json_read(const char *path, char **memory)
{
    FILE *file = fopen(path, "rb");
    struct json *root = NULL;
    long size;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        perror(path);
        exit(3);
    }
    rewind(file);
    *memory = malloc((size_t)size + 1);
    if (!*memory || fread(*memory, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(3);
    }
    fclose(file);
    (*memory)[size] = '\0';
    json_value(*memory, &root);
    return root;
}

/* Element i of an array. */
static const struct json *json_at(const struct json *array, size_t i)
{
    const struct json *node = array->child;
    while (node && i-- > 0)
        node = node->next;
    if (!node)
        json_fault("an array that is too short");
    return node;
}

/* A member of an object; NULL when it has none of this name. */
static const struct json *json_get(const struct json *object, const char *key)
{
    const struct json *node = object->child;
    while (node && strcmp(node->key, key) != 0)
        node = node->next;
    return node;
}

/* The string; NULL for null. */
static const char *json_text(const struct json *node)
{
    return node->kind == 's' ? node->text : NULL;
}

#endif
