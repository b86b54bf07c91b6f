// Whatever surrounds a sealed value, and however it is packed in what a scan looks into, it does not leave.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/archive/zip_writer.hpp"
#include "formats/canary/scan.hpp"
#include "formats/core/base64.hpp"
#include "formats/core/text.hpp"

namespace brygga::canary {
namespace {

struct secret {
    value_kind kind;
    const char* text;
};
constexpr secret secrets[] = {{value_kind::name, "Berit Åsa Björkén"},
                              {value_kind::street, "Hemliga gatan 7"},
                              {value_kind::email, "berit@hemlig.example"},
                              {value_kind::telephone, "0707654321"},
                              {value_kind::identity_number, "198112289874"}};

needles all_secrets() {
    needles out;
    for (const secret& each : secrets)
        RC_ASSERT(out.add(each.kind, 0, each.text));
    return out;
}

std::string in_zip(const std::string& bytes) {
    std::string out;
    archive::zip_writer zip([&](std::string_view part) { out += part; }, {});
    RC_ASSERT(zip.add("docs/a.xml", bytes).has_value());
    RC_ASSERT(zip.finish().has_value());
    return out;
}

// With line ends as MIME has them.
std::string in_lines(const std::string& base64) {
    std::string out;
    for (std::size_t at = 0; at < base64.size(); at += 76)
        out += base64.substr(at, 76) + "\r\n";
    return out;
}

// Words of lower-case letters: nothing that is an encoding of its own.
rc::Gen<std::string> prose() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(
                            rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcdefghijklmnoprstuvwxyz"))))),
                        [](const std::vector<std::string>& words) {
                            std::string out;
                            for (const std::string& each : words)
                                out += each + " ";
                            return out;
                        });
}

// PRO-R03
RC_GTEST_PROP(canary_scan_property, a_sealed_value_is_seen_at_any_place_and_packing, ()) {
    const needles sealed = all_secrets();
    const secret& hidden = secrets[*rc::gen::inRange<std::size_t>(0, std::size(secrets))];
    std::string bytes = *prose() + "<n>" + hidden.text + "</n>" + *prose();
    const auto depth = *rc::gen::inRange(0, 4);
    std::string how;
    for (int i = 0; i != depth; ++i) {
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                bytes = in_zip(bytes);
                how += " zip";
                break;
            case 1:
                bytes = *prose() + "<d>" + in_base64(bytes) + "</d>";
                how += " base64";
                break;
            default:
                bytes = *prose() + "\r\n\r\n" + in_lines(in_base64(bytes));
                how += " mime";
        }
    }
    const report told = scan(bytes, sealed);
    RC_LOG() << how << ": " << hidden.text;
    RC_ASSERT(!told.may_leave());
    RC_ASSERT(told.seen.size() >= 1u);
    RC_ASSERT(sealed.all()[told.seen.front().needle].kind == hidden.kind);
}

RC_GTEST_PROP(canary_scan_property, prose_of_others_may_leave, ()) {
    const std::string bytes = *prose();
    RC_ASSERT(scan(bytes, all_secrets()).may_leave());
    RC_ASSERT(scan(in_zip(bytes), all_secrets()).may_leave());
}

RC_GTEST_PROP(canary_scan_property, what_was_told_is_told_again, (const std::string& bytes)) {
    const needles sealed = all_secrets();
    const report once = scan(bytes, sealed), again = scan(bytes, sealed);
    RC_ASSERT(once.seen.size() == again.seen.size());
    RC_ASSERT(once.unreadable == again.unreadable);
}

}  // namespace
}  // namespace brygga::canary
