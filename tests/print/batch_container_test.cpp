// The archive of a print batch: what is written, what of others is taken, and what is not (print-batch.md 2.2, 2.3, 4.3).
#include <set>

#include <gmock/gmock.h>

#include "formats/archive/zip.hpp"
#include "formats/archive/zip_writer.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/totals.hpp"
#include "tests/print/batches.hpp"

namespace brygga::print::batch {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

file_bytes bytes_from(const sample& of) {
    return [&of](const file_ref& what) -> result<std::string> {
        const auto found = of.files.find(what.name);
        if (found == of.files.end()) return fail(error_code::not_found, "no such file");
        return found->second;
    };
}

struct written {
    std::string bytes;
    result<written_batch> outcome;
};

written write(const sample& of, const read_options& with = {}) {
    written made{{}, fail(error_code::io, "not written")};
    made.outcome = write_batch(of.header, of.documents, bytes_from(of), with, [&](std::string_view part) { made.bytes += part; });
    return made;
}

// With data and a shared attachment.
sample rich_sample() {
    sample made = good_sample();
    made.documents[1].data = file_ref{"data/D0000002.xml", 0, {}, 0};
    put_file(made, *made.documents[1].data, "<PrintData xmlns=\"urn:x-cpb:data:1\"/>");
    file_ref terms{"att/terms.pdf", 0, {}, 1};
    put_file(made, terms, made.files.at("docs/D0000003.pdf"));
    made.documents[0].attachments = made.documents[2].attachments = {terms};
    return made;
}

std::vector<std::string> names_in(std::string_view bytes) {
    std::vector<std::string> made;
    const auto entries = archive::list_zip(bytes, {}).value();
    for (const archive::zip_entry& each : entries)
        made.emplace_back(each.name);
    return made;
}

TEST(batch_container, is_written_as_section_2_3_wants_it_and_read_back) {
    const sample item = rich_sample();
    const written made = write(item);
    ASSERT_TRUE(made.outcome) << made.outcome.error().text;
    EXPECT_EQ(told(made.outcome->findings), "");
    EXPECT_EQ(made.outcome->bytes, made.bytes.size());
    EXPECT_EQ(made.bytes, write(item).bytes);
    EXPECT_THAT(names_in(made.bytes), ElementsAre("manifest.xml", "docs/D0000001.pdf", "docs/D0000002.pdf", "docs/D0000003.pdf",
                                                  "data/D0000002.xml", "att/terms.pdf"));
    const auto at = archive::dos_time_of(std::chrono::sys_days(std::chrono::year{2026} / 11 / 30) + std::chrono::hours(4) +
                                         std::chrono::minutes(5) + std::chrono::seconds(6));
    const auto entries = archive::list_zip(made.bytes, {}).value();
    for (const archive::zip_entry& each : entries) {
        EXPECT_EQ(each.method, 0U);
        EXPECT_EQ((archive::dos_time{each.day, each.clock}), *at);
        EXPECT_FALSE(each.has_descriptor || each.has_extra || each.is_zip64 || each.is_folder);
        EXPECT_TRUE(each.is_alike && each.begins_behind_last);
    }
    const batch_file back = read_batch(made.bytes);
    EXPECT_EQ(told(back.findings), "");
    EXPECT_EQ(back.content, manifest_of(item));
    EXPECT_EQ(back.content.totals.pages, 7U);
    EXPECT_EQ(back.content.totals.sheets, 6U);
}

// Without a clock of the machine: summer and winter are those of Sweden.
TEST(batch_container, times_are_local) {
    header of;
    of.created_at = "2026-07-01T22:30:01Z";
    using namespace std::chrono;
    EXPECT_EQ(local_time_of(of), sys_days(year{2026} / 7 / 2) + minutes(30) + seconds(1));
    of.created_at = "2026-07-01T22:30:01";
    EXPECT_FALSE(local_time_of(of));
}

TEST(batch_container, hands_out_each_file_once) {
    struct keeper : sink {
        void opened(const manifest& of) override { documents = of.documents.size(); }
        void document(const document_bytes& each) override {
            pdfs.push_back(each.what->id);
            EXPECT_EQ(each.pdf.size(), each.what->file.size);
            ASSERT_NE(each.facts, nullptr);
            EXPECT_EQ(each.facts->pages, each.what->file.pages);
        }
        void other(const file_ref& what, std::string_view) override { others.push_back(what.name); }
        std::size_t documents = 0;
        std::vector<std::string> pdfs, others;
    } kept;
    EXPECT_TRUE(read_batch(write(rich_sample()).bytes, {}, &kept).accepted());
    EXPECT_EQ(kept.documents, 3U);
    EXPECT_THAT(kept.pdfs, ElementsAre("D0000001", "D0000002", "D0000003"));
    EXPECT_THAT(kept.others, ElementsAre("data/D0000002.xml", "att/terms.pdf"));
}

TEST(batch_container, nothing_is_written_of_a_batch_with_errors) {
    sample item = good_sample();
    item.documents[0].kind = document_kind::letter;
    const written made = write(item);
    ASSERT_TRUE(made.outcome);
    EXPECT_FALSE(made.outcome->accepted());
    EXPECT_THAT(made.outcome->removed, ElementsAre(removed_document{0, rule::R07}));
    EXPECT_EQ(made.bytes, "");
}

TEST(batch_container, files_are_what_was_told_of_them) {
    sample item = good_sample();
    item.files["docs/D0000002.pdf"] += "x";
    EXPECT_EQ(write(item).outcome.error().code, error_code::invalid_content);
    item.files.erase("docs/D0000002.pdf");
    EXPECT_EQ(write(item).outcome.error().code, error_code::not_found);
    item = good_sample();
    item.header.created_at = "2026-11-30T04:05:06";
    EXPECT_EQ(write(item).outcome.error().code, error_code::invalid_argument);
    item = good_sample();
    item.documents[0].recipient.name = "Anna  Exempel";  // would be read with one blank
    EXPECT_EQ(write(item).outcome.error().code, error_code::invalid_argument);
    read_options small;
    small.limits.archive_bytes = write(good_sample()).bytes.size() - 1;
    EXPECT_EQ(write(good_sample(), small).outcome.error().code, error_code::limit_exceeded);
}

// ---- PRB-R03: the form of others' archives ----

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string out;
    archive::zip_writer to([&](std::string_view part) { out += part; },
                           archive::dos_time_of(*local_time_of(good_sample().header)).value());
    for (const auto& [name, bytes] : members)
        EXPECT_TRUE(to.add(name, bytes));
    EXPECT_TRUE(to.finish());
    return out;
}

TEST(batch_container, R03_members_stand_in_order) {
    const sample item = rich_sample();
    std::vector<std::pair<std::string, std::string>> all = {{"manifest.xml", manifest_bytes(item)}};
    for (const char* name : {"docs/D0000001.pdf", "docs/D0000002.pdf", "docs/D0000003.pdf", "data/D0000002.xml", "att/terms.pdf"})
        all.emplace_back(name, item.files.at(name));
    EXPECT_EQ(told(read_batch(zip_of(all)).findings), "");
    std::swap(all[1], all[2]);
    EXPECT_EQ(told(read_batch(zip_of(all)).findings), "error PRB-R03\n");
    std::swap(all[1], all[2]);
    std::swap(all[4], all[5]);
    EXPECT_EQ(told(read_batch(zip_of(all)).findings), "error PRB-R03\n");
    std::swap(all[4], all[5]);
    std::swap(all[0], all[1]);
    const batch_file late = read_batch(zip_of(all));
    EXPECT_THAT(told(late.findings), HasSubstr("error PRB-R03\n"));
    EXPECT_FALSE(late.is_whole);
    EXPECT_EQ(told(read_batch(zip_of({})).findings), "error PRB-R03\n");
    EXPECT_EQ(told(read_batch("no archive").findings), "error PRB-R03\n");
}

TEST(batch_container, R03_members_are_plain) {
    const std::string good = archive_of(good_sample());
    const auto with = [&](std::size_t at_local, std::size_t at_entry, std::string_view bytes) {
        std::string changed = good;
        const std::size_t entry = changed.find("PK\x01\x02");
        changed.replace(at_local, bytes.size(), bytes);
        changed.replace(entry + at_entry, bytes.size(), bytes);
        return changed;
    };
    using namespace std::string_view_literals;
    EXPECT_EQ(told(read_batch(with(10, 12, "\x00\x00"sv)).findings), "warning PRB-R03\n");            // another time
    EXPECT_THAT(told(read_batch(with(8, 10, "\x01\x00"sv)).findings), HasSubstr("error PRB-R03\n"));  // method shrink
    std::string differs = good;
    differs[10] = '\0';  // the time, in the local header alone
    EXPECT_EQ(told(read_batch(differs).findings), "error PRB-R03\n");
    std::string damaged = good;
    damaged[good.find("Provgatan")] = 'X';
    EXPECT_THAT(told(read_batch(damaged).findings), HasSubstr("error PRB-R03\n"));
}

TEST(batch_container, R03_two_documents_do_not_share_a_file_and_folders_fit) {
    sample shared = good_sample();
    shared.documents[2].file = shared.documents[1].file;
    shared.files.erase("docs/D0000003.pdf");
    EXPECT_THAT(told(read_batch(archive_of(shared)).findings), HasSubstr("error PRB-R03 Documents/Document[3]/File\n"));
    sample other_folder = good_sample();
    other_folder.documents[2].file.name = "att/D0000003.pdf";
    make_pdf(other_folder, 2);
    other_folder.files.erase("docs/D0000003.pdf");
    EXPECT_EQ(told(read_batch(archive_of(other_folder)).findings), "error PRB-R03 Documents/Document[3]/File\n");
}

TEST(batch_container, R03_limits_hold) {
    const std::string bytes = archive_of(good_sample());
    read_options with;
    with.limits.archive_bytes = bytes.size();
    EXPECT_TRUE(read_batch(bytes, with).accepted());
    --with.limits.archive_bytes;
    EXPECT_EQ(told(read_batch(bytes, with).findings), "error PRB-R03\n");
    with = {};
    with.limits.unpacked_bytes = 1'000;
    EXPECT_EQ(told(read_batch(bytes, with).findings), "error PRB-R03\n");
}

// ---- splitting ----

document of_size(std::uint64_t bytes, std::string group = {}) {
    document made;
    made.file.size = bytes;
    made.print.group_key = std::move(group);
    return made;
}

TEST(batch_split, takes_as_many_as_fit) {
    const std::vector<document> all(5, of_size(1'000'000));
    EXPECT_THAT(*split(all), ElementsAre(ElementsAre(0, 1, 2, 3, 4)));
    EXPECT_THAT(*split(all, {2, 500'000'000}), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
    EXPECT_THAT(*split(all, {5'000, 3'100'000}), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3, 4)));
    EXPECT_THAT(*split({}), IsEmpty());
}

TEST(batch_split, keeps_an_envelope_together) {
    const std::vector<document> all = {of_size(1), of_size(1, "A"), of_size(1), of_size(1), of_size(1, "A")};
    EXPECT_THAT(*split(all, {3, 500'000'000}), ElementsAre(ElementsAre(0, 1, 4), ElementsAre(2, 3)));
    EXPECT_THAT(*split(all, {2, 500'000'000}), ElementsAre(ElementsAre(0), ElementsAre(1, 4), ElementsAre(2, 3)));
    EXPECT_EQ(split(all, {1, 500'000'000}).error().code, error_code::limit_exceeded);
    EXPECT_EQ(split(all, {5, 1'000}).error().code, error_code::limit_exceeded);
}

// What is estimated is never less than what is written.
TEST(batch_split, estimates_from_above) {
    const sample item = rich_sample();
    const std::size_t size = write(item).bytes.size();
    const auto parts = split(item.documents, {5'000, size});
    EXPECT_TRUE(!parts || parts->size() > 1);
}

// ---- names (2.2) ----

TEST(batch_file_name, is_read_and_written) {
    for (const char* name : {"cpb_5561234567_inv_20261130_000123.zip", "cpb_5561234567_pro_20261130_999999_r1.xml",
                             "cpb_5561234567_col_20240229_000000_r20.xml"}) {
        const auto known = parse_file_name(name);
        ASSERT_TRUE(known) << name;
        EXPECT_EQ(format_file_name(*known), name);
    }
    for (const char* name : {"", "cpb_556123456_inv_20261130_000123.zip", "cpb_5561234567_xyz_20261130_000123.zip",
                             "cpb_5561234567_inv_20261131_000123.zip", "cpb_5561234567_inv_20261130_00123.zip",
                             "cpb_5561234567_inv_20261130_000123_r0.xml", "cpb_5561234567_inv_20261130_000123_r01.xml",
                             "cpb_5561234567_inv_20261130_000123_r.xml", "cpb_5561234567_inv_20261130_000123.zip.part",
                             "xpb_5561234567_inv_20261130_000123.zip", "cpb_5561234567_inv_20261130_000123"})
        EXPECT_FALSE(parse_file_name(name)) << name;
}

TEST(batch_file_name, follows_from_the_header) {
    header of = good_sample().header;
    EXPECT_EQ(format_file_name(file_name_of(of, 123).value()), "cpb_5561234567_inv_20261130_000123.zip");
    of.handling = handling::protected_identity;
    of.created_at = "2026-11-30T23:30:00Z";
    EXPECT_EQ(format_file_name(file_name_of(of, 1).value()), "cpb_5561234567_pro_20261201_000001.zip");
    EXPECT_FALSE(file_name_of(of, 1'000'000));
}

}  // namespace

}  // namespace brygga::print::batch
