#include "connectors/intake/detail/routes.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "formats/convert/conversions.hpp"
#include "formats/core/sha256.hpp"
#include "formats/registry.hpp"

namespace brygga::intake::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_kept_notes = 100;

const convert::conversion* conversion_of(const route& way, std::string_view format) {
    for (const convert::conversion& each : convert::conversions())
        if (each.to == way.to && each.by_section && std::find(each.from.begin(), each.from.end(), format) != each.from.end())
            return &each;
    return nullptr;
}

// CLAIM.bgmax or CLAIM.1-2.bgmax
std::string staged_name(std::string_view claim, std::string_view part, std::string_view to) {
    return part.empty() ? fmt::format("{}.{}", claim, to) : fmt::format("{}.{}.{}", claim, part, to);
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

// Every byte that leaves is read by our own reader first. Empty when it is accepted and waits for nobody.
result<std::string> fault_of(const fs::path& path, std::string_view format_id, bool test_system) {
    const format* const which = find_format(format_id);
    auto source = byte_source::open(path.string());
    if (!source) return tl::unexpected<error>(source.error());
    std::string fault;
    read_settings with;
    with.test_system = test_system;
    with.passed = [&](std::size_t offset) { source->release_before(offset); };
    which->check(source->bytes(), with, [&](const check_report& report) {
        if (!report.accepted || report.findings->count(severity::hold) != 0)
            fault = "what was written is not accepted by our own reader; tell the makers of Brygga";
    });
    return fault;
}

result<void> remove_staged(desk& on, const fs::path& path) {
    auto removed = on.files().remove(path);
    return !removed && removed.error().code != error_code::not_found ? removed : result<void>();
}

result<routed> stage(desk& on, const route& way, const ledger::exchanged_file& file, byte_source& source, std::string_view part,
                     const std::set<std::uint32_t>& sections) {
    const convert::conversion& how = *conversion_of(way, file.format);
    routed out;
    out.to = way.to;
    out.file = staged_name(file.claim, part, way.to);
    const fs::path path = way.staging() / out.file;
    convert::settings with{settings_for(on, file.format, source).policy,
                           {},
                           on.with->mode == run_mode::test,
                           [&source](std::size_t offset) { source.release_before(offset); },
                           [&sections](std::uint32_t section_no) { return sections.contains(section_no); }};
    for (const inbound::receiver& each : on.who->receivers)
        with.receivers.push_back({each.bankgiro, each.ocr});
    staged_file staged(on.files(), path);
    const auto made = how.run(source.bytes(), with, [&](std::string_view bytes) { staged.write(bytes); });
    const auto hash = staged.close();
    if (!hash) return tl::unexpected<error>(hash.error());
    if (made) {
        out.sections = made->sections;
        out.notes_total = made->notes_total;
        out.notes.assign(made->notes.begin(),
                         made->notes.begin() + static_cast<std::ptrdiff_t>(std::min(made->notes.size(), max_kept_notes)));
        auto fault = fault_of(path, way.to, on.with->mode == run_mode::test);
        if (!fault) return tl::unexpected<error>(fault.error());
        out.error = std::move(*fault);
    } else {
        out.error = made.error().text;
    }
    if (out.sections == 0 || !out.error.empty()) {
        out.sections = 0;
        out.left_out = sections.size();
        out.file.clear();
        if (auto removed = remove_staged(on, path); !removed) return tl::unexpected<error>(removed.error());
        return out;
    }
    out.left_out = sections.size() - out.sections;
    out.sha256 = *hash;
    return out;
}

struct staged_place {
    std::string claim;
    std::optional<inbound::section_key> released;
};

// Nothing for a name that is none of ours.
std::optional<staged_place> parse_staged(std::string_view name, std::string_view to) {
    staged_place out;
    if (name.size() <= filedrop::claim_characters || !name.ends_with(to)) return std::nullopt;
    out.claim = name.substr(0, filedrop::claim_characters);
    std::string_view rest = name.substr(filedrop::claim_characters, name.size() - filedrop::claim_characters - to.size());
    if (!filedrop::time_of_claim(out.claim) || rest.empty() || rest.front() != '.' || rest.back() != '.') return std::nullopt;
    if (rest.size() == 1) return out;
    rest = rest.substr(1, rest.size() - 2);
    inbound::section_key section;
    const auto [dash, first] = std::from_chars(rest.data(), rest.data() + rest.size(), section.logical_no);
    if (first != std::errc() || dash == rest.data() + rest.size() || *dash != '-') return std::nullopt;
    const auto [end, second] = std::from_chars(dash + 1, rest.data() + rest.size(), section.section_no);
    if (second != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    out.released = section;
    return out;
}

enum class backing : std::uint8_t { none, not_yet, there };

// What the ledger says of a staged file.
result<backing> backing_of(const desk& on, const staged_place& at, std::string_view name) {
    const auto file = known_file(on, at.claim);
    if (!file) return tl::unexpected<error>(file.error());
    if (!*file) return backing::not_yet;
    if (!at.released) {
        const auto report = read_receipt((*file)->receipt);
        if (!report) return tl::unexpected<error>(report.error());
        const bool told =
            std::any_of(report->routes.begin(), report->routes.end(), [&](const routed& each) { return each.file == name; });
        return told ? backing::there : backing::none;
    }
    const auto holds = holds_of(on, (*file)->id);
    if (!holds) return tl::unexpected<error>(holds.error());
    for (const ledger::held_item& each : *holds)
        if (each.row.subject == ledger::hold_subject::section && each.row.logical_no == at.released->logical_no &&
            each.row.section_no == at.released->section_no && each.verdict)
            return *each.verdict == ledger::hold_verdict::released ? backing::there : backing::none;
    return backing::not_yet;
}

result<void> hand_over(desk& on, const route& way) {
    const auto names = on.files().list(way.staging());
    if (!names) return tl::unexpected<error>(names.error());
    bool moved = false;
    for (const std::string& each : *names) {
        const auto at = parse_staged(each, way.to);
        if (!at) continue;
        const auto known = backing_of(on, *at, each);
        if (!known) return tl::unexpected<error>(known.error());
        switch (*known) {
            case backing::not_yet:
                break;
            case backing::none:
                if (auto removed = remove_staged(on, way.staging() / each); !removed) return removed;
                break;
            case backing::there: {
                // In one step, so that nobody can hand it over twice; the name is the claim's own. not_found: another process
                // was faster.
                const auto renamed = on.files().rename_over(way.staging() / each, way.folder / each);
                if (!renamed && renamed.error().code != error_code::not_found) return renamed;
                moved = true;
                on.pass(step::handed_over);
                break;
            }
        }
    }
    if (!moved) return {};
    if (auto synced = on.files().sync_folder(way.folder); !synced) return synced;
    return on.files().sync_folder(way.staging());
}

}  // namespace

result<std::vector<routed>> stage_routes(desk& on, const ledger::exchanged_file& file, byte_source& source, std::string_view part,
                                         const std::set<std::uint32_t>& sections) {
    std::vector<routed> out;
    for (const route& way : on.who->routes) {
        if (!way.takes(file.format)) continue;
        auto made = stage(on, way, file, source, part, sections);
        if (!made) return tl::unexpected<error>(made.error());
        out.push_back(std::move(*made));
        on.pass(step::staged);
    }
    return out;
}

std::vector<std::string> hand_over_all(desk& on) {
    std::vector<std::string> failures;
    for (const route& way : on.who->routes)
        if (const auto done = hand_over(on, way); !done)
            failures.push_back(fmt::format("the route to {} in {}: {}", way.to, way.folder.string(), done.error().text));
    return failures;
}

}  // namespace brygga::intake::detail
