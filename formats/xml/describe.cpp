#include "formats/xml/describe.hpp"

#include <limits>
#include <set>

#include <fmt/format.h>

namespace brygga::xml {

namespace {

std::string_view text_of(holds what) noexcept {
    switch (what) {
        case holds::text:
        case holds::mark:
            return "text";
        case holds::token:
        case holds::code:
            return "code";
        case holds::amount:
            return "amount";
        case holds::number:
            return "number";
        case holds::day:
            return "date";
        case holds::moment:
            return "date and time";
        case holds::flag:
            return "true or false";
        case holds::binary:
            return "base64";
        case holds::presence:
            return "being there";
    }
    return {};
}

std::string versions_of(const details& about) {
    const bool open = about.until == std::numeric_limits<std::uint16_t>::max();
    if (about.since == 0 && open) return {};
    if (open) return fmt::format("  from version {:02}", about.since);
    return about.since == 0 ? fmt::format("  to version {:02}", about.until)
                            : fmt::format("  versions {:02} to {:02}", about.since, about.until);
}

// A streamed element is listed once, with its own heading.
class describer {
 public:
    explicit describer(const output& to) : to_(to) {}

    void list(const table& of, const std::string& heading) {
        to_(heading + '\n');
        rows(of, "");
        const auto below = std::move(streamed_);
        streamed_.clear();
        for (const auto& [inner, names] : below)
            if (seen_.insert(inner).second) list(*inner, names);
    }

 private:
    void rows(const table& of, const std::string& before) {
        for (const row& each : of.rows()) {
            const std::string path = before + std::string(each.path);
            if (each.is == row::kind::stream) {
                add_name(each);
            } else if (each.inner != nullptr) {
                rows(*each.inner, path + '/');
            } else {
                const std::string size = each.about.longest == 0 ? "" : fmt::format(" {}", each.about.longest);
                to_(fmt::format("  {:<44} {:<14} {}{}\n", path, fmt::format("{}{}", text_of(each.about.what), size),
                                each.about.meaning, versions_of(each.about)));
            }
        }
    }

    // One table may stand under several names: Rpt, Stmt, Ntfctn.
    void add_name(const row& item) {
        for (auto& [inner, names] : streamed_)
            if (inner == item.inner) {
                names += ", " + std::string(item.path);
                return;
            }
        streamed_.emplace_back(item.inner, item.path);
    }

    const output& to_;
    std::vector<std::pair<const table*, std::string>> streamed_;
    std::set<const table*> seen_;
};

}  // namespace

void describe(const document_type& type, const output& to) {
    describer out(to);
    if (type.message.empty()) return out.list(*type.root, "Document");
    for (const row& each : type.root->rows())
        if (each.path == type.message) out.list(*each.inner, std::string(each.path));
}

}  // namespace brygga::xml
