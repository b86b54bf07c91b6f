// Converting for a route, and reading what was made with our own reader.
#include <algorithm>

#include <fmt/format.h>

#include "connectors/intake/detail/routed_json.hpp"
#include "connectors/intake/detail/routes.hpp"
#include "formats/convert/conversions.hpp"
#include "formats/core/sha256.hpp"
#include "formats/registry.hpp"

namespace brygga::intake::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_kept_notes = 100;

const convert::conversion* conversion_of(const config::route& way, std::string_view format) {
    for (const convert::conversion& each : convert::conversions())
        if (each.to == way.to && each.by_section && std::find(each.from.begin(), each.from.end(), format) != each.from.end())
            return &each;
    return nullptr;
}

// Keeps the first failure of a file that is written piece by piece.
class staged_file {
 public:
    staged_file(filedrop::file_system& files, const fs::path& path) : folder_(path.parent_path()), files_(files) {
        auto made = files.create(path);
        if (made)
            file_ = std::move(*made);
        else
            outcome_ = tl::unexpected<error>(made.error());
    }
    void write(std::string_view bytes) {
        if (outcome_) outcome_ = file_->write(bytes);
        hash_.add(bytes);
    }
    [[nodiscard]] result<std::string> close() {
        if (outcome_) outcome_ = file_->sync();
        if (outcome_) outcome_ = files_.sync_folder(folder_);
        if (!outcome_) return tl::unexpected<error>(outcome_.error());
        return hash_.hex();
    }

 private:
    fs::path folder_;
    filedrop::file_system& files_;
    std::unique_ptr<filedrop::open_file> file_;
    result<void> outcome_;
    sha256 hash_;
};

// What our own reader holds or refuses of a file that we made, by the place of the section in it; 0: the whole file.
using faults = std::map<std::uint32_t, std::string>;

// Every byte that leaves is read by our own reader first.
result<faults> faults_of(const fs::path& path, std::string_view format_id, bool test_system) {
    const format* const which = find_format(format_id);
    auto source = byte_source::open(path.string());
    if (!source) return tl::unexpected<error>(source.error());
    faults out;
    read_settings with;
    with.test_system = test_system;
    with.passed = [&](std::size_t offset) { source->release_before(offset); };
    which->check(source->bytes(), with, [&](const check_report& report) {
        if (report.accepted && report.findings->count(severity::hold) == 0) return;
        const auto add = [&](std::uint32_t section, const rule_info& broken) {
            if (const auto [at, added] = out.try_emplace(section); added)
                at->second = fmt::format("as {} the receiving system would not book it by itself ({}: {})", format_id, broken.id,
                                         broken.title);
        };
        for (const finding& each : report.findings->kept())
            if (each.level >= severity::hold) add(each.section, *each.rule);
        // The findings are capped: with them alone the file would be converted again for each thousand of them.
        for (const held_place& each : report.held)
            add(each.section, *each.rule);
        if (out.empty()) out.try_emplace(0, fmt::format("the receiving system would not take it as {}", format_id));
    });
    return out;
}

result<void> remove_staged(desk& on, const fs::path& path) {
    auto removed = on.files().remove(path);
    return !removed && removed.error().code != error_code::not_found ? removed : result<void>();
}

convert::settings settings_to_convert(const desk& on, std::string_view format, byte_source& source,
                                      const std::optional<section_set>& sections) {
    convert::settings with{policy_for(on, format),
                           {},
                           on.with->mode == config::run_mode::test,
                           [&source](std::size_t offset) { source.release_before(offset); },
                           {}};
    if (sections) with.wanted = [&sections](std::uint32_t section_no) { return sections->contains(section_no); };
    for (const inbound::receiver& each : on.who->receivers)
        with.receivers.push_back({each.bankgiro, each.ocr});
    return with;
}

void tell_losses(const convert::report& made, routed& into) {
    into.notes_total = made.notes_total;
    for (const convert::remark& each : made.notes)
        if (each.left_out != 0)
            --into.notes_total;
        else if (into.notes.size() < max_kept_notes)
            into.notes.push_back(each.text);
}

// Takes the sections that our own reader finds a fault with out of those that are wanted. False when none of them is to blame.
bool leave_out(const faults& found, const std::vector<std::uint32_t>& written, section_set& wanted,
               std::map<std::uint32_t, std::string>& why) {
    const std::size_t before = wanted.size();
    for (const auto& [place, text] : found) {
        if (place == 0 || place > written.size()) continue;
        wanted.erase(written[place - 1]);
        why[written[place - 1]] = text;
    }
    return wanted.size() < before;
}

result<staged_route> stage(desk& on, const config::route& way, const ledger::exchanged_file& file, byte_source& source,
                           const std::string& staged, std::optional<section_set> sections) {
    const convert::conversion& how = *conversion_of(way, file.format);
    const fs::path path = way.staging() / staged;
    staged_route out;
    out.way = &way;
    out.told.to = way.to;
    for (bool again = true; again;) {
        staged_file target(on.files(), path);
        const auto made = how.run(source.bytes(), settings_to_convert(on, file.format, source, sections),
                                  [&](std::string_view bytes) { target.write(bytes); });
        const auto hash = target.close();
        if (!hash) return tl::unexpected<error>(hash.error());
        if (!made) {
            out.told.error = made.error().text;
            break;
        }
        for (const convert::remark& each : made->notes)
            if (each.left_out != 0) out.why.emplace(each.left_out, each.why);
        if (made->sections.empty()) break;
        const auto found = faults_of(path, way.to, on.with->mode == config::run_mode::test);
        if (!found) return tl::unexpected<error>(found.error());
        sections.emplace(made->sections.begin(), made->sections.end());
        if (found->empty()) {
            out.staged = staged;
            out.sections = std::move(*sections);
            out.told.sha256 = *hash;
            out.told.sections = out.sections.size();
            out.told.section_nos.assign(out.sections.begin(), out.sections.end());
            tell_losses(*made, out.told);
            return out;
        }
        const bool told = leave_out(*found, made->sections, *sections, out.why);
        if (!told) out.told.error = found->begin()->second;
        again = told && !sections->empty();
    }
    if (auto removed = remove_staged(on, path); !removed) return tl::unexpected<error>(removed.error());
    return out;
}

// Before the other notes, of which the last may not be kept.
void tell_repeated(const std::vector<inbound::section_result>& booked, staged_route& into) {
    std::vector<std::string> notes;
    for (const inbound::section_result& each : booked)
        if (each.repeated != 0 && into.sections.contains(each.section_no))
            notes.push_back(
                fmt::format("section {}: handed on, but {} may have come before and {} in suspense here: compare with what the "
                            "receiving system has",
                            each.section_no, each.repeated == 1 ? "1 payment" : fmt::format("{} payments", each.repeated),
                            each.repeated == 1 ? "waits" : "wait"));
    into.told.notes_total += notes.size();
    notes.insert(notes.end(), into.told.notes.begin(), into.told.notes.end());
    if (notes.size() > max_kept_notes) notes.resize(max_kept_notes);
    into.told.notes = std::move(notes);
}

left_out_deposit left_out_of(const inbound::section_result& from, const staged_route& staged) {
    const auto at = staged.why.find(from.section_no);
    std::string why = at != staged.why.end() ? at->second : staged.told.error;
    if (why.empty()) why = fmt::format("{} cannot hold it", staged.way->to);
    return {from.section_no, from.bankgiro, from.payment_date, from.serial, from.currency, from.amount_ore, std::move(why)};
}

}  // namespace

result<std::vector<staged_route>> stage_routes(desk& on, const ledger::exchanged_file& file, byte_source& source,
                                               inbound::section_key part, const std::optional<section_set>& sections) {
    std::vector<staged_route> out;
    for (const config::route& way : on.who->routes) {
        if (!way.takes(file.format)) continue;
        // CLAIM.bgmax, or CLAIM.1-2.bgmax, which in staging is CLAIM.1-2.ATTEMPT.bgmax
        const bool whole = part.section_no == 0;
        const std::string base = whole ? file.claim : fmt::format("{}.{}-{}", file.claim, part.logical_no, part.section_no);
        const std::string attempt = whole ? std::string() : "." + filedrop::claim_source(*on.how->time).next();
        auto made = stage(on, way, file, source, fmt::format("{}{}.{}", base, attempt, way.to), sections);
        if (!made) return tl::unexpected<error>(made.error());
        if (!made->staged.empty()) made->told.file = fmt::format("{}.{}", base, way.to);
        out.push_back(std::move(*made));
        on.pass(step::staged);
    }
    return out;
}

result<std::vector<routed>> record_routes(std::vector<staged_route> staged, const ledger::exchanged_file& file,
                                          inbound::section_key part, const std::vector<inbound::section_result>& booked,
                                          ledger::transaction& into) {
    std::vector<routed> out;
    for (staged_route& each : staged) {
        for (const inbound::section_result& section : booked)
            if (!each.sections.contains(section.section_no)) each.told.left_out.push_back(left_out_of(section, each));
        tell_repeated(booked, each);
        ledger::handover row;
        row.file_id = file.id;
        row.logical_no = part.logical_no;
        row.section_no = part.section_no;
        row.format = each.way->to;
        row.folder = each.way->folder.string();
        row.staged = each.staged;
        row.left_out = each.told.left_out.size();
        nlohmann::json told = to_json(each.told);
        told["section_nos"] = each.told.section_nos;  // not in receipts: a line for each deposit says nothing to a person
        row.told = told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (auto added = into.add_handover(row); !added) return tl::unexpected<error>(added.error());
        out.push_back(std::move(each.told));
    }
    return out;
}

result<bool> stage_again(desk& on, const config::route& way, const ledger::exchanged_file& file, byte_source& source,
                         const std::string& staged, const routed& told) {
    const auto made = stage(on, way, file, source, staged, section_set(told.section_nos.begin(), told.section_nos.end()));
    if (!made) return tl::unexpected<error>(made.error());
    if (made->told.sha256 == told.sha256) return true;
    if (auto removed = remove_staged(on, way.staging() / staged); !removed) return tl::unexpected<error>(removed.error());
    return false;
}

void drop_staged(desk& on, const std::vector<staged_route>& staged) {
    for (const staged_route& each : staged)
        if (!each.staged.empty()) static_cast<void>(remove_staged(on, each.way->staging() / each.staged));
}

}  // namespace brygga::intake::detail
