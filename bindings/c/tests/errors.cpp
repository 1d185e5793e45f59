// The C++ header: constant expressions, error codes and conditions, ranges, and what it wraps of the library.
#include <aerocodes.hpp>

#include "check.h"

#include <algorithm>
#include <set>

using namespace aerocodes;

// Constant expressions, held while this is compiled.
constexpr code timeout{dialect::java, 9};
static_assert(timeout.name() == "TIMEOUT");
static_assert(timeout.condition() == condition::timeout);
static_assert(timeout.maybe_applied() != answer::no);
static_assert(lookup(dialect::nodejs_1_0, 602).condition() == condition::record_not_found);
static_assert(lookup(dialect::server, 88).category() == category::security && !lookup(dialect::server, 88).known());
static_assert(lookup(dialect::server, 88).name().empty());
static_assert(lookup(static_cast<dialect>(-1), 9).name().empty() && lookup(static_cast<dialect>(99), 9).condition() == condition::unknown);
static_assert(name(condition::key_busy) == "KEY_BUSY" && name(dialect::c_3_0) == "c-3.0" && name(category::udf) == "udf");
static_assert(AEROCODES_CONDITION_TIMEOUT == static_cast<std::int32_t>(condition::timeout));
static_assert(AEROCODES_DIALECT_NODEJS_1_0 == static_cast<std::int32_t>(dialect::nodejs_1_0));

constexpr std::size_t count(dialect d)
{
    std::size_t n = 0;
    for (const code c : codes(d))
        n += c.known() && c.dialect() == d;
    return n;
}
static_assert(count(dialect::server) > 50 && count(static_cast<dialect>(99)) == 0);
static_assert(noexcept(std::error_code(timeout)));
static_assert(std::is_error_condition_enum_v<cond> && !std::is_error_code_enum_v<cond>);

static void error_codes()
{
    const std::error_code java = timeout;
    const std::error_code c = make_error_code({dialect::c, AEROCODES_C_AEROSPIKE_ERR_TIMEOUT});
    CHECK(java.value() == 9 && java.category() == error_category(dialect::java));
    CHECK(std::string(java.category().name()) == "aerospike.java");
    CHECK(java != c && java.default_error_condition() == c.default_error_condition());
    CHECK(java == cond::timeout && c == cond::timeout && c == condition::timeout && c != cond::key_busy);
    CHECK(java.message().find("java:9 TIMEOUT") != std::string::npos);
    CHECK(error_category(dialect::java) != error_category(dialect::go));
    CHECK(&error_category(static_cast<dialect>(99)) == &error_category(dialect::server));
    CHECK(&error_category(static_cast<dialect>(-1)) == &error_category(dialect::server));

    const std::error_code busy = code(dialect::rust, 14);
    CHECK(busy == cond::key_busy && busy == cond::retryable && busy == cond::retryable_not_applied && busy == cond::known);
    CHECK(!(busy == cond::maybe_applied));
    const std::error_code missing = code(dialect::go, 2);
    CHECK(missing != cond::retryable && missing != cond::maybe_applied && missing != cond::retryable_not_applied);
    CHECK(java == cond::maybe_applied && java != cond::retryable_not_applied);

    const std::error_code unknown = code(dialect::server, 4711);
    CHECK(unknown.value() == 4711 && unknown != cond::known && unknown != cond::retryable && unknown == cond::maybe_applied);
    CHECK(unknown.message().find("server:4711") != std::string::npos);
    for (const condition each : conditions())
        CHECK(unknown != each);
    const std::error_code success = code(dialect::server, 0);
    CHECK(!success && success == cond::ok);

    // Codes of others, conditions of others.
    const std::error_code other = std::make_error_code(std::errc::timed_out);
    CHECK(other != cond::timeout && other != cond::retryable && other != cond::maybe_applied && other != cond::known);
    CHECK(java != std::errc::timed_out);
    CHECK(make_error_condition(cond::retryable).message() == "retryable");
    CHECK(make_error_condition(condition::timeout).message() == summary(condition::timeout));
    CHECK(!std::error_condition(123456, error_condition_category()).message().empty());
    tested("error codes and conditions");
}

static void agree()
{
    std::size_t all = 0;
    for (const dialect d : dialects()) {
        std::set<std::int32_t> values;
        for (const code c : codes(d)) {
            CHECK(c.known() && aerocodes_condition(static_cast<std::int32_t>(d), c.value()) != 0);
            CHECK(values.empty() || *values.rbegin() < c.value());
            values.insert(c.value());
        }
        for (std::int32_t value = -1000; value < 40000; ++value)
            CHECK((aerocodes_condition(static_cast<std::int32_t>(d), value) != 0) == (values.count(value) != 0));
        all += values.size();
        CHECK(dialect_by_key(std::string(name(d))) == d);
    }
    CHECK(all > 1000);
    for (const condition c : conditions())
        CHECK(condition_by_name(std::string(name(c))) == c);
    CHECK(std::distance(dialects().begin(), dialects().end()) == static_cast<std::ptrdiff_t>(dialects().size()));
    CHECK(conditions().size() == static_cast<std::size_t>(aerocodes_condition_count()));
    const code_range server = codes(dialect::server);
    CHECK(std::find(server.begin(), server.end(), code(dialect::server, 22)) != server.end());
    tested("ranges");
}

static void library()
{
    const advice a = timeout.advise(operation::write, true);
    CHECK(a.retryable == answer::depends && a.maybe_applied == answer::yes && !a.rule.empty() && !a.reason.empty());
    CHECK(timeout.advise(operation::read).maybe_applied == answer::no);
    CHECK(timeout.advise(static_cast<operation>(99)).retryable == answer::unknown);
    CHECK(name(answer::depends) == "depends" && name(static_cast<answer>(77)) == "unknown");

    const translation t = code(dialect::nodejs_1_0, 400).translate(dialect::server);
    CHECK(t.fit() == translation::kind::folded && t.size() == 2 && t[0] == code(dialect::server, 9) && !t.reason().empty());
    std::size_t n = 0;
    for (const code c : t)
        CHECK(c == t[n++]);
    CHECK(n == t.size() && code(dialect::server, 4711).translate(dialect::c).empty());

    CHECK(code::parse("java:-8") == code(dialect::java, -8) && !code::parse("java:") && !code::parse(""));
    CHECK(!code::parse(std::string("java:9\0junk", 11)) && !dialect_by_key(std::string("java\0", 5)) && !dialect_by_key("cobol"));
    CHECK(!condition_by_name("NO_SUCH") && !condition_by_name(std::string("TIMEOUT\0", 8)));
    CHECK(search("device overload").front() == condition::device_overload && search("zzzzqqqq").empty() && search("").empty());
    CHECK(readings(-8).size() > 3 && readings(424242).empty() && find("KEY_BUSY").size() > 1 && find("nope").empty());
    CHECK(find(std::string("KEY_BUSY\0x", 10)).empty());

    const std::vector<finding> found = recognize("x com.aerospike.client.AerospikeException: Error -8: Failed to connect");
    CHECK(found.size() == 1 && found[0].dialect == dialect::java && found[0].value == -8);
    CHECK(found[0].condition == condition::server_not_available && !found[0].subcode && found[0].node.empty());
    CHECK(!found[0].why.empty() && found[0].confidence > 0);
    CHECK(recognize("").empty() && recognize(std::string_view()).empty() && recognize("\xff\xfe").empty());
    tested("what it wraps");
}

int main()
{
    error_codes();
    agree();
    library();
    return finished("errors");
}
