// Any bytes, read as a print batch (the archive, or its manifest alone) and as a receipt: the entry point of libFuzzer and of
// replay.cpp. Aborts where an oracle does not hold: two readings say the same, what is accepted is written so that it is read as
// it was, JSON gives the bytes back, a masked manifest has the same findings, and nothing is handed out of a batch whose manifest
// breaks its schema.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/archive/zip.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/batch/writer.hpp"
#include "formats/print/receipt/judge.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/registry.hpp"

namespace {

using namespace brygga::print;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "print_fuzz: %s\n", what);
    std::abort();
}

std::string text_of(const brygga::finding_list& findings) {
    std::string out = std::to_string(findings.total()) + ";";
    for (const brygga::finding& each : findings.kept())
        out += describe(each, true) + "\n";
    return out;
}

struct counting_sink : batch::sink {
    void opened(const batch::manifest&) override { ++opened_times; }
    void document(const batch::document_bytes& each) override {
        require(opened_times == 1, "a document before the manifest");
        require(each.what != nullptr && !each.what->file.name.empty(), "a document without its record");
        ++documents;
    }
    std::size_t opened_times = 0, documents = 0;
};

void check_archive(std::string_view bytes) {
    counting_sink sink;
    const batch::batch_file file = batch::read_batch(bytes, {}, &sink);
    require(file.is_whole || sink.opened_times == 0, "a broken manifest is handed out");
    require(sink.documents <= file.content.documents.size(), "more documents than the manifest has");
    require(text_of(file.findings) == text_of(batch::read_batch(bytes).findings), "two readings differ");
    for (const batch::removed_document& each : file.removed)
        require(each.document < file.content.documents.size(), "a document is removed that is not there");
}

void check_manifest(std::string_view bytes) {
    const batch::batch_file file = batch::read_manifest(bytes);
    require(text_of(file.findings) == text_of(batch::read_manifest(bytes).findings), "two readings differ");
    require(file.is_whole || file.findings.refused(), "half a manifest is accepted");
    if (!file.is_whole || !file.accepted()) return;
    require(totals_of(file.content.documents) == file.content.totals, "totals are accepted that are wrong");
    const std::string written = batch::write_manifest(file.content);
    const batch::batch_file back = batch::read_manifest(written);
    require(back.content == file.content, "a manifest is read otherwise than it was written");
    require(batch::write_manifest(back.content) == written, "a manifest is written another time as another");
}

void check_receipt(std::string_view bytes) {
    const receipt::receipt_file file = receipt::read_receipt(bytes);
    require(text_of(file.findings) == text_of(receipt::read_receipt(bytes).findings), "two readings differ");
    if (!file.accepted()) return;
    const std::string written = receipt::write_receipt(file.content);
    const receipt::receipt_file back = receipt::read_receipt(written);
    require(back.accepted() && back.content == file.content, "a receipt is read otherwise than it was written");
    receipt::batch_state state{file.content.batch_id, file.content.digest, file.content.number - 1, false, {}, {}};
    for (const receipt::document_status& each : file.content.documents)
        state.documents[each.id] = {false, receipt::status::sent, 1, 1, {}, {}};
    const std::string hash = brygga::sha256_hex(bytes);
    const receipt::judgement first = receipt::judge(file.content, hash, state);
    if (first.outcome != receipt::verdict::apply) return;
    require(receipt::judge(file.content, hash, first.after).outcome == receipt::verdict::repeat, "a repetition is not known");
}

std::string to_json(const brygga::format& which, std::string_view bytes) {
    std::string out;
    which.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

void check_commands(const brygga::format& which, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    which.show(bytes, {}, {}, ignore);
    require(which.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    const std::string json = to_json(which, bytes);
    std::string back;
    const auto done = which.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value() && back == bytes, "JSON does not give the bytes back");
    std::string masked;
    which.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    which.check(bytes, {}, [&](const brygga::check_report& real) {
        if (!real.accepted || brygga::archive::is_zip(bytes)) return;
        which.check(masked, {}, [&](const brygga::check_report& other) { require(other.accepted, "a masked file is refused"); });
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (brygga::archive::is_zip(bytes))
        check_archive(bytes);
    else
        check_manifest(bytes);
    check_receipt(bytes);
    const brygga::format& receipts = *brygga::find_format("print-receipt");
    check_commands(receipts.sniff(bytes) ? receipts : *brygga::find_format("print-batch"), bytes);
    return 0;
}
