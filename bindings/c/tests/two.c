/* A program with two Rust static libraries in it: ours, and one that uses the standard library (other.rs). */
#include <aerocodes.h>

#include <stdio.h>
#include <string.h>

int other_length(const char *text);

int main(void)
{
    const char *name = aerocodes_name(AEROCODES_DIALECT_NODEJS_1_0, 602);
    const int right = name && other_length(name) == (int)strlen(name);
    printf("two: %d passed, %d failed\n", right, !right);
    return !right;
}
