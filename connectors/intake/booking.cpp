#include <algorithm>
#include <exception>

#include "connectors/config/import_options.hpp"
#include "connectors/intake/detail/routes.hpp"
#include "connectors/intake/detail/seal_check.hpp"
#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/kept_original.hpp"
#include "connectors/intake/swedish_day.hpp"

namespace brygga::intake::detail {

namespace {

constexpr std::string_view blank_bytes = " \t\r\n\x1A";
constexpr int max_bookings = 5;           // of one file at a pass, when others book its deposits meanwhile
constexpr std::size_t binary_share = 10;  // one control character in so many bytes is no text

bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 && blank_bytes.find(c) == std::string_view::npos && c != '\f' && c != '\x1B';
}

// Why a file that no format knows is not taken.
std::string_view reason_of_unknown(std::string_view bytes) {
    if (bytes.empty()) return reason::empty;
    std::string_view text = bytes;
    if (text.starts_with(utf8_byte_order_mark)) text.remove_prefix(utf8_byte_order_mark.size());
    if (text.find_first_not_of(blank_bytes) == std::string_view::npos) return reason::blank;
    const std::string_view head = text.substr(0, sniff_bytes);
    const auto controls = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), is_control));
    if (head.find('\0') != std::string_view::npos || controls * binary_share > head.size()) return reason::binary;
    return reason::unknown_format;
}

// Errors of the content, the same at every attempt: the file is rejected with the error in its receipt. All others are of
// the moment: the file stays in work/ and the next pass tries again.
bool is_final(error_code code) noexcept {
    switch (code) {
        case error_code::invalid_content:
        case error_code::limit_exceeded:
        case error_code::conflict:
        case error_code::already_exists:
        case error_code::invalid_argument:
            return true;
        case error_code::invalid_config:
        case error_code::not_found:
        case error_code::permission_denied:
        case error_code::no_space:
        case error_code::busy:
        case error_code::corrupt:
        case error_code::io:
            return false;
    }
    return false;
}

// When the same content came first: the earliest delivery of the same bytes, else the file that BGMAX-R60 names.
result<std::optional<first_delivery>> find_first(ledger::transaction& in, const ledger::exchanged_file& file,
                                                 const inbound::file_result& content) {
    std::string_view earlier_name;
    for (const inbound::logical_result& each : content.files)
        if (earlier_name.empty()) earlier_name = each.already_in_file;
    if (earlier_name.empty()) return std::nullopt;
    auto first = in.first_file_with(file.sha256);
    if (!first) return tl::unexpected<error>(first.error());
    // A delivery of several logical files may hold the same one twice: then its own name is the one named.
    const bool may_mean_itself = earlier_name == file.name && content.files.size() > 1;
    if (!*first && !may_mean_itself) {
        auto named = in.files_named(earlier_name, 2);
        if (!named) return tl::unexpected<error>(named.error());
        if (named->size() == 1) *first = std::move(named->front());  // of several nobody can tell which one is meant
    }
    if (!*first) return std::nullopt;
    const auto received = filedrop::time_of_claim((*first)->claim);
    return first_delivery{(*first)->claim, received ? utc_text(*received) : std::string()};
}

// Fills outcome and receipt of a file that no mapping has written anything of.
result<void> reject(desk& on, ledger::exchanged_file& file, std::string_view why, std::string error_text,
                    ledger::transaction& in) {
    auto log = in.newest_log();
    if (!log) return tl::unexpected<error>(log.error());
    receipt_input input{on.who->id, &file, nullptr, {}, {}, {}, {}, std::move(*log)};
    input.reasons.emplace_back(why);
    input.error = std::move(error_text);
    file.outcome = ledger::file_outcome::rejected;
    file.receipt = make_receipt(input);
    return {};
}

// The outermost boundary of a mapping: what it throws is this file's failure, and the other files go on.
result<inbound::file_result> book_safely(desk& on, const inbound::mapping& mapping, byte_source& source,
                                         const ledger::exchanged_file& file, ledger::transaction& into) {
    try {
        const auto with = settings_for(on, file.format, source);
        if (!with) return tl::unexpected(with.error());
        return mapping.book(source.bytes(), file, *with, into);
    } catch (const std::exception&) {
        return fail(error_code::io, "the mapping broke off; the file is tried again at the next pass");
    }
}

// What was booked now: not what waits, and not what another channel had brought before.
std::vector<inbound::section_result> booked_of(const inbound::file_result& content) {
    std::vector<inbound::section_result> out;
    for (const inbound::logical_result& logical : content.files)
        for (const inbound::section_result& each : logical.sections)
            if (each.state == inbound::section_state::booked) out.push_back(each);
    return out;
}

// What was made for the routes before the booking, and of which sections that was asked; nothing: of all that wait for nobody.
struct preparation {
    std::optional<section_set> asked;
    std::vector<staged_route> staged;
};

// Whether it holds what was booked, or as much of that as can be converted.
bool fits(const preparation& made, const section_set& booked) {
    return booked.empty() || made.asked == booked ||
           std::all_of(made.staged.begin(), made.staged.end(), [&](const staged_route& each) { return each.sections == booked; });
}

// Reads and books into `into`; fills outcome and receipt of `file`. False when other sections were booked than were made ready
// for the routes: then those are what must be asked for.
result<bool> read_into(desk& on, const inbound::mapping& mapping, byte_source& source, ledger::exchanged_file& file,
                       preparation& ready, ledger::transaction& into) {
    const auto content = book_safely(on, mapping, source, file, into);
    if (!content) return tl::unexpected<error>(content.error());
    const std::vector<inbound::section_result> booked = booked_of(*content);
    section_set numbers;
    for (const inbound::section_result& each : booked)
        numbers.insert(each.section_no);
    if (!fits(ready, numbers)) {
        ready.asked = std::move(numbers);
        return false;
    }
    auto first = find_first(into, file, *content);
    if (!first) return tl::unexpected<error>(first.error());
    auto log = into.newest_log();
    if (!log) return tl::unexpected<error>(log.error());
    result<std::vector<routed>> routes;
    if (!booked.empty()) routes = record_routes(std::move(ready.staged), file, {}, booked, into);
    if (!routes) return tl::unexpected<error>(routes.error());
    receipt_input input{on.who->id, &file, &*content, {}, {}, std::move(*first), std::move(*routes), std::move(*log)};
    file.outcome = content->outcome();
    file.receipt = make_receipt(input);
    return true;
}

// The file's own row, and the end of the transaction.
result<ledger::exchanged_file> conclude(desk& on, const filedrop::claimed_file& item, ledger::exchanged_file& file,
                                        ledger::transaction& into) {
    on.pass(step::booked);
    if (auto added = into.add_file(file); !added) return tl::unexpected<error>(added.error());
    on.pass(step::file_added);
    // A sender that pauses longer than the quiet time may still be writing: what it adds must not be lost.
    const auto now = on.files().facts(item.path);
    if (!now) return tl::unexpected<error>(now.error());
    if (*now != item.facts) return fail(error_code::busy, "the file was written to after it was claimed");
    if (auto kept = still_kept(*on.originals, {file.sha256, static_cast<std::uint64_t>(file.size_bytes)}); !kept)
        return tl::unexpected<error>(kept.error());
    if (auto done = into.commit(); !done) return tl::unexpected<error>(done.error());
    on.warn_of_head();
    return file;
}

// In a transaction of its own: what a mapping wrote before it gave up must not be committed with the rejection. (A savepoint
// around the mapping would do the same, but SQLite walks the pages it keeps for one at the end of every statement.)
result<ledger::exchanged_file> book_rejected(desk& on, const filedrop::claimed_file& item, ledger::exchanged_file file,
                                             std::string_view reason, std::string why) {
    auto open = on.books->begin(on.who->id);
    if (!open) return tl::unexpected<error>(open.error());
    file.id = (*open)->allot_id();
    if (auto done = reject(on, file, reason, std::move(why), **open); !done) return tl::unexpected<error>(done.error());
    return conclude(on, item, file, **open);
}

// One transaction: the rows of the content and the file's own row. Nothing when other sections were booked than were made ready.
result<std::optional<ledger::exchanged_file>> try_to_book(desk& on, const filedrop::claimed_file& item, byte_source& source,
                                                          ledger::exchanged_file file, preparation& ready) {
    auto open = on.books->begin(on.who->id);
    if (!open) return tl::unexpected<error>(open.error());
    ledger::transaction& into = **open;
    auto there = into.file_with_claim(file.claim);
    if (!there) return tl::unexpected<error>(there.error());
    if (*there && (*there)->sha256 != file.sha256)
        return fail(error_code::conflict, "the ledger knows another file under this claim id");
    if (*there) return there;
    on.pass(step::booking);
    file.id = into.allot_id();
    const inbound::mapping* const mapping = file.format.empty() ? nullptr : on.how->find_mapping(file.format);
    if (mapping == nullptr) {
        const std::string_view why = file.format.empty() ? reason_of_unknown(source.bytes()) : reason::not_imported;
        if (auto done = reject(on, file, why, {}, into); !done) return tl::unexpected<error>(done.error());
        return conclude(on, item, file, into);
    }
    const auto read = read_into(on, *mapping, source, file, ready, into);
    if (read && !*read) return std::nullopt;
    if (read) return conclude(on, item, file, into);
    if (!is_final(read.error().code)) return tl::unexpected<error>(read.error());
    open->reset();
    return book_rejected(on, item, std::move(file), reason::not_readable, read.error().text);
}

// Converts for the routes before the transaction, for what the ledger will most probably book; rolls back and does it again where
// it books something else, as of a statement that repeats some deposits of a notification.
result<ledger::exchanged_file> book_once(desk& on, const filedrop::claimed_file& item, byte_source& source,
                                         const ledger::exchanged_file& file) {
    preparation ready;
    for (int attempt = 0; attempt < max_bookings; ++attempt) {
        auto staged = stage_routes(on, file, source, {}, ready.asked);
        if (!staged) return tl::unexpected<error>(staged.error());
        ready.staged = std::move(*staged);
        auto done = try_to_book(on, item, source, file, ready);
        if (!done) return tl::unexpected<error>(done.error());
        if (*done) return std::move(**done);
    }
    return fail(error_code::busy, "other deliveries of the same deposits were booked each time this one was converted");
}

}  // namespace

std::filesystem::path desk::folder_of(ledger::file_outcome outcome) const {
    switch (outcome) {
        case ledger::file_outcome::archived:
            return who->archive();
        case ledger::file_outcome::held:
            return who->held();
        case ledger::file_outcome::rejected:
            return who->rejected();
    }
    return who->rejected();
}

namespace {

// Of the tenant's mail server, for what comes back from it.
result<std::optional<mail::message_ids>> message_ids_for(const desk& on, std::string_view format) {
    for (const partners::partner& each : on.who->partners) {
        if (format != "mail-report" || !std::holds_alternative<mail::server_settings>(each.server)) continue;
        auto ids = partners::message_ids_of(each);
        if (!ids) return tl::unexpected(std::move(ids.error()));
        return std::move(*ids);
    }
    return std::nullopt;
}

}  // namespace

rule_policy policy_for(const desk& on, std::string_view format) {
    rule_policy out;
    if (const config::tenant_profile* const profile = on.who->profile_for(format)) out.profile = profile->rules;
    return out;
}

result<inbound::settings> settings_for(const desk& on, std::string_view format, byte_source& source) {
    inbound::settings out;
    out.receivers = on.who->receivers;
    out.today = swedish_day(on.how->time->now());
    out.test_system = on.with->mode == config::run_mode::test;
    out.advance_covers_overdue = on.who->advance_covers_overdue;
    if (on.who->autogiro) out.autogiro_customer = on.who->autogiro->customer;
    if (on.who->payouts && on.who->payouts->lb) out.paying_bankgiro = on.who->payouts->lb->bankgiro;
    out.force_encoding = on.who->force_encoding;
    out.policy = policy_for(on, format);
    out.rows = config::import_options_of(*on.who, out.today);
    if (on.who->invoices) out.runs = on.who->invoices->terms(out.today).run;
    auto messages = message_ids_for(on, format);
    if (!messages) return tl::unexpected(std::move(messages.error()));
    out.messages = std::move(*messages);
    out.passed = [&source](std::size_t offset) { source.release_before(offset); };
    return out;
}

result<std::optional<ledger::exchanged_file>> known_file(const desk& on, std::string_view claim) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    return (*in)->file_with_claim(claim);
}

result<ledger::log_head> newest_log(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    return (*in)->newest_log();
}

result<decided_rows> decided_of(const desk& on, ledger::row_id file_id) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    auto holds = (*in)->holds_of_file(file_id);
    if (!holds) return tl::unexpected<error>(holds.error());
    auto handovers = (*in)->handovers_of_file(file_id);
    if (!handovers) return tl::unexpected<error>(handovers.error());
    return decided_rows{std::move(*holds), std::move(*handovers)};
}

result<ledger::exchanged_file> book_claimed(desk& on, const filedrop::claimed_file& item) {
    const auto is = fingerprint_of(on.files(), item.path);
    if (!is) return tl::unexpected<error>(is.error());
    on.pass(step::fingerprinted);
    if (auto kept = on.originals->keep(item.path, *is, item.name.claim); !kept) return tl::unexpected<error>(kept.error());
    on.pass(step::original_kept);
    auto source = on.originals->open(*is);
    if (!source) return tl::unexpected<error>(source.error());
    ledger::exchanged_file file;
    file.claim = item.name.claim;
    file.name = filedrop::readable_name(filedrop::unescape_name(item.name.escaped));
    file.sha256 = is->sha256;
    file.size_bytes = static_cast<std::int64_t>(is->size_bytes);
    file.format = on.how->sniff(source->bytes().substr(0, sniff_bytes));
    if (const config::tenant_profile* const profile = on.who->profile_for(file.format);
        profile != nullptr && !file.format.empty())
        file.profile = profile->rules.name;
    on.pass(step::sniffed);
    const auto wrong = wrong_seal(on, file.format, *source);
    if (!wrong) return tl::unexpected<error>(wrong.error());
    auto done =
        *wrong ? book_rejected(on, item, file, (*wrong)->rule->id, describe(**wrong)) : book_once(on, item, *source, file);
    if (!done) {
        // An error from commit is an unknown outcome: the ledger knows.
        auto there = known_file(on, file.claim);
        if (!there || !*there || (*there)->sha256 != file.sha256) return done;
        done = std::move(**there);
    }
    on.pass(step::committed);
    return done;
}

}  // namespace brygga::intake::detail
