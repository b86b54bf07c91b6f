// The store of originals with keys: plain and encrypted ones side by side, older keys, and what cannot be read.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/encryption/encrypted_file.hpp"
#include "connectors/intake/original_encryption.hpp"
#include "connectors/intake/original_store.hpp"
#include "formats/core/sha256.hpp"
#include "tests/encryption/in_memory.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::intake {
namespace {

using encryption::key_of;
using encryption::key_ring;
using intake_test::get;
using intake_test::put;
using testing::HasSubstr;

key_ring first_key() {
    return {{key_of("1", 'a')}, "1"};
}

key_ring both_keys() {
    return {{key_of("1", 'a'), key_of("2", 'b')}, "2"};
}

fingerprint fingerprint_in(std::string_view bytes) {
    return {sha256_hex(bytes), bytes.size()};
}

class encrypted_originals : public testing::Test {
 protected:
    [[nodiscard]] std::filesystem::path place(std::string_view bytes) const {
        const std::string name = sha256_hex(bytes);
        return folder_ / name.substr(0, 2) / name;
    }
    // The id of the key that it is encrypted with; empty for a plain one.
    [[nodiscard]] std::string key_in(std::string_view bytes) const {
        const std::string there = get(place(bytes));
        if (!encryption::is_encrypted(there, sha256_hex(bytes))) return {};
        return encryption::parse_header(there)->key_id;
    }
    [[nodiscard]] std::unique_ptr<original_store> store(key_ring keys) {
        return open_folder_store(files_, folder_, std::move(keys));
    }
    result<void> keep(std::string_view bytes, key_ring keys) {
        put(in_, bytes);
        return store(std::move(keys))->keep(in_, fingerprint_in(bytes), "K");
    }
    [[nodiscard]] std::string read(std::string_view bytes, key_ring keys) {
        const auto source = store(std::move(keys))->open(fingerprint_in(bytes));
        return source ? std::string(source->bytes()) : source.error().text;
    }
    [[nodiscard]] std::size_t leftovers() const {
        std::size_t out = 0;
        for (const auto& each : std::filesystem::directory_iterator(folder_ / "tmp"))
            out += each.path().filename() == ".encrypt-lock" ? 0U : 1U;
        return out;
    }
    void damage(std::string_view bytes) const {
        std::string there = get(place(bytes));
        there.back() = static_cast<char>(there.back() + 1);
        put(place(bytes), there);
    }
    result<encryption_outcome> encrypt(const key_ring& keys) { return encrypt_originals(files_, folder_, keys, {}); }

    intake_test::scratch_folder scratch_;
    std::filesystem::path folder_ = scratch_.path() / "originals";
    std::filesystem::path in_ = scratch_.path() / "in";
    intake_test::faulty_files files_;
};

TEST_F(encrypted_originals, are_read_beside_plain_ones_and_with_older_keys) {
    ASSERT_TRUE(keep("plain", {}) && keep("first", first_key()) && keep("second", both_keys()));
    EXPECT_EQ(key_in("plain"), "");
    EXPECT_EQ(key_in("first"), "1");
    EXPECT_EQ(key_in("second"), "2");
    for (const auto* const bytes : {"plain", "first", "second"}) {
        EXPECT_EQ(read(bytes, both_keys()), bytes);
        EXPECT_TRUE(store(both_keys())->prove(fingerprint_in(bytes)));
        EXPECT_TRUE(keep(bytes, both_keys())) << "again";
    }
    EXPECT_EQ(key_in("plain"), "") << "only the command rewrites";
    EXPECT_EQ(store(both_keys())->open(fingerprint_in("none")).error().code, error_code::not_found);
    EXPECT_EQ(store(both_keys())->prove(fingerprint_in("none")).error().code, error_code::not_found);
}

TEST_F(encrypted_originals, of_every_size) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, file_block_bytes, 2 * file_block_bytes + 1}) {
        const std::string bytes = encryption::some_bytes(size);
        ASSERT_TRUE(keep(bytes, first_key()));
        EXPECT_EQ(key_in(bytes), "1");
        EXPECT_TRUE(read(bytes, first_key()) == bytes) << size;
    }
}

TEST_F(encrypted_originals, without_their_key_name_it) {
    ASSERT_TRUE(keep("first", first_key()));
    const key_ring another({key_of("1", 'x')}, "1");
    for (const auto& [keys, text] : {std::pair(key_ring(), "the key 1, which the configuration does not name"),
                                     std::pair(another, "another key 1 than the one that is configured")}) {
        EXPECT_EQ(store(keys)->open(fingerprint_in("first")).error().code, error_code::invalid_config);
        EXPECT_THAT(store(keys)->open(fingerprint_in("first")).error().text, HasSubstr(text));
        EXPECT_THAT(store(keys)->prove(fingerprint_in("first")).error().text, HasSubstr(text));
        // It may be good: nothing is written over it.
        EXPECT_EQ(keep("first", keys).error().code, error_code::invalid_config);
    }
    EXPECT_EQ(read("first", first_key()), "first");
}

TEST_F(encrypted_originals, that_were_damaged_are_seen_and_replaced) {
    ASSERT_TRUE(keep("first", first_key()));
    damage("first");
    EXPECT_EQ(store(first_key())->open(fingerprint_in("first")).error().code, error_code::corrupt);
    EXPECT_EQ(store(first_key())->prove(fingerprint_in("first")).error().code, error_code::corrupt);
    EXPECT_TRUE(keep("first", first_key()));
    EXPECT_EQ(read("first", first_key()), "first");
    put(place("first"), "a");
    EXPECT_THAT(read("first", first_key()), HasSubstr("holds other bytes than when it was kept"));
    EXPECT_TRUE(keep("first", first_key()));
    EXPECT_EQ(read("first", first_key()), "first");
}

// Well encrypted, with our own key, under the name of another one.
TEST_F(encrypted_originals, under_another_name_are_no_originals) {
    ASSERT_TRUE(keep("first", first_key()) && keep("other", first_key()));
    put(place("first"), get(place("other")));
    EXPECT_EQ(store(first_key())->prove(fingerprint_in("first")).error().code, error_code::corrupt);
    // Even if somebody who has the key wrote a wrong hash on purpose.
    encryption::file_in_memory forged;
    auto into = encryption::writer::begin(forged, key_of("1", 'a'), {sha256_hex("first"), 5});
    ASSERT_TRUE(into && into->add("other") && into->finish());
    put(place("first"), forged.content);
    EXPECT_EQ(store(first_key())->prove(fingerprint_in("first")).error().code, error_code::corrupt);
    EXPECT_EQ(store(first_key())->open(fingerprint_in("first")).error().code, error_code::corrupt);
}

TEST_F(encrypted_originals, a_delivered_file_may_look_like_one) {
    const std::string delivered = encryption::encrypted("abc", key_of("1", 'a'));
    for (const key_ring& keys : {key_ring(), first_key()}) {
        std::filesystem::remove_all(folder_);
        ASSERT_TRUE(keep(delivered, keys));
        EXPECT_EQ(read(delivered, keys), delivered);
        ASSERT_TRUE(encrypt(first_key()));
        EXPECT_EQ(read(delivered, first_key()), delivered);
        EXPECT_EQ(key_in(delivered), "1");
    }
}

TEST_F(encrypted_originals, a_file_that_changed_meanwhile_is_not_kept) {
    const fingerprint is = fingerprint_in("abc");
    for (const auto* const changed : {"abd", "ab", "abcd"}) {
        put(in_, changed);
        EXPECT_EQ(store(first_key())->keep(in_, is, "K").error().code, error_code::busy) << changed;
        EXPECT_FALSE(std::filesystem::exists(place("abc")));
        EXPECT_EQ(leftovers(), 0U);
    }
}

TEST_F(encrypted_originals, need_room_for_what_is_added_to_them) {
    put(in_, "abc");
    files_.free_space = min_free_bytes + encryption::encrypted_size(3) - 1;
    EXPECT_EQ(store(first_key())->keep(in_, fingerprint_in("abc"), "K").error().code, error_code::no_space);
    *files_.free_space += 1;
    EXPECT_TRUE(store(first_key())->keep(in_, fingerprint_in("abc"), "K"));
}

TEST_F(encrypted_originals, a_failure_anywhere_can_be_repeated) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            std::filesystem::remove_all(folder_);
            put(in_, "abc");
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            faulty.moment = moment;
            failed = !open_folder_store(faulty, folder_, first_key())->keep(in_, fingerprint_in("abc"), "K");
            const auto kept = store(first_key())->open(fingerprint_in("abc"));
            EXPECT_TRUE(!kept || kept->bytes() == "abc");
            EXPECT_TRUE(keep("abc", first_key()));
            EXPECT_EQ(read("abc", first_key()), "abc");
            EXPECT_EQ(leftovers(), 0U) << "call " << n;
            ASSERT_TRUE(n > 20 || failed);
        }
    }
}

TEST_F(encrypted_originals, reading_one_fails_where_a_call_does) {
    ASSERT_TRUE(keep("abc", first_key()));
    for (const bool proves : {false, true}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            const auto kept = open_folder_store(faulty, folder_, first_key());
            failed = proves ? !kept->prove(fingerprint_in("abc")) : !kept->open(fingerprint_in("abc"));
            EXPECT_EQ(failed, faulty.calls >= n);
            ASSERT_TRUE(n > 3 || failed);
        }
    }
}

TEST_F(encrypted_originals, keys_are_read_and_known_when_the_store_is_opened) {
    const std::filesystem::path key = scratch_.path() / "key";
    const std::optional<encryption::key_settings> settings = encryption::key_settings{"1", {{"1", {key, {}, {}}}}};
    EXPECT_TRUE(open_originals(files_, folder_, std::nullopt));
    EXPECT_EQ(open_originals(files_, folder_, settings).error().code, error_code::not_found);
    put(key, std::string(64, 'a'));
    std::filesystem::permissions(key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    put(in_, "abc");
    ASSERT_TRUE((*open_originals(files_, folder_, settings))->keep(in_, fingerprint_in("abc"), "K"));
    EXPECT_TRUE(open_originals(files_, folder_, settings));
    put(key, std::string(64, 'b'));
    const auto other = open_originals(files_, folder_, settings);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, error_code::invalid_config);
    EXPECT_THAT(other.error().text, HasSubstr("the key 1 of the originals is not the one"));
}

TEST_F(encrypted_originals, all_are_encrypted_with_the_current_key_once) {
    const std::string large = encryption::some_bytes(2 * file_block_bytes + 1);
    ASSERT_TRUE(keep("plain", {}) && keep(large, {}) && keep("", {}) && keep("first", first_key()) &&
                keep("second", both_keys()));
    put(folder_ / sha256_hex("plain").substr(0, 2) / "note.txt", "x");
    const auto done = encrypt(both_keys());
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(done->encrypted, 3U);
    EXPECT_EQ(done->renewed, 1U);
    EXPECT_EQ(done->current, 1U);
    EXPECT_EQ(done->strange, 1U);
    EXPECT_EQ(done->faults_total, 0U);
    for (const std::string& bytes : {std::string("plain"), large, std::string(), std::string("first"), std::string("second")}) {
        EXPECT_EQ(key_in(bytes), "2");
        EXPECT_TRUE(read(bytes, key_ring({key_of("2", 'b')}, "2")) == bytes);
    }
    const std::string before = get(place("plain"));
    const auto again = encrypt(both_keys());
    EXPECT_EQ(again->encrypted + again->renewed, 0U);
    EXPECT_EQ(again->current, 5U);
    EXPECT_EQ(get(place("plain")), before);
    EXPECT_EQ(leftovers(), 0U);
}

TEST_F(encrypted_originals, what_cannot_be_encrypted_stays_as_it_is) {
    ASSERT_TRUE(keep("plain", {}) && keep("damaged", {}) && keep("first", first_key()) && keep("broken", both_keys()) &&
                keep("second", key_ring({key_of("2", 'b')}, "2")));
    put(place("damaged"), "damagex");
    damage("first");
    const key_ring third({key_of("1", 'a'), key_of("3", 'c')}, "3");
    const auto done = encrypt(third);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->encrypted, 1U);
    EXPECT_EQ(done->faults_total, 4U);
    EXPECT_THAT(done->faults,
                testing::UnorderedElementsAre(
                    HasSubstr(sha256_hex("damaged") + ": it holds other bytes than when it was kept"),
                    HasSubstr(sha256_hex("first") + ": the encrypted file was changed or damaged, at block 1"),
                    HasSubstr(sha256_hex("broken") + ": it is encrypted with the key 2, which the configuration does not name"),
                    HasSubstr(sha256_hex("second") + ": it is encrypted with the key 2")));
    EXPECT_EQ(get(place("damaged")), "damagex");
    EXPECT_EQ(key_in("first"), "1");
    EXPECT_EQ(read("plain", third), "plain");
    EXPECT_EQ(leftovers(), 0U);
}

TEST_F(encrypted_originals, faults_are_told_up_to_a_limit) {
    for (std::size_t i = 0; i < max_encryption_faults + 1; ++i) {
        const std::string bytes = fmt::format("file {}", i);
        ASSERT_TRUE(keep(bytes, {}));
        put(place(bytes), "x");
        const auto done = encrypt(first_key());
        EXPECT_EQ(done->faults_total, i + 1);
        EXPECT_EQ(done->faults.size(), std::min(i + 1, max_encryption_faults));
    }
}

TEST_F(encrypted_originals, are_encrypted_by_one_process_at_a_time_and_with_a_key) {
    ASSERT_TRUE(keep("plain", {}));
    EXPECT_EQ(encrypt({}).error().code, error_code::invalid_argument);
    const auto lock = filedrop::take_lock(files_, folder_ / "tmp" / ".encrypt-lock");
    ASSERT_TRUE(lock);
    EXPECT_EQ(encrypt(first_key()).error().code, error_code::busy);
    EXPECT_EQ(key_in("plain"), "");
}

TEST_F(encrypted_originals, without_room_for_two_forms_of_it_stays_plain) {
    ASSERT_TRUE(keep("plain", {}));
    files_.free_space = min_free_bytes + encryption::encrypted_size(5) - 1;
    EXPECT_EQ(encrypt(first_key())->faults_total, 1U);
    *files_.free_space += 1;
    EXPECT_EQ(encrypt(first_key())->encrypted, 1U);
}

// Whatever call fails while all is encrypted: each original can be read, and the next run has nothing left over.
TEST_F(encrypted_originals, encrypting_them_may_fail_anywhere) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            std::filesystem::remove_all(folder_);
            ASSERT_TRUE(keep("plain", {}) && keep("first", first_key()));
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            faulty.moment = moment;
            const auto done = encrypt_originals(faulty, folder_, both_keys(), {});
            failed = faulty.calls >= n;
            EXPECT_TRUE(failed || (done && done->faults_total == 0));
            for (const auto* const bytes : {"plain", "first"})
                ASSERT_EQ(read(bytes, both_keys()), bytes) << "call " << n;
            const auto again = encrypt(both_keys());
            ASSERT_TRUE(again && again->faults_total == 0) << "call " << n;
            for (const auto* const bytes : {"plain", "first"}) {
                ASSERT_EQ(read(bytes, both_keys()), bytes) << "call " << n;
                ASSERT_EQ(key_in(bytes), "2");
            }
            EXPECT_EQ(leftovers(), 0U) << "call " << n;
            ASSERT_TRUE(n > 40 || failed);
        }
    }
}

// What was written is read back before the old one goes: here a disk that loses the last byte.
TEST_F(encrypted_originals, the_old_one_stays_when_the_new_one_cannot_be_read_back) {
    ASSERT_TRUE(keep("plain", {}));
    const auto spoil = [&](std::string_view step) {
        if (step == step::original_encrypted)
            std::filesystem::resize_file(folder_ / "tmp/encrypt", encryption::encrypted_size(5) - 1);
    };
    const auto done = encrypt_originals(files_, folder_, first_key(), spoil);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->faults_total, 1U);
    EXPECT_EQ(done->encrypted, 0U);
    EXPECT_EQ(key_in("plain"), "");
    EXPECT_EQ(read("plain", {}), "plain");
    EXPECT_EQ(leftovers(), 0U);
}

}  // namespace
}  // namespace brygga::intake
