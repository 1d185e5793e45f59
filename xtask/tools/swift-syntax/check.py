"""Parses Swift files with tree-sitter's grammar, and prints what is no Swift: syntax only, no types, no names."""

import sys

import tree_sitter
import tree_sitter_swift

# An attribute on its own between #if and #endif is Swift, but not in the grammar; UniFFI writes it before most declarations.
CONDITIONAL_ATTRIBUTE = b"#if swift(>=5.8)\n@_documentation(visibility: private)\n#endif\n"


def faults(node):
    if node.type == "ERROR" or node.is_missing:
        yield node
    for child in node.children:
        if child.has_error or child.is_missing:
            yield from faults(child)


def main(paths):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
    failed = 0
    for path in paths:
        with open(path, "rb") as file:
            lines = [line.lstrip() for line in file.read().splitlines(keepends=True)]
        blank = b"\n" * CONDITIONAL_ATTRIBUTE.count(b"\n")
        tree = parser.parse(b"".join(lines).replace(CONDITIONAL_ATTRIBUTE, blank))
        failed += tree.root_node.has_error
        for node in faults(tree.root_node):
            print(f"{path}:{node.start_point[0] + 1}: {'missing ' + node.type if node.is_missing else 'no Swift'}: {node.text[:60]!r}")
    print(f"{len(paths) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
