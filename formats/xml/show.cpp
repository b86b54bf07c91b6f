#include "formats/xml/show.hpp"

#include <fmt/format.h>

#include "formats/core/finding.hpp"
#include "formats/inspection/show_page.hpp"

namespace brygga::xml {

namespace {

class show_visitor : public document_visitor {
 public:
    show_visitor(inspection::page& into, bool in_clear) : page_(into), in_clear_(in_clear) {}

    void file(const document_facts& facts) override {
        page_.file(fmt::format("file 1: {}{}{}, {}{}", facts.format_id, facts.version.empty() ? "" : " ", facts.version,
                               name(facts.in), facts.byte_order_mark ? " with byte order mark" : ""));
        totals_.heading = "file 1";
    }

    void part(const piece& item, std::string_view) override {
        totals_.lines = item.line;
        if (item.is == piece_kind::whole || item.is == piece_kind::open) ++totals_.records[item.element].count;
        const bool ends = item.is == piece_kind::within || item.is == piece_kind::close;
        if (ends && item.fields.empty()) return;
        inspection::shown_line out;
        out.number = item.line;
        out.code = item.element;
        out.title = item.path == item.element ? "" : item.path;
        if (ends) out.remark = "continued";
        for (const field& each : item.fields)
            out.fields.push_back(shown(each));
        page_.line(out);
    }

    void rest(std::string_view bytes, std::uint64_t line, const fault& why) override {
        inspection::shown_line out;
        out.number = line;
        out.code = "rest";
        out.title = fmt::format("{} bytes that cannot be read", bytes.size());
        out.remark = fmt::format("{}, at byte {}", why.text, why.offset);
        page_.line(out);
    }

    void end() {
        page_.summary(totals_);
        page_.end();
    }

 private:
    [[nodiscard]] inspection::shown_field shown(const field& each) const {
        inspection::shown_field out;
        out.name = each.path;
        const bool open = in_clear_ || (each.known != nullptr && !inspection::is_secret(each.known->about.guard));
        out.value = open ? each.value : masked(each.value);
        out.note = each.known == nullptr ? "" : each.known->about.meaning;
        return out;
    }

    inspection::page& page_;
    bool in_clear_;
    inspection::file_summary totals_;
};

}  // namespace

void show(std::string_view bytes, const document_type& type, const document_options& options, const show_settings& how,
          const output& to) {
    const auto page = inspection::page_for(how, to);
    page->begin(type.format_id);
    show_visitor visitor(*page, how.in_clear);
    visit(bytes, type, options, visitor);
    visitor.end();
}

}  // namespace brygga::xml
