// What holds for any bytes: the MAC does not depend on how they come or where lines end, our own sealing is always ok to our own
// reading, and reading never fails.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/seal/places.hpp"
#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

constexpr std::string_view letters = "\xC9\xC4\xD6\xC5\xDC\xE9\xE4\xF6\xE5\xFC";

std::string mac_of(const std::vector<std::string>& pieces) {
    auto of = authenticator::begin(key_of(other_key));
    for (const std::string& each : pieces)
        RC_ASSERT(of->update(each).has_value());
    return of->finish()->text();
}

// Mostly plain, with letters, line ends and anything.
rc::Gen<std::string> gen_bytes() {
    return rc::gen::container<std::string>(rc::gen::oneOf(rc::gen::inRange<char>(0x20, 0x7F), rc::gen::inRange<char>(0x20, 0x7F),
                                                          rc::gen::elementOf(std::string(letters)), rc::gen::element('\r', '\n'),
                                                          rc::gen::arbitrary<char>()));
}

// Larger than the blocks that are hashed at once.
std::string repeated(const std::string& bytes, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += bytes;
    return out;
}

RC_GTEST_PROP(seal_property, the_mac_does_not_depend_on_how_bytes_come, ()) {
    const auto part = *gen_bytes();
    const std::string whole = repeated(part, *rc::gen::element<std::size_t>(1, 1, 1, 700));
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < whole.size();) {
        const auto size = *rc::gen::inRange<std::size_t>(0, whole.size() - at + 1);
        pieces.push_back(whole.substr(at, size));
        at += size;
        if (pieces.size() == 20) pieces.push_back(whole.substr(std::exchange(at, whole.size())));
    }
    RC_ASSERT(mac_of(pieces) == mac_of({whole}));
    RC_ASSERT(mac_of({whole}) == reference_mac(other_key, whole));
}

RC_GTEST_PROP(seal_property, the_mac_does_not_depend_on_line_ends, ()) {
    const auto lines = *rc::gen::container<std::vector<std::string>>(gen_bytes());
    std::vector<std::string> macs;
    for (const std::string_view end : {"\r\n", "\n", "\r", ""}) {
        std::string bytes;
        for (const std::string& each : lines)
            bytes.append(each).append(end);
        macs.push_back(mac_of({bytes}));
    }
    RC_ASSERT(std::equal(macs.begin() + 1, macs.end(), macs.begin()));
}

// A record of 80 columns of the seal's alphabet, or a blank line.
rc::Gen<std::string> gen_line() {
    return rc::gen::exec([] {
        if (*rc::gen::inRange(0, 6) == 0)
            return repeated(*rc::gen::element<std::string>(" ", "\t"), *rc::gen::inRange<std::size_t>(0, 90));
        std::string line = *rc::gen::element<std::string>("00261123", "99261123", "11", "0026112", "9926112399261123", "82") +
                           *rc::gen::container<std::string>(
                               rc::gen::oneOf(rc::gen::inRange<char>(0x20, 0x7F), rc::gen::elementOf(std::string(letters))));
        line.resize(80, ' ');
        return line;
    });
}

RC_GTEST_PROP(seal_property, what_is_sealed_is_ok_and_comes_back, ()) {
    const auto lines = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(gen_line()));
    const bool ends_without = *rc::gen::arbitrary<bool>();
    std::string data, kept;
    for (const std::string& each : lines) {
        const std::string line = each + *rc::gen::element<std::string>("\r\n", "\n");
        data += line;
        if (each.find_first_not_of(" \t") != std::string::npos) kept += line;
    }
    RC_PRE(!kept.empty());
    if (ends_without) data.resize(data.find_last_not_of("\r\n") + 1);
    std::string bytes;
    const auto done =
        seal_file(data, key_of(other_key), {.day = *parse_iso_date("2026-11-23")}, [&](std::string_view part) { bytes += part; });
    RC_ASSERT(done.has_value() && done->accepted());
    const auto what = verify(bytes, std::array{key_of(other_key)});
    RC_ASSERT(what->is == verdict::ok && what->findings.total() == 0u);
    const std::string inner = bytes.substr(what->inner_begin, what->inner_end - what->inner_begin);
    const std::size_t compared = ends_without ? kept.find_last_not_of("\r\n") : kept.size();
    RC_ASSERT(inner.substr(0, compared) == kept.substr(0, compared));
    RC_ASSERT(locate(bytes).inner == inner);
    const auto again = seal_file(bytes, key_of(other_key), {.day = *parse_iso_date("2026-11-23")}, [](std::string_view) {});
    RC_ASSERT(again.has_value() && !again->accepted());
}

RC_GTEST_PROP(seal_property, line_ends_of_a_sealed_file_may_change, ()) {
    std::string bytes = example("7.1");
    for (std::size_t at = bytes.find("\r\n"); at != std::string::npos; at = bytes.find("\r\n", at + 1))
        if (*rc::gen::arbitrary<bool>()) bytes.erase(at + (*rc::gen::arbitrary<bool>() ? 1 : 0), 1);
    RC_ASSERT(verify(bytes, std::array{key_of(test_key)})->is == verdict::ok);
}

}  // namespace

}  // namespace brygga::seal::testing
