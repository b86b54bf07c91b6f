// Speed and memory of letters and print batches: letters drawn, a batch of them written and verified, and the search for sealed
// values in its bytes. `brygga_print_bench DOCUMENTS FOLDER` prints one line of JSON; `tools/bench` compares two sizes.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

#include "formats/canary/scan.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/generator.hpp"
#include "formats/print/batch/writer.hpp"
#include "formats/print/letter/renderer.hpp"

namespace {

using namespace brygga;
namespace batch = print::batch;
using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point begin) {
    return std::chrono::duration<double>(clock_type::now() - begin).count();
}

template <class T>
T must(result<T> made) {
    if (made) return std::move(*made);
    std::fprintf(stderr, "%s\n", made.error().text.c_str());
    std::exit(1);
}

// One page, as most letters are: a utility with a chart, VAT, and the slip of the document.
print::letter letter_of(const batch::document& of) {
    print::letter out;
    out.number = of.number;
    out.issued = of.issue_date;
    out.customer_number = of.recipient.customer_number;
    if (of.recipient.postal_address) out.window = of.recipient.postal_address->lines;
    print::charge_group group{"El", "anläggning 735999111000001235", {}, "KWH", {}};
    for (const char* text : {"Elöverföring, fast avgift", "Elöverföring, rörlig avgift", "Energiskatt"})
        group.rows.push_back({text, "2026-10-01 – 2026-10-31", "1200", "KWH", "0.50", 25'000, {}});
    for (unsigned month = 1; month <= 12; ++month)
        group.history.push_back({date{std::chrono::year{2025}, std::chrono::month{month}, std::chrono::day{1}}, 900'000 + month});
    out.groups.push_back(std::move(group));
    out.vat.push_back({"25", {}, 60'000, 15'000});
    if (of.payment && of.payment->method == batch::payment_method::slip) {
        out.due = of.payment->due_date;
        out.payable_ore = of.payment->amount_ore;
        out.reference = of.payment->reference;
        out.slip = print::code_line{of.payment->reference, of.payment->amount_ore, of.payment->account, print::giro::bankgiro};
    }
    return out;
}

// The drawn letters, one behind the other in a file, as the pipeline keeps them.
struct drawn_letters {
    std::filesystem::path path;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;  // by document
};

drawn_letters draw(std::vector<batch::document>& documents, const std::filesystem::path& folder) {
    drawn_letters out{folder / "letters", {}};
    const print::renderer by = must(
        print::renderer::make({.company = "Exempel Energi AB", .organisation_number = "5566778899", .footer = {}, .logo = {}}));
    std::ofstream into(out.path, std::ios::binary);
    std::uint64_t at = 0;
    for (batch::document& each : documents) {
        const print::rendered one = must(by.render(letter_of(each)));
        into.write(one.pdf.data(), static_cast<std::streamsize>(one.pdf.size()));
        each.file.size = one.pdf.size();
        each.file.sha256 = sha256_hex(one.pdf);
        each.file.pages = static_cast<std::uint32_t>(one.pages);
        out.places.emplace_back(at, one.pdf.size());
        at += one.pdf.size();
    }
    return out;
}

void write(const batch::manifest& what, const drawn_letters& letters, const std::filesystem::path& to) {
    std::ifstream from(letters.path, std::ios::binary);
    std::ofstream into(to, std::ios::binary);
    std::size_t next = 0;
    const auto bytes_of = [&](const batch::file_ref& of) -> result<std::string> {
        while (what.documents[next].file.name != of.name)
            next = (next + 1) % what.documents.size();
        std::string out(letters.places[next].second, '\0');
        from.seekg(static_cast<std::streamoff>(letters.places[next].first));
        from.read(out.data(), static_cast<std::streamsize>(out.size()));
        return out;
    };
    const auto made = must(batch::write_batch(what.header, what.documents, bytes_of, {}, [&](std::string_view bytes) {
        into.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }));
    if (!made.accepted()) {
        std::fprintf(
            stderr, "the batch is not accepted: %s\n",
            made.findings.kept().empty() ? "documents were removed" : std::string(made.findings.kept().front().rule->id).c_str());
        std::exit(1);
    }
}

canary::needles invented_secrets(int count) {
    canary::needles out;
    for (int i = 0; i != count; ++i) {
        const auto subject = static_cast<std::uint32_t>(i);
        static_cast<void>(out.add(canary::value_kind::name, subject, "Hemlig Person" + std::to_string(i)));
        static_cast<void>(out.add(canary::value_kind::street, subject, "Dolda stigen " + std::to_string(1000 + i)));
        static_cast<void>(out.add(canary::value_kind::telephone, subject, "0707" + std::to_string(100'000 + i)));
    }
    return out;
}

// As fast as bytes can be looked at.
std::size_t lines_in(std::string_view bytes) {
    std::size_t out = 0;
    while (!bytes.empty()) {
        const void* const at = std::memchr(bytes.data(), '\n', bytes.size());
        if (at == nullptr) break;
        bytes.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(at) - bytes.data()) + 1);
        ++out;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const std::filesystem::path folder = argv[2];
    std::filesystem::create_directories(folder);
    generate_settings what;
    what.count = static_cast<std::uint64_t>(std::strtoull(argv[1], nullptr, 10));
    batch::manifest all = must(batch::generated_manifest(what));

    auto begin = clock_type::now();
    const drawn_letters letters = draw(all.documents, folder);
    const double drawing = seconds_since(begin);
    const auto letter_bytes = std::filesystem::file_size(letters.path);

    begin = clock_type::now();
    write(all, letters, folder / "batch.zip");
    const double writing = seconds_since(begin);

    begin = clock_type::now();
    auto source = must(byte_source::open((folder / "batch.zip").string()));
    batch::read_options with;
    with.passed = [&](std::size_t offset) { source.release_before(offset); };
    const batch::batch_file read = batch::read_batch(source.bytes(), with);
    const double verifying = seconds_since(begin);
    if (!read.accepted() || !read.removed.empty()) return 1;
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);

    begin = clock_type::now();
    const bool may_leave = canary::scan(source.bytes(), invented_secrets(100)).may_leave();
    const double looking = seconds_since(begin);
    begin = clock_type::now();
    const bool is_text = lines_in(source.bytes()) != 0;
    const double scanning = seconds_since(begin);

    std::printf(
        "{\"documents\": %zu, \"letter_bytes\": %ju, \"draw_s\": %.3f, \"write_s\": %.3f, \"verify_s\": %.3f, \"look_s\": %.3f, "
        "\"memchr_s\": %.4f, \"archive_bytes\": %zu, \"peak_kb\": %ld}\n",
        all.documents.size(), static_cast<std::uintmax_t>(letter_bytes / all.documents.size()), drawing, writing, verifying,
        looking, scanning, source.bytes().size(), used.ru_maxrss);
    return may_leave && is_text ? 0 : 1;
}
