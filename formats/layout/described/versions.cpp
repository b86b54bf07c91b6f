#include "formats/layout/described/versions.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "formats/core/lines.hpp"

namespace brygga::layout::described {

namespace {

constexpr std::size_t sniffed_bytes = std::size_t{64} << 10;

class versioned_format final : public format {
 public:
    explicit versioned_format(std::vector<format_version> versions) : versions_(std::move(versions)) {
        std::sort(versions_.begin(), versions_.end(),
                  [](const format_version& a, const format_version& b) { return a.from < b.from; });
    }

    [[nodiscard]] std::string_view id() const noexcept override { return newest().id(); }
    [[nodiscard]] std::string_view title() const noexcept override { return newest().title(); }
    [[nodiscard]] direction flows() const noexcept override { return newest().flows(); }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        return std::any_of(versions_.begin(), versions_.end(),
                           [&](const format_version& each) { return each.with->sniff(head); });
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return newest().rules(); }
    void describe(const output& to) const override {
        for (const format_version& each : versions_) {
            to("version " + each.version + "\n");
            each.with->describe(to);
        }
    }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        of(bytes, with.today).check(bytes, with, each);
    }
    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const override {
        of(bytes, with.today).show(bytes, with, how, to);
    }
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const override {
        of(bytes, with.today).to_json(bytes, with, to);
    }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        const std::string version = version_in(json_lines);
        for (const format_version& each : versions_)
            if (each.version == version) return each.with->from_json(json_lines, to);
        return newest().from_json(json_lines, to);
    }
    // Both by the version of the first: what cannot be read so differs.
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const override {
        return of(before, with.today).diff(before, after, with, to);
    }
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const override {
        of(bytes, with.today).mask(bytes, key, with, to);
    }
    [[nodiscard]] bool feeds_ledger() const noexcept override {
        return std::any_of(versions_.begin(), versions_.end(),
                           [](const format_version& each) { return each.with->feeds_ledger(); });
    }
    void to_ledger(std::string_view bytes, const read_settings& with,
                   const std::function<void(const ledger_row&)>& each) const override {
        of(bytes, with.today).to_ledger(bytes, with, each);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return on(what.day.ok() ? std::optional(what.day) : std::nullopt).generate(what, to);
    }

 private:
    [[nodiscard]] const format& newest() const noexcept { return *versions_.back().with; }
    [[nodiscard]] const format& on(std::optional<date> day) const noexcept {
        if (day)
            for (const format_version& each : versions_)
                if ((!each.from || *each.from <= *day) && (!each.until || *day <= *each.until)) return *each.with;
        return newest();
    }
    [[nodiscard]] const format& of(std::string_view bytes, std::optional<date> today) const {
        std::vector<const format*> best;
        std::uint64_t fewest = 0;
        for (const format_version& each : versions_) {
            if (!each.with->sniff(bytes.substr(0, sniffed_bytes))) continue;
            const std::uint64_t found = findings_of(*each.with, bytes);
            if (!best.empty() && found > fewest) continue;
            if (best.empty() || found < fewest) best.clear();
            fewest = found;
            best.push_back(each.with.get());
        }
        return best.size() == 1 ? *best.front() : on(today);
    }
    // Of the first lines; that they are not the whole file is the same for all.
    [[nodiscard]] static std::uint64_t findings_of(const format& with, std::string_view bytes) {
        if (bytes.size() > sniffed_bytes) bytes = bytes.substr(0, bytes.rfind('\n', sniffed_bytes) + 1);
        std::uint64_t out = 0;
        with.check(bytes, {}, [&](const check_report& told) { out += told.findings->total(); });
        return out;
    }
    [[nodiscard]] static std::string version_in(std::string_view json_lines) {
        line_cutter lines(json_lines);
        physical_line line;
        if (!lines.next(line)) return {};
        const auto object = nlohmann::json::parse(line.bytes, nullptr, false);
        const auto told = object.is_object() ? object.find("version") : object.end();
        return told != object.end() && told->is_string() ? told->get<std::string>() : std::string();
    }

    std::vector<format_version> versions_;  // by first day
};

}  // namespace

std::unique_ptr<const format> make_versioned(std::vector<format_version> versions) {
    return std::make_unique<versioned_format>(std::move(versions));
}

}  // namespace brygga::layout::described
