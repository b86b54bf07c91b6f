#include "formats/bankgirot/seal/detail/verifier.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "formats/bankgirot/seal/layout.hpp"
#include "formats/core/text.hpp"

namespace brygga::seal::detail {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view after_closing_allowed = " \x1A";
constexpr std::size_t code_columns = 2;
constexpr std::string_view closing_code = "99";

// Enough to know a line by and too little to tell about anybody.
std::string_view code_of(std::string_view line) noexcept {
    return line.substr(0, code_columns);
}

std::string shown(std::string_view code) {
    return to_utf8(code, encoding::iso_8859_1);
}

verifier::span columns_of(const layout::record_info& record, std::string_view field) noexcept {
    const layout::field_info* const found = record.find(field);
    return {found->first, found->last};
}

std::uint16_t narrow(std::uint64_t column) noexcept {
    return static_cast<std::uint16_t>(std::min<std::uint64_t>(column, 0xFFFF));
}

bool may_become_closing(std::string_view start) noexcept {
    return closing_code.substr(0, start.size()) == start.substr(0, code_columns);
}

bool has_lower_case(std::string_view digits) noexcept {
    return std::any_of(digits.begin(), digits.end(), [](char c) { return c >= 'a' && c <= 'f'; });
}

}  // namespace

result<verifier> verifier::begin(const key* with, std::string known, const verify_options& options) {
    verifier out(std::move(known), options);
    if (with == nullptr) return out;
    auto of = authenticator::begin(*with);
    if (!of) return tl::unexpected<error>(of.error());
    out.authenticator_ = std::move(*of);
    out.own_kvv_ = with->kvv();
    return out;
}

result<void> verifier::update(std::string_view bytes) {
    if (bytes.empty()) return {};
    if (after_cr_ && bytes.front() == '\n') {
        bytes.remove_prefix(1);
        if (phase_ == phase::between && out_.inner_begin == line_begin_) out_.inner_end = ++out_.inner_begin;
        ++line_begin_;
    }
    after_cr_ = !bytes.empty() && bytes.back() == '\r';
    line_cutter lines(bytes);
    physical_line part;
    unfed_ = bytes.data();
    while (phase_ != phase::broken && lines.next(part)) {
        const bool record = phase_ == phase::between;
        if (const auto taken = take(part.bytes); !taken) return taken;
        if (!part.end.empty())
            if (const auto ended = end_line(part.end.size()); !ended) return ended;
        if (!record) unfed_ = part.end.data() + part.end.size();
    }
    if (phase_ != phase::between) return {};
    if (!holding_ || width_ == 0) return feed_until(bytes.data() + bytes.size());
    held_ = start_.size();
    return feed_until(part.bytes.data());
}

result<void> verifier::take(std::string_view part) {
    if (part.empty()) return {};
    start_.append(part.substr(0, layouts::width - start_.size()));
    width_ += part.size();
    switch (phase_) {
        case phase::between:
            return take_record(part);
        case phase::after_closing:
            take_rest(part);
            return {};
        case phase::before_opening:
            blank_ = blank_ && part.find_first_not_of(blanks) == std::string_view::npos;
            return {};
        case phase::without_opening:
        case phase::broken:
            return {};
    }
    return {};
}

// The MAC is given the lines as they come, many at a time, but for what may be TK99.
result<void> verifier::take_record(std::string_view part) {
    if (!holding_ || (width_ < layouts::closing_columns && may_become_closing(start_))) return {};
    if (!layouts::is_closing(start_)) return feed_held();
    if (const auto fed = feed_until(part.data()); !fed) return fed;
    close();
    take_rest(part.substr(layouts::closing_columns - static_cast<std::size_t>(width_ - part.size())));
    return {};
}

// The line at hand is not TK99.
result<void> verifier::feed_held() {
    holding_ = false;
    return feed(std::string_view(start_).substr(0, std::exchange(held_, 0)));
}

result<void> verifier::feed_until(const char* end) {
    return feed({unfed_, static_cast<std::size_t>(end - std::exchange(unfed_, end))});
}

result<void> verifier::feed(std::string_view bytes) {
    return authenticator_ ? authenticator_->update(bytes) : result<void>();
}

void verifier::close() {
    phase_ = phase::after_closing;
    closing_ = start_.substr(0, layouts::closing_columns);
    closing_line_ = line_;
    const closing_record record = layouts::read_closing(closing_);
    out_.closing_date = record.date;
    out_.kvv = parse_mac(record.kvv.bytes);
    out_.found = parse_mac(record.mac.bytes);
    out_.inner_end = line_begin_;
}

// What stands behind TK99; of the line at hand the part that came last.
void verifier::take_rest(std::string_view part) {
    const std::size_t at = part.find_first_not_of(after_closing_allowed);
    if (at == std::string_view::npos) return;
    const std::uint64_t column = width_ - part.size() + at + 1;
    broken(verdict::malformed, rule::R06, {column, column}, {}, "nothing but line ends, blanks and 1A after TK99");
}

result<void> verifier::end_line(std::size_t end_bytes) {
    result<void> done;
    if (phase_ == phase::before_opening && !blank_) {
        done = first_line();
    } else if (phase_ == phase::between && width_ != 0) {
        if (holding_) done = feed_held();
        end_record();
    } else if (phase_ == phase::without_opening && layouts::is_closing(start_)) {
        broken(verdict::malformed, rule::R06, {1, code_columns}, shown(code_of(start_)), "a TK00 before TK99");
    }
    line_begin_ += width_ + end_bytes;
    if (phase_ == phase::between && out_.inner_begin == 0) out_.inner_begin = out_.inner_end = line_begin_;
    ++line_;
    start_.clear();
    width_ = 0;
    holding_ = blank_ = true;
    return done;
}

result<void> verifier::first_line() {
    std::string_view line = start_;
    if (line.starts_with(utf8_byte_order_mark)) line.remove_prefix(utf8_byte_order_mark.size());
    if (!layouts::is_opening(line)) {
        phase_ = phase::without_opening;
        last_ = here();
        return {};
    }
    const opening_record record = layouts::read_opening(line);
    out_.opening_date = record.date;
    if (record.type.bytes == layouts::nexus_type) {
        broken(verdict::unsupported, rule::R11, columns_of(layouts::opening::info(), "type"), std::string(record.type.bytes),
               "HMAC");
    } else if (line.size() != start_.size()) {
        broken(verdict::malformed, rule::R06, {1, utf8_byte_order_mark.size()}, "a byte order mark", "TK00 first");
    } else if (width_ > layouts::width) {
        broken(verdict::malformed, rule::R06, {layouts::width + 1, width_}, fmt::format("{} columns", width_), "80 columns");
    } else {
        phase_ = phase::between;
        last_ = here();
        return feed(start_);
    }
    return {};
}

verifier::place verifier::here() const {
    return {line_, line_begin_, std::string(code_of(start_))};
}

void verifier::end_record() {
    ++out_.records;
    last_ = here();
    if (layouts::is_opening(start_))
        return broken(verdict::malformed, rule::R06, {1, layouts::opening_columns}, shown(code_of(start_)), "no second TK00");
    if (width_ == layouts::width) return;
    const span beyond = width_ < layouts::width ? span{width_ + 1, layouts::width} : span{layouts::width + 1, width_};
    add(rule::R05, severity::warning, {line_, line_begin_, last_.code}, beyond, {}, fmt::format("{} columns", width_),
        "80 columns");
}

result<verification> verifier::finish() {
    if (width_ != 0)
        if (const auto ended = end_line(0); !ended) return tl::unexpected<error>(ended.error());
    switch (phase_) {
        case phase::broken:
            break;
        case phase::before_opening:
        case phase::without_opening:
            add(rule::R06, severity::error, last_, {1, code_columns}, {}, shown(last_.code), "TK00");
            break;
        case phase::between:
            out_.is = verdict::malformed;
            out_.inner_end = line_begin_;
            add(rule::R06, severity::error, last_, {1, code_columns}, {}, shown(last_.code), "TK99 as the last record");
            break;
        case phase::after_closing:
            if (const auto judged = judge(); !judged) return tl::unexpected<error>(judged.error());
            break;
    }
    return std::move(out_);
}

result<void> verifier::judge() {
    judge_dates();
    const closing_record record = layouts::read_closing(closing_);
    for (const auto& [field, digits] : {std::pair{"kvv", record.kvv.bytes}, std::pair{"mac", record.mac.bytes}})
        if (has_lower_case(digits)) on_closing(rule::R10, severity::warning, field, std::string(digits), "upper-case digits");
    if (!own_kvv_ || *own_kvv_ != *out_.kvv) {
        out_.is = verdict::wrong_key;
        on_closing(rule::R07, severity::error, "kvv", out_.kvv->text(), known_.empty() ? "a known key; there is none" : known_);
        return {};
    }
    const auto computed = authenticator_->finish();
    if (!computed) return tl::unexpected<error>(computed.error());
    out_.expected = *computed;
    out_.is = *computed == *out_.found ? verdict::ok : verdict::changed;
    if (out_.is == verdict::changed) on_closing(rule::R08, severity::error, "mac", out_.found->text(), computed->text());
    return {};
}

void verifier::judge_dates() {
    const auto complain = [&](std::string expected) {
        on_closing(rule::R09, severity::warning, "date", out_.closing_date, std::move(expected));
    };
    if (out_.closing_date != out_.opening_date) complain(fmt::format("{}, the date of TK00", out_.opening_date));
    const auto day = parse_yymmdd(out_.closing_date);
    if (!day) return complain("a real date");
    if (today_ && days_between(*day, *today_) > max_age_days_) complain(fmt::format("at most {} days ago", max_age_days_));
}

void verifier::broken(verdict is, rule why, span columns, std::string found, std::string expected) {
    // Behind TK99 the line at hand may not have come whole.
    const std::string code = phase_ == phase::after_closing ? std::string() : std::string(code_of(start_));
    phase_ = phase::broken;
    out_.is = is;
    add(why, severity::error, {line_, line_begin_, code}, columns, {}, std::move(found), std::move(expected));
}

void verifier::on_closing(rule which, severity level, std::string_view field, std::string found, std::string expected) {
    add(which, level, {closing_line_, out_.inner_end, std::string(closing_code)}, columns_of(layouts::closing::info(), field),
        field, std::move(found), std::move(expected));
}

void verifier::add(rule which, severity level, const place& at, span columns, std::string_view field, std::string found,
                   std::string expected) {
    out_.findings.add(static_cast<std::size_t>(which), level, [&] {
        finding made;
        made.where = {at.line, at.begin + columns.first - 1, narrow(columns.first), narrow(columns.last)};
        made.record = shown(at.code);
        made.field = field;
        made.found = std::move(found);
        made.expected = std::move(expected);
        return made;
    });
}

}  // namespace brygga::seal::detail
