#include "connectors/config/settings.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/config/detail/partner_tables.hpp"
#include "connectors/config/detail/table_reader.hpp"
#include "formats/convert/conversions.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::config {

namespace {

using detail::fault_list;
using detail::table_reader;

constexpr std::int64_t longest_wait_ms = 24 * 60 * 60 * 1000;
constexpr std::int64_t shortest_rescan_ms = 100;

// What must be unique over the whole file: where it was seen first.
struct seen {
    std::map<std::string, std::uint32_t> ids, folders, bankgiros;
};

void claim_once(std::map<std::string, std::uint32_t>& known, const std::string& value, table_reader& reader,
                std::string_view key) {
    const auto [at, fresh] = known.emplace(value, reader.line());
    if (!fresh) reader.fault(key, fmt::format("is already used by the table of line {}", at->second));
}

ocr_agreement read_ocr(const toml::table& table, fault_list& faults) {
    table_reader reader(table, "ocr", faults);
    ocr_agreement out;
    if (reader.find("level") == nullptr) reader.fault("level", "is missing");
    const auto level = reader.number("level", 0, 4);
    out.level = static_cast<ocr_level>(level.value_or(0));
    for (const std::int64_t length : reader.numbers("lengths", min_ocr_digits, max_ocr_digits))
        out.lengths.push_back(static_cast<unsigned>(length));
    const bool fixed = out.level == ocr_level::fixed_length;
    if (level && fixed && out.lengths.empty()) reader.fault("lengths", "must name at least one length for level 4");
    if (level && !fixed && !out.lengths.empty()) reader.fault("lengths", "belongs to level 4 only");
    reader.close();
    return out;
}

inbound::receiver read_bankgiro(const toml::table& table, fault_list& faults, seen& unique) {
    table_reader reader(table, "[[tenant.bankgiro]]", faults);
    inbound::receiver out;
    const std::string number = reader.required_text("number");
    const std::optional<std::string> digits = normalise_bankgiro(number);
    if (digits && bankgiro_valid(*digits)) {
        out.bankgiro = *digits;
        claim_once(unique.bankgiros, *digits, reader, "number");
    } else if (!number.empty()) {
        reader.fault("number", "is no bankgiro number: 7 or 8 digits, the last by modulus 10 (REF-R01)");
    }
    if (const toml::table* const ocr = reader.table("ocr")) out.ocr = read_ocr(*ocr, faults);
    out.extended_slip_registration = reader.boolean("extended_slip_registration").value_or(false);
    reader.close();
    return out;
}

bool looks_like_rule(std::string_view id) {
    const auto allowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return id.find("-R") != std::string_view::npos && std::all_of(id.begin(), id.end(), allowed);
}

void read_severities(const toml::table& table, deviation_profile& into, fault_list& faults) {
    for (const auto& [key, value] : table) {
        const auto text = value.value_exact<std::string>();
        const auto level = text ? parse_severity(*text) : std::nullopt;
        if (!looks_like_rule(key.str()))
            faults.add(key.source().begin.line, fmt::format("{} in severities is no rule id such as BGMAX-R12", key.str()));
        else if (!level)
            faults.add(value, fmt::format("{} in severities must be \"info\", \"warning\", \"hold\" or \"error\"", key.str()));
        else
            into.severities.emplace(key.str(), *level);
    }
}

tenant_profile read_profile(const toml::table& table, fault_list& faults) {
    table_reader reader(table, "[[tenant.profile]]", faults);
    tenant_profile out;
    out.rules.name = reader.required_text("name");
    out.formats = reader.texts("formats");
    const toml::table* const severities = reader.table("severities");
    if (severities != nullptr)
        read_severities(*severities, out.rules, faults);
    else if (reader.find("severities") == nullptr)
        reader.fault("severities", "is missing");
    reader.close();
    return out;
}

bool overlap(const tenant_profile& a, const tenant_profile& b) {
    if (a.formats.empty() || b.formats.empty()) return true;
    return std::any_of(a.formats.begin(), a.formats.end(), [&b](const std::string& format) {
        return std::find(b.formats.begin(), b.formats.end(), format) != b.formats.end();
    });
}

void read_profiles(table_reader& reader, tenant& into, fault_list& faults) {
    for (const toml::table* const table : reader.tables("profile")) {
        tenant_profile next = read_profile(*table, faults);
        for (const tenant_profile& other : into.profiles)
            if (overlap(other, next))
                faults.add(*table, "[[tenant.profile]] has a format that an earlier profile of the tenant has");
        into.profiles.push_back(std::move(next));
    }
}

bool converts(std::string_view from, std::string_view to) {
    const auto all = convert::conversions();
    return std::any_of(all.begin(), all.end(), [&](const convert::conversion& each) {
        return each.to == to && each.by_section && std::find(each.from.begin(), each.from.end(), from) != each.from.end();
    });
}

route read_route(const toml::table& table, const std::filesystem::path& base, fault_list& faults) {
    table_reader reader(table, "[[tenant.route]]", faults);
    route out;
    out.from = reader.texts("from");
    out.to = reader.required_text("to");
    out.folder = reader.required_path("folder", base);
    if (out.from.empty()) reader.fault("from", "must name the formats that are converted");
    for (const std::string& each : out.from)
        if (!out.to.empty() && !converts(each, out.to))
            reader.fault("from", fmt::format("{} cannot be handed on as {}", each, out.to));
    reader.close();
    return out;
}

// Whether it lies at or below a folder that the intake itself reads and writes.
bool is_of_intake(const tenant& who, const std::filesystem::path& folder) {
    const std::string wanted = (folder / "").lexically_normal().string();
    const std::array own = {who.inbox(), who.work(), who.archive(), who.held(), who.rejected()};
    return std::any_of(own.begin(), own.end(), [&](const std::filesystem::path& each) {
        return wanted.starts_with((each / "").lexically_normal().string());
    });
}

// The same money comes in several formats and is booked from the one that comes first: a format that no route takes would swallow
// what the other system waits for.
void expect_all_formats(const toml::table& at, const tenant& who, std::string_view to, fault_list& faults) {
    const auto taken = [&](std::string_view from) {
        return std::any_of(who.routes.begin(), who.routes.end(),
                           [&](const route& way) { return way.to == to && way.takes(from); });
    };
    std::vector<std::string_view> missing;
    for (const convert::conversion& each : convert::conversions())
        for (const std::string_view from : each.from)
            if (each.to == to && each.by_section && !taken(from)) missing.push_back(from);
    if (!missing.empty())
        faults.add(at, fmt::format("[[tenant.route]] to {} must name {} too: a deposit that comes in it first is booked from it, "
                                   "and would never be handed on",
                                   to, fmt::join(missing, " and ")));
}

// A file is handed on once as one format.
void read_routes(table_reader& reader, const std::filesystem::path& base, tenant& into, fault_list& faults) {
    std::map<std::string, const toml::table*> first_of;  // by format
    for (const toml::table* const table : reader.tables("route")) {
        route next = read_route(*table, base, faults);
        for (const route& other : into.routes)
            if (other.to == next.to &&
                std::any_of(next.from.begin(), next.from.end(), [&](const auto& each) { return other.takes(each); }))
                faults.add(*table, fmt::format("[[tenant.route]] to {} has a format that an earlier one has", next.to));
        if (!next.folder.empty() && !into.folder.empty() && is_of_intake(into, next.folder))
            faults.add(*table, "folder in [[tenant.route]] must not be one of the intake's own");
        into.routes.push_back(std::move(next));
        first_of.emplace(into.routes.back().to, table);
    }
    for (const auto& [to, table] : first_of)
        expect_all_formats(*table, into, to, faults);
}

void read_expectations(table_reader& reader, tenant& into, fault_list& faults) {
    for (const toml::table* const table : reader.tables("expect")) {
        table_reader own(*table, "[[tenant.expect]]", faults);
        expectation next;
        next.format = own.required_text("format");
        if (!next.format.empty() && inbound::find_mapping(next.format) == nullptr)
            own.fault("format", fmt::format("names {}, which the ledger does not read", next.format));
        const std::string text = own.required_text("by");
        auto by = timing::schedule::parse(text);
        if (by)
            next.by = std::move(*by);
        else if (!text.empty())
            own.fault("by", by.error().text);
        own.close();
        into.expects.push_back(std::move(next));
    }
}

// A file lies in one outbox, and is nobody else's there.
void read_partners(table_reader& reader, const std::filesystem::path& base, tenant& into, fault_list& faults, seen& unique) {
    for (const toml::table* const table : reader.tables("partner")) {
        partners::partner next = detail::read_partner(*table, base, into.partners, faults);
        for (const partners::send_rule& rule : next.sends) {
            if (rule.outbox.empty()) continue;
            const auto [at, fresh] = unique.folders.emplace((rule.outbox / "").lexically_normal().string(), reader.line());
            if (!fresh || (!into.folder.empty() && is_of_intake(into, rule.outbox)))
                faults.add(*table, "outbox in [[tenant.partner.send]] must be a folder of its own");
        }
        into.partners.push_back(std::move(next));
    }
}

tenant read_tenant(const toml::table& table, const std::filesystem::path& base, fault_list& faults, seen& unique) {
    table_reader reader(table, "[[tenant]]", faults);
    tenant out;
    out.id = reader.required_id("id");
    if (!out.id.empty()) claim_once(unique.ids, out.id, reader, "id");
    out.name = reader.required_text("name");
    out.folder = reader.required_path("folder", base);
    if (!out.folder.empty()) claim_once(unique.folders, (out.folder / "").lexically_normal().string(), reader, "folder");
    if (const auto encoding_name = reader.text("encoding")) {
        out.force_encoding = parse_encoding(*encoding_name);
        if (!out.force_encoding) reader.fault("encoding", "is no known encoding: ISO 8859-1, CP850, UTF-8, ISO 646-SE");
    }
    out.advance_covers_overdue = reader.boolean("advance_covers_overdue").value_or(true);
    for (const toml::table* const bankgiro : reader.tables("bankgiro"))
        out.receivers.push_back(read_bankgiro(*bankgiro, faults, unique));
    read_profiles(reader, out, faults);
    read_routes(reader, base, out, faults);
    read_expectations(reader, out, faults);
    read_partners(reader, base, out, faults, unique);
    reader.close();
    return out;
}

void read_log(const toml::table& table, const std::filesystem::path& base, settings& into, fault_list& faults) {
    table_reader reader(table, "[log]", faults);
    into.log.file = reader.path("file", base);
    if (const auto level = reader.text("level")) {
        const auto parsed = logging::parse_log_level(*level);
        if (!parsed) reader.fault("level", "must be \"debug\", \"info\", \"warning\" or \"error\"");
        into.log.level = parsed.value_or(into.log.level);
    }
    reader.close();
}

void read_times(const toml::table& table, settings& into, fault_list& faults) {
    using std::chrono::milliseconds;
    table_reader reader(table, "[intake]", faults);
    if (const auto quiet = reader.number("quiet_ms", 0, longest_wait_ms)) into.settle.quiet = milliseconds(*quiet);
    if (const auto empty = reader.number("empty_quiet_ms", 0, longest_wait_ms)) into.settle.empty_quiet = milliseconds(*empty);
    if (const auto rescan = reader.number("rescan_ms", shortest_rescan_ms, longest_wait_ms))
        into.watch.rescan = milliseconds(*rescan);
    reader.close();
}

void read_alarms(const toml::table& table, settings& into, fault_list& faults) {
    using std::chrono::milliseconds;
    table_reader reader(table, "[alarm]", faults);
    into.alarms.command = reader.texts("command");
    if (const auto limit = reader.number("command_within_ms", 1, longest_wait_ms))
        into.alarms.command_within = milliseconds(*limit);
    if (const auto every = reader.number("every_ms", 1, longest_wait_ms)) into.alarms.every = milliseconds(*every);
    if (const auto after = reader.number("unreached_minutes", 1, longest_wait_ms / 60'000))
        into.alarms.unreached_after = std::chrono::minutes(*after);
    reader.close();
}

void read_metrics(const toml::table& table, const std::filesystem::path& base, settings& into, fault_list& faults) {
    table_reader reader(table, "[metrics]", faults);
    constexpr std::int64_t highest_port = 65'535;
    if (const auto port = reader.number("port", 1, highest_port)) into.metrics.port = static_cast<std::uint16_t>(*port);
    into.metrics.file = reader.path("file", base);
    reader.close();
}

settings read_settings(const toml::table& root, const std::filesystem::path& base, fault_list& faults) {
    table_reader reader(root, "the configuration", faults);
    settings out;
    const std::string mode_name = reader.required_text("mode");
    if (mode_name == "test")
        out.mode = run_mode::test;
    else if (mode_name != "production" && !mode_name.empty())
        reader.fault("mode", "must be \"production\" or \"test\"");
    out.store = reader.required_path("store", base);
    out.originals = reader.required_path("originals", base);
    if (const toml::table* const log = reader.table("log")) read_log(*log, base, out, faults);
    if (const toml::table* const times = reader.table("intake")) read_times(*times, out, faults);
    if (const toml::table* const alarms = reader.table("alarm")) read_alarms(*alarms, out, faults);
    if (const toml::table* const metrics = reader.table("metrics")) read_metrics(*metrics, base, out, faults);
    seen unique;
    for (const toml::table* const each : reader.tables("tenant"))
        out.tenants.push_back(read_tenant(*each, base, faults, unique));
    if (out.tenants.empty() && faults.empty()) reader.fault("tenant", "is missing: at least one [[tenant]] is needed");
    reader.close();
    return out;
}

}  // namespace

bool route::takes(std::string_view format) const noexcept {
    return std::find(from.begin(), from.end(), format) != from.end();
}

const tenant_profile* tenant::profile_for(std::string_view format) const noexcept {
    for (const tenant_profile& each : profiles)
        if (each.formats.empty() || std::find(each.formats.begin(), each.formats.end(), format) != each.formats.end())
            return &each;
    return nullptr;
}

const tenant* settings::find_tenant(std::string_view id) const noexcept {
    for (const tenant& each : tenants)
        if (each.id == id) return &each;
    return nullptr;
}

result<settings> parse(std::string_view text, const std::filesystem::path& base, std::string_view name) {
    fault_list faults;
    // toml++ reports syntax by exception; it ends here.
    try {
        const toml::table root = toml::parse(text);
        settings out = read_settings(root, base, faults);
        if (faults.empty()) return out;
    } catch (const toml::parse_error& bad) {
        faults.add(bad.source().begin.line, std::string(bad.description()));
    }
    return fail(error_code::invalid_config, faults.text(name));
}

result<settings> load(const std::filesystem::path& path) {
    const auto text = filedrop::read_all(filedrop::posix_file_system(), path, max_config_bytes);
    if (!text) return fail(text.error().code, fmt::format("{}: {}", path.string(), text.error().text));
    std::error_code failed;
    const std::filesystem::path whole = std::filesystem::absolute(path, failed);
    return parse(*text, (failed ? path : whole).parent_path(), path.filename().string());
}

result<void> init_folders(const settings& with, filedrop::file_system& files) {
    std::vector<std::filesystem::path> folders = {with.originals};
    if (with.store.has_parent_path()) folders.push_back(with.store.parent_path());
    for (const tenant& each : with.tenants) {
        for (const auto& folder : {each.inbox(), each.work(), each.archive(), each.held(), each.rejected()})
            folders.push_back(folder);
        for (const route& way : each.routes)
            folders.push_back(way.staging());
        if (!each.partners.empty()) folders.push_back(each.fetching());
        for (const partners::partner& partner : each.partners)
            for (const partners::send_rule& rule : partner.sends)
                for (const auto& folder : {rule.outbox, rule.work(), rule.rejected()})
                    folders.push_back(folder);
    }
    for (const std::filesystem::path& folder : folders)
        if (auto made = files.make_folder(folder); !made)
            return fail(made.error().code, fmt::format("{}: {}", folder.string(), made.error().text));
    return {};
}

}  // namespace brygga::config
