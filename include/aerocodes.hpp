// Every Aerospike status code, in every client's numbering: C++17 over aerocodes.h.
//
//     #include <aerocodes.hpp>
//     constexpr aerocodes::code timeout{aerocodes::dialect::java, 9};
//     static_assert(timeout.condition() == aerocodes::condition::timeout);
//
//     std::error_code ec = timeout;
//     if (ec == aerocodes::cond::retryable) ...        // or cond::timeout: whatever client raised it
//
// Lookups are constant expressions over the tables of aerocodes_tables.h and need no library. Error codes, advice,
// translation, search and recognition call the library (libaerocodes).
//
// A dialect has one error category in the whole program, the first that was used, which the library remembers; do not unload
// the shared object that used it first. With AEROCODES_HEADER_ONLY defined error codes need no library, but shared objects
// that hide their symbols have categories of their own then. Conditions (cond) hold in any case: they go by the category's
// name.
//
// Enums are open sets: any number is a value. Nothing here throws but std::bad_alloc, where a vector or a string is returned.
// Everything is safe to call from any thread.
//
// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef AEROCODES_HPP
#define AEROCODES_HPP

#include "aerocodes.h"
#include "aerocodes_enums.hpp"
#include "aerocodes_tables.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

#if !(__cplusplus >= 201703L || (defined(_MSVC_LANG) && _MSVC_LANG >= 201703L))
#error "aerocodes.hpp needs C++17; aerocodes.h and aerocodes_tables.h do with C++11"
#endif

// Classes whose type must be the same in all shared objects, also where these hide their symbols.
#if defined(__GNUC__) && !defined(_WIN32)
#define AEROCODES_SHARED_ __attribute__((visibility("default")))
#else
#define AEROCODES_SHARED_
#endif

namespace aerocodes {

/// The answer to a yes-or-no question that may have no plain answer.
enum class answer : std::int32_t {
    unknown = AEROCODES_ANSWER_UNKNOWN, ///< Nothing is known.
    no = AEROCODES_ANSWER_NO,           ///< No.
    depends = AEROCODES_ANSWER_DEPENDS, ///< It turns on something that the code does not tell.
    yes = AEROCODES_ANSWER_YES,         ///< Yes.
};

namespace detail {

constexpr std::string_view view(const char *text) noexcept
{
    return text == nullptr ? std::string_view() : std::string_view(text);
}

template <class E> constexpr std::int32_t id(E e) noexcept
{
    return static_cast<std::int32_t>(e);
}

} // namespace detail

/// The key of a dialect, such as "java"; empty for one that there is not.
constexpr std::string_view name(dialect d) noexcept
{
    return detail::view(aerocodes_inline_dialect_key(detail::id(d)));
}

/// The permanent name of a condition, such as "TIMEOUT"; empty for one that there is not.
constexpr std::string_view name(condition c) noexcept
{
    return detail::view(aerocodes_inline_condition_name(detail::id(c)));
}

/// The key of a category, such as "security"; empty for one that there is not.
constexpr std::string_view name(category c) noexcept
{
    return detail::view(aerocodes_inline_category_key(detail::id(c)));
}

/// "yes", "no", "depends" or "unknown".
constexpr std::string_view name(answer a) noexcept
{
    return a == answer::yes ? "yes" : a == answer::no ? "no" : a == answer::depends ? "depends" : "unknown";
}

/// One sentence of at most 80 characters; empty for a condition that there is not.
constexpr std::string_view summary(condition c) noexcept
{
    return detail::view(aerocodes_inline_condition_summary(detail::id(c)));
}

/// The kind of a condition.
constexpr category category_of(condition c) noexcept
{
    return static_cast<category>(aerocodes_inline_condition_category(detail::id(c)));
}

/// Whether a condition is transient.
constexpr answer retryable(condition c) noexcept
{
    return static_cast<answer>(aerocodes_inline_condition_retryable(detail::id(c)));
}

/// Whether a write may have been applied when this happened.
constexpr answer maybe_applied(condition c) noexcept
{
    return static_cast<answer>(aerocodes_inline_condition_maybe_applied(detail::id(c)));
}

/// Retryable, and surely not applied.
constexpr answer retryable_not_applied(condition c) noexcept
{
    return static_cast<answer>(aerocodes_inline_condition_retryable_not_applied(detail::id(c)));
}

/// What to do about a code, met during an operation; made by code::advise. Its texts are static.
struct advice {
    answer retryable;             ///< Whether sending the same request again is right.
    answer maybe_applied;         ///< Whether the request may have been applied.
    answer retryable_not_applied; ///< Whether sending it again is right and cannot apply it twice.
    std::string_view rule;        ///< The rule for the operation.
    std::string_view reason;      ///< Why the condition's predicates are what they are.
};

class translation;

/// A dialect and a number: any pair is a code, known or not. What it answers is as of the newest release.
class code {
public:
    /// The code `value` of `d`.
    constexpr code(aerocodes::dialect d, std::int32_t value) noexcept : dialect_(d), value_(value) {}

    /// The numbering.
    constexpr aerocodes::dialect dialect() const noexcept { return dialect_; }

    /// The number.
    constexpr std::int32_t value() const noexcept { return value_; }

    /// Whether anything is known about it.
    constexpr bool known() const noexcept { return condition() != aerocodes::condition::unknown; }

    /// The dialect's name for it; empty when it has none.
    constexpr std::string_view name() const noexcept
    {
        return detail::view(aerocodes_inline_name(detail::id(dialect_), value_));
    }

    /// What happened; condition::unknown when nothing is known.
    constexpr aerocodes::condition condition() const noexcept
    {
        return static_cast<aerocodes::condition>(aerocodes_inline_condition(detail::id(dialect_), value_));
    }

    /// The condition's kind; for an unknown number that of the dialect's number range.
    constexpr aerocodes::category category() const noexcept
    {
        return static_cast<aerocodes::category>(aerocodes_inline_category(detail::id(dialect_), value_));
    }

    /// The condition's sentence; empty when nothing is known.
    constexpr std::string_view summary() const noexcept { return aerocodes::summary(condition()); }

    /// Whether the condition is transient, whatever the operation.
    constexpr answer retryable() const noexcept { return aerocodes::retryable(condition()); }

    /// Whether a write may have been applied although the client saw this.
    constexpr answer maybe_applied() const noexcept { return aerocodes::maybe_applied(condition()); }

    /// Retryable, and surely not applied.
    constexpr answer retryable_not_applied() const noexcept { return aerocodes::retryable_not_applied(condition()); }

    /// What to do about it, met during `op`, with the client's in-doubt flag if it gave one. Calls the library.
    aerocodes::advice advise(operation op, std::optional<bool> in_doubt = std::nullopt) const noexcept
    {
        aerocodes_advice a{};
        a.size = sizeof a;
        aerocodes_advise(detail::id(dialect_), value_, detail::id(op),
                         in_doubt ? static_cast<std::int32_t>(*in_doubt) : AEROCODES_IN_DOUBT_UNKNOWN, &a);
        return {static_cast<answer>(a.retryable), static_cast<answer>(a.maybe_applied),
                static_cast<answer>(a.retryable_not_applied), detail::view(a.rule), detail::view(a.reason)};
    }

    /// The code in the terms of another dialect. Calls the library.
    inline translation translate(aerocodes::dialect to) const noexcept;

    /// The code that a text such as "java:-8" names; none when it names none, or several. Calls the library.
    static std::optional<code> parse(const std::string &text) noexcept
    {
        std::int32_t d = 0;
        std::int32_t v = 0;
        // A NUL inside would cut the text short.
        if (text.find('\0') != std::string::npos || aerocodes_parse(text.c_str(), &d, &v) != AEROCODES_PARSE_OK)
            return std::nullopt;
        return code(static_cast<aerocodes::dialect>(d), v);
    }

    friend constexpr bool operator==(code a, code b) noexcept { return a.dialect_ == b.dialect_ && a.value_ == b.value_; }
    friend constexpr bool operator!=(code a, code b) noexcept { return !(a == b); }
    friend constexpr bool operator<(code a, code b) noexcept
    {
        return a.dialect_ != b.dialect_ ? a.dialect_ < b.dialect_ : a.value_ < b.value_;
    }

    /// The same as make_error_code.
    inline operator std::error_code() const noexcept;

private:
    aerocodes::dialect dialect_;
    std::int32_t value_;
};

/// What `value` means in `d`; the verb of all languages.
constexpr code lookup(dialect d, std::int32_t value) noexcept
{
    return code(d, value);
}

/// A code in another dialect's terms; a range over the target's codes, the best first.
class translation {
public:
    /// How well it fits.
    enum class kind : std::int32_t {
        none = AEROCODES_TRANSLATION_NONE,     ///< The target has nothing for it.
        folded = AEROCODES_TRANSLATION_FOLDED, ///< Many to one, one to many, or the nearest there is.
        exact = AEROCODES_TRANSLATION_EXACT,   ///< One code for one code.
    };

    /// Translates. Calls the library.
    translation(code from, dialect to) noexcept : to_(to)
    {
        raw_.size = sizeof raw_;
        aerocodes_translate(detail::id(from.dialect()), from.value(), detail::id(to), &raw_);
    }

    /// How well it fits.
    kind fit() const noexcept { return static_cast<kind>(raw_.kind); }

    /// Why, in one sentence.
    std::string_view reason() const noexcept { return detail::view(raw_.reason); }

    /// How many codes the target has for it.
    std::size_t size() const noexcept { return raw_.count; }

    /// Whether it has none.
    bool empty() const noexcept { return raw_.count == 0; }

    /// The target's code at `i`, which is less than size().
    code operator[](std::size_t i) const noexcept { return code(to_, raw_.values[i]); }

    /// Goes over the target's codes.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = code;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = code;
        code operator*() const noexcept { return (*of_)[at_]; }
        iterator &operator++() noexcept { return ++at_, *this; }
        iterator operator++(int) noexcept { return iterator(of_, at_++); }
        friend bool operator==(iterator a, iterator b) noexcept { return a.at_ == b.at_; }
        friend bool operator!=(iterator a, iterator b) noexcept { return a.at_ != b.at_; }

    private:
        friend class translation;
        iterator(const translation *of, std::size_t at) noexcept : of_(of), at_(at) {}
        const translation *of_;
        std::size_t at_;
    };

    iterator begin() const noexcept { return iterator(this, 0); }
    iterator end() const noexcept { return iterator(this, raw_.count); }

private:
    dialect to_;
    aerocodes_translation raw_{};
};

/// "exact", "folded" or "none".
constexpr std::string_view name(translation::kind k) noexcept
{
    return k == translation::kind::exact ? "exact" : k == translation::kind::folded ? "folded" : "none";
}

inline translation code::translate(aerocodes::dialect to) const noexcept
{
    return translation(*this, to);
}

/// Goes over ids that follow one another; what dialects() and conditions() return.
template <class E> class ids {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = E;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = E;
        constexpr E operator*() const noexcept { return static_cast<E>(at_); }
        constexpr iterator &operator++() noexcept { return ++at_, *this; }
        constexpr iterator operator++(int) noexcept { return iterator(at_++); }
        friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.at_ == b.at_; }
        friend constexpr bool operator!=(iterator a, iterator b) noexcept { return a.at_ != b.at_; }

    private:
        friend class ids;
        constexpr explicit iterator(std::int32_t at) noexcept : at_(at) {}
        std::int32_t at_;
    };

    constexpr ids(std::int32_t from, std::int32_t to) noexcept : from_(from), to_(to) {}
    constexpr iterator begin() const noexcept { return iterator(from_); }
    constexpr iterator end() const noexcept { return iterator(to_); }
    constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(to_ - from_); }

private:
    std::int32_t from_;
    std::int32_t to_;
};

/// All dialects.
constexpr ids<dialect> dialects() noexcept
{
    return {0, AEROCODES_TABLES_DIALECTS};
}

/// All conditions.
constexpr ids<condition> conditions() noexcept
{
    return {1, AEROCODES_TABLES_CONDITIONS};
}

/// The known codes of a dialect, by number; what codes() returns.
class code_range {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = code;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = code;

        constexpr code operator*() const noexcept
        {
            return code(static_cast<dialect>(dialect_),
                        at_ < near() ? row().min + at_ : aerocodes_far_values_[row().far_from + (at_ - near())]);
        }
        constexpr iterator &operator++() noexcept
        {
            ++at_;
            skip();
            return *this;
        }
        constexpr iterator operator++(int) noexcept
        {
            const iterator old = *this;
            ++*this;
            return old;
        }
        friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.at_ == b.at_; }
        friend constexpr bool operator!=(iterator a, iterator b) noexcept { return a.at_ != b.at_; }

    private:
        friend class code_range;
        constexpr iterator(std::int32_t d, std::int32_t at) noexcept : dialect_(d), at_(at) { skip(); }
        constexpr const aerocodes_dialect_row_ &row() const noexcept { return aerocodes_dialect_rows_[dialect_]; }
        constexpr std::int32_t near() const noexcept { return static_cast<std::int32_t>(row().len); }
        constexpr void skip() noexcept
        {
            while (at_ < near() && !(**this).known())
                ++at_;
        }
        std::int32_t dialect_;
        std::int32_t at_;
    };

    constexpr explicit code_range(dialect d) noexcept
        : dialect_(detail::id(d) >= 0 && detail::id(d) < AEROCODES_TABLES_DIALECTS ? detail::id(d) : -1)
    {
    }
    constexpr iterator begin() const noexcept { return dialect_ < 0 ? end() : iterator(dialect_, 0); }
    constexpr iterator end() const noexcept
    {
        const aerocodes_dialect_row_ &row = aerocodes_dialect_rows_[dialect_ < 0 ? 0 : dialect_];
        return iterator(dialect_ < 0 ? 0 : dialect_, static_cast<std::int32_t>(row.len) + row.far_to - row.far_from);
    }

private:
    std::int32_t dialect_;
};

/// The known codes of a dialect, by number; none for a dialect that there is not.
constexpr code_range codes(dialect d) noexcept
{
    return code_range(d);
}

/// The dialect that a key or an alias names, in any case. Calls the library.
inline std::optional<dialect> dialect_by_key(const std::string &key) noexcept
{
    const std::int32_t d = key.find('\0') == std::string::npos ? aerocodes_dialect(key.c_str()) : -1;
    return d < 0 ? std::nullopt : std::optional<dialect>(static_cast<dialect>(d));
}

/// The condition of a name, in any case. Calls the library.
inline std::optional<condition> condition_by_name(const std::string &name) noexcept
{
    const std::int32_t c = name.find('\0') == std::string::npos ? aerocodes_condition_by_name(name.c_str()) : 0;
    return c == 0 ? std::nullopt : std::optional<condition>(static_cast<condition>(c));
}

/// Conditions that fit some words, the best first. Calls the library.
inline std::vector<condition> search(const std::string &words)
{
    std::array<std::int32_t, 24> ids{};
    const std::size_t n = aerocodes_search(words.c_str(), ids.data(), ids.size());
    std::vector<condition> out;
    for (std::size_t i = 0; i < n && i < ids.size(); ++i)
        out.push_back(static_cast<condition>(ids[i]));
    return out;
}

/// Every reading of a bare number, in all dialects, the likeliest first. Calls the library.
inline std::vector<aerocodes_reading> readings(std::int32_t value)
{
    std::vector<aerocodes_reading> out(aerocodes_readings(value, nullptr, 0));
    if (!out.empty()) {
        out[0].size = sizeof out[0];
        aerocodes_readings(value, out.data(), out.size());
    }
    return out;
}

/// Every reading with this spelling, in all dialects. Calls the library.
inline std::vector<aerocodes_reading> find(const std::string &spelling)
{
    if (spelling.find('\0') != std::string::npos)
        return {};
    std::vector<aerocodes_reading> out(aerocodes_find(spelling.c_str(), nullptr, 0));
    if (!out.empty()) {
        out[0].size = sizeof out[0];
        aerocodes_find(spelling.c_str(), out.data(), out.size());
    }
    return out;
}

/// One raised error, found in a text. `name` and `node` point into that text, `why` is static.
struct finding {
    std::size_t start;                   ///< First byte of what identifies the error.
    std::size_t end;                     ///< One past the last byte.
    std::optional<aerocodes::dialect> dialect; ///< None when the shape of the text cannot tell; then see candidates.
    std::optional<std::int32_t> value;   ///< The number, when the text tells.
    aerocodes::condition condition;      ///< What happened, when all candidates agree; else condition::unknown.
    std::string_view name;               ///< The spelling in the text; empty when it has none.
    std::string_view node;               ///< The node as the text names it; empty when it names none.
    std::optional<std::uint32_t> subcode; ///< The server's refinement of the code.
    std::optional<std::uint32_t> iteration; ///< The attempt as the text numbers it.
    std::optional<bool> in_doubt;        ///< The client's in-doubt flag.
    std::uint32_t candidates;            ///< The dialects that the shape allows: bit N is the dialect N.
    double confidence;                   ///< From 0 to 1.
    bool nested;                         ///< Whether it stands inside another finding.
    std::string_view why;                ///< Why it is that sure, in a short sentence.
    aerocodes_release release_first;     ///< First release whose messages have this shape; AEROCODES_RELEASE_NONE: not known.
    aerocodes_release release_last;      ///< Last such release; AEROCODES_RELEASE_NONE: not known.
};

/// Every raised error in a text, in order. Calls the library.
inline std::vector<finding> recognize(std::string_view text)
{
    std::vector<aerocodes_finding> raw(aerocodes_recognize(text.data(), text.size(), nullptr, 0));
    if (raw.empty())
        return {};
    raw[0].size = sizeof raw[0];
    aerocodes_recognize(text.data(), text.size(), raw.data(), raw.size());
    std::vector<finding> out;
    out.reserve(raw.size());
    const auto number = [](std::int64_t n) {
        return n < 0 ? std::nullopt : std::optional<std::uint32_t>(static_cast<std::uint32_t>(n));
    };
    const auto piece = [](const char *at, std::size_t length) {
        return at == nullptr ? std::string_view() : std::string_view(at, length);
    };
    for (const aerocodes_finding &f : raw) {
        out.push_back({f.start, f.end, f.dialect < 0 ? std::nullopt : std::optional<dialect>(static_cast<dialect>(f.dialect)),
                       (f.flags & AEROCODES_FINDING_VALUE) != 0 ? std::optional<std::int32_t>(f.value) : std::nullopt,
                       static_cast<condition>(f.condition), piece(f.name, f.name_length), piece(f.node, f.node_length),
                       number(f.subcode), number(f.iteration),
                       f.in_doubt < 0 ? std::nullopt : std::optional<bool>(f.in_doubt > 0), f.candidates, f.confidence,
                       (f.flags & AEROCODES_FINDING_NESTED) != 0, piece(f.why, f.why_length), f.release_first,
                       f.release_last});
    }
    return out;
}

/// The category of the std::error_codes of one dialect; its name is "aerospike." and the dialect's key.
///
/// A template only so that programs without error codes have nothing of it, and need no library for it.
template <class = void> class AEROCODES_SHARED_ basic_dialect_category final : public std::error_category {
public:
    explicit basic_dialect_category(aerocodes::dialect d) noexcept : dialect_(d)
    {
        const std::string_view key = aerocodes::name(d);
        std::size_t n = 0;
        for (const char c : prefix)
            name_[n++] = c;
        for (const char c : key)
            if (n + 1 < name_.size())
                name_[n++] = c;
    }

    /// "aerospike.java".
    const char *name() const noexcept override { return name_.data(); }

    /// The summary of the code, its name and its number.
    std::string message(int value) const override
    {
        const code c(dialect_, value);
        std::string out(c.known() ? c.summary() : std::string_view("Unknown code."));
        out.append(" (").append(aerocodes::name(dialect_)).append(1, ':').append(std::to_string(value));
        if (!c.name().empty())
            out.append(1, ' ').append(c.name());
        return out.append(1, ')');
    }

    /// The condition of the code, so that codes of two dialects are equivalent when the same happened.
    std::error_condition default_error_condition(int value) const noexcept override;

    /// The dialect.
    aerocodes::dialect dialect() const noexcept { return dialect_; }

    /// What every name begins with.
    static constexpr std::string_view prefix = "aerospike.";

private:
    aerocodes::dialect dialect_;
    std::array<char, 32> name_{};
};

/// The category of the std::error_codes of one dialect.
using dialect_category = basic_dialect_category<>;

namespace detail {

/// The first object that any part of the program offered under a number.
inline const std::error_category *shared(std::int32_t number, const std::error_category *candidate) noexcept
{
#ifdef AEROCODES_HEADER_ONLY
    static_cast<void>(number);
    return candidate;
#else
    return static_cast<const std::error_category *>(aerocodes_shared(number, candidate));
#endif
}

/// The categories by dialect. Never destroyed: error codes may outlive the statics of the object that made them.
struct AEROCODES_SHARED_ dialect_categories {
    std::array<const std::error_category *, AEROCODES_TABLES_DIALECTS> all{};
    dialect_categories()
    {
        for (const dialect d : dialects())
            all[static_cast<std::size_t>(d)] = shared(1 + id(d), new dialect_category(d));
    }
};

/// The code of any std::error_code that is one of ours, told by the category's name: also where another shared object has a
/// category object of its own.
inline std::optional<code> ours(const std::error_code &ec) noexcept
{
    const std::string_view name = ec.category().name();
    if (name.substr(0, dialect_category::prefix.size()) != dialect_category::prefix)
        return std::nullopt;
    for (const dialect d : dialects())
        if (name.substr(dialect_category::prefix.size()) == aerocodes::name(d))
            return code(d, ec.value());
    return std::nullopt;
}

} // namespace detail

/// The std::error_category of a dialect: the same object in the whole program. One that there is not has the server's.
AEROCODES_SHARED_ inline const std::error_category &error_category(dialect d) noexcept
{
    static const detail::dialect_categories &categories = *new detail::dialect_categories;
    const std::int32_t i = detail::id(d);
    return *categories.all[static_cast<std::size_t>(i >= 0 && i < AEROCODES_TABLES_DIALECTS ? i : 0)];
}

/// The std::error_code of a code: its number in its dialect's category.
inline std::error_code make_error_code(code c) noexcept
{
    return std::error_code(c.value(), error_category(c.dialect()));
}

inline code::operator std::error_code() const noexcept
{
    return make_error_code(*this);
}

/// The category of the std::error_conditions: conditions by id, and the questions of cond.
class AEROCODES_SHARED_ condition_category final : public std::error_category {
public:
    /// "aerospike".
    const char *name() const noexcept override { return "aerospike"; }

    /// The condition's summary, or the question.
    std::string message(int value) const override
    {
        switch (static_cast<cond>(value)) {
        case cond::retryable:
            return "retryable";
        case cond::maybe_applied:
            return "maybe applied";
        case cond::retryable_not_applied:
            return "retryable and not applied";
        case cond::known:
            return "a known code";
        default:
            break;
        }
        const std::string_view text = summary(static_cast<condition>(value));
        return std::string(text.empty() ? std::string_view("Unknown condition.") : text);
    }

    /// Whether a code is this condition, or the question's answer for it is yes.
    bool equivalent(const std::error_code &ec, int value) const noexcept override
    {
        const std::optional<code> c = detail::ours(ec);
        if (!c)
            return false;
        switch (static_cast<cond>(value)) {
        case cond::retryable:
            return c->retryable() == answer::yes;
        case cond::maybe_applied:
            return c->maybe_applied() != answer::no;
        case cond::retryable_not_applied:
            return c->retryable_not_applied() == answer::yes;
        case cond::known:
            return c->known();
        default:
            return c->known() && detail::id(c->condition()) == value;
        }
    }
};

/// The std::error_category of conditions: the same object in the whole program.
AEROCODES_SHARED_ inline const std::error_category &error_condition_category() noexcept
{
    static const std::error_category &category = *detail::shared(0, new condition_category);
    return category;
}

/// A condition or a question as a std::error_condition.
inline std::error_condition make_error_condition(cond c) noexcept
{
    return std::error_condition(detail::id(c), error_condition_category());
}

/// A condition as a std::error_condition.
inline std::error_condition make_error_condition(condition c) noexcept
{
    return std::error_condition(detail::id(c), error_condition_category());
}

template <class T> inline std::error_condition basic_dialect_category<T>::default_error_condition(int value) const noexcept
{
    const code c(dialect_, value);
    return c.known() ? make_error_condition(c.condition()) : std::error_condition(value, *this);
}

} // namespace aerocodes

template <> struct std::is_error_condition_enum<aerocodes::cond> : std::true_type {};
template <> struct std::is_error_condition_enum<aerocodes::condition> : std::true_type {};

#endif
