// The one small program, in C++17: see examples/README.md.
#include <aerocodes.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

std::string_view or_dash(std::string_view text)
{
    return text.empty() ? "-" : text;
}

void explain(aerocodes::code code)
{
    std::cout << name(code.dialect()) << ':' << code.value() << ' ' << or_dash(code.name()) << " = "
              << or_dash(name(code.condition())) << " [" << name(code.category()) << "]\n"
              << "  " << or_dash(code.summary()) << '\n';

    const aerocodes::advice advice = code.advise(aerocodes::operation::write);
    std::cout << "  write: retry " << name(advice.retryable) << ", applied " << name(advice.maybe_applied) << ", safe "
              << name(advice.retryable_not_applied) << '\n';

    const aerocodes::translation go = code.translate(aerocodes::dialect::go);
    std::cout << "  go: " << name(go.fit()) << ' ';
    const char *before = "";
    for (const aerocodes::code target : go) {
        std::cout << before << target.value();
        before = ", ";
    }
    std::cout << (go.empty() ? "-\n" : "\n");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: explain CODES TRACE\n";
        return 2;
    }
    std::ifstream codes(argv[1]);
    std::ifstream trace(argv[2], std::ios::binary);
    if (!codes || !trace) {
        std::cerr << "explain: " << (codes ? argv[2] : argv[1]) << " cannot be read\n";
        return 3;
    }
    std::string key;
    for (std::int32_t value = 0; codes >> key >> value;) {
        const auto dialect = aerocodes::dialect_by_key(key);
        if (!dialect) {
            std::cerr << "explain: unknown dialect " << key << '\n';
            return 2;
        }
        explain({*dialect, value});
    }
    const std::string text{std::istreambuf_iterator<char>(trace), {}};
    for (const aerocodes::finding &f : aerocodes::recognize(text)) {
        std::cout << (f.nested ? "  " : "") << "found " << (f.dialect ? name(*f.dialect) : "?") << ':'
                  << (f.value ? std::to_string(*f.value) : "-") << ' ' << or_dash(name(f.condition)) << '\n';
    }
}
