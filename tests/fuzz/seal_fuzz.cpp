// Any bytes, verified, located and sealed: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does not hold:
// what is handed out lies within the bytes, findings point into them, the verdict does not depend on how they come or on their
// line ends, reader and locator see the same records, what is sealed is ok and gives the data back, and what was sealed is not
// sealed again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/seal/detail/verifier.hpp"
#include "formats/bankgirot/seal/layout.hpp"
#include "formats/bankgirot/seal/places.hpp"
#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"

namespace {

using brygga::seal::verdict;
using brygga::seal::verification;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "seal_fuzz: %s\n", what);
    std::abort();
}

const std::vector<brygga::seal::key>& keys() {
    static const std::vector<brygga::seal::key> all{*brygga::seal::key::published_test_key(),
                                                    *brygga::seal::key::from_digits("00112233445566778899AABBCCDDEEFF")};
    return all;
}

verification verified(std::string_view bytes) {
    auto what = brygga::seal::verify(bytes, keys(), {.today = brygga::parse_iso_date("2026-11-23")});
    require(what.has_value(), "verifying fails");
    return std::move(*what);
}

std::string findings_of(const verification& what) {
    std::string out(name(what.is));
    for (const brygga::finding& each : what.findings.kept())
        out += "\n" + describe(each, true) + " @" + std::to_string(each.where.offset);
    return out + "\n" + std::to_string(what.inner_begin) + "-" + std::to_string(what.inner_end);
}

void check_range(std::string_view bytes, const verification& what) {
    require(what.inner_begin <= what.inner_end && what.inner_end <= bytes.size(), "the range lies outside the bytes");
    for (const brygga::finding& each : what.findings.kept())
        require(each.where.offset <= bytes.size(), "a finding beyond the bytes");
    require((what.is == verdict::ok) == !what.findings.refused(), "the verdict and the findings differ");
    require(what.is != verdict::ok || (what.expected && *what.expected == *what.found), "ok with another MAC");
}

void check_places(std::string_view bytes, const verification& what) {
    const auto at = brygga::seal::locate(bytes);
    require(
        at.inner.empty() || (at.inner.data() >= bytes.data() && at.inner.data() + at.inner.size() <= bytes.data() + bytes.size()),
        "what was located lies outside the bytes");
    if (what.is != verdict::ok && what.is != verdict::changed) return;
    require(at.opening && at.closing, "the locator misses what the reader found");
    require(at.inner == bytes.substr(what.inner_begin, what.inner_end - what.inner_begin), "the two see another content");
}

// The same in pieces of one byte, and of seven.
void check_pieces(std::string_view bytes, const verification& whole) {
    const brygga::seal::key* with = nullptr;
    for (const auto& each : keys())
        if (whole.kvv && each.kvv() == *whole.kvv) with = &each;
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}}) {
        auto reader = brygga::seal::detail::verifier::begin(with, keys()[0].kvv().text() + ", " + keys()[1].kvv().text(),
                                                            {.today = brygga::parse_iso_date("2026-11-23")});
        for (std::size_t at = 0; at < bytes.size(); at += size)
            require(reader->update(bytes.substr(at, size)).has_value(), "reading a piece fails");
        require(findings_of(*reader->finish()) == findings_of(whole), "pieces are read otherwise than the whole");
    }
}

void check_line_ends(std::string_view bytes, const verification& whole) {
    std::string lf;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] != '\r')
            lf += bytes[i];
        else if (i + 1 == bytes.size() || bytes[i + 1] != '\n')
            lf += '\n';
    require(verified(lf).is == whole.is, "other line ends change the verdict");
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string without_blank_lines(std::string_view data) {
    std::string out;
    brygga::line_cutter lines(data);
    for (brygga::physical_line line; lines.next(line);)
        if (!is_blank(line.bytes)) out.append(line.bytes).append(line.end);
    return out;
}

void check_sealing(std::string_view data) {
    std::string sealed;
    const brygga::date day = *brygga::parse_iso_date("2026-11-23");
    const auto done = brygga::seal::seal_file(data, keys()[1], {.day = day}, [&](std::string_view part) { sealed += part; });
    if (!done) {
        require(done.error().code == brygga::error_code::invalid_content && without_blank_lines(data).empty(), "sealing fails");
        return;
    }
    require(done->accepted() == !sealed.empty(), "bytes of a refused file, or none of an accepted one");
    if (!done->accepted()) return;
    const verification what = verified(sealed);
    require(what.is == verdict::ok && what.findings.total() == 0, "what was sealed is not ok");
    const std::string inner = sealed.substr(what.inner_begin, what.inner_end - what.inner_begin),
                      kept = without_blank_lines(data);
    require(inner.starts_with(kept) && inner.size() - kept.size() <= 2, "the data do not come back");
    const auto again = brygga::seal::seal_file(sealed, keys()[1], {.day = day}, [](std::string_view) {});
    require(again.has_value() && !again->accepted(), "a sealed file is sealed again");
}

// Lines made 80 columns of the seal's alphabet, so that sealing has something to do.
std::string made_fit(std::string_view bytes) {
    std::string out;
    brygga::line_cutter lines(bytes);
    for (brygga::physical_line line; lines.next(line);) {
        std::string text(line.bytes);
        if (!is_blank(text)) text.resize(80, ' ');
        for (char& each : text)
            if (static_cast<unsigned char>(each) < 0x20 || static_cast<unsigned char>(each) > 0x7E) each = '\xC5';
        out += text + std::string(line.end);
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const verification what = verified(bytes);
    check_range(bytes, what);
    check_places(bytes, what);
    check_pieces(bytes, what);
    check_line_ends(bytes, what);
    check_sealing(bytes);
    check_sealing(made_fit(bytes));
    return 0;
}
