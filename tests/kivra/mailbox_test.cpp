// Invoices into mailboxes: Kivra as the partner of a channel, with the queue and its attempts; what Kivra does not take is
// printed, and what it may have taken never is (KIV-R11).
#include <gmock/gmock.h>

#include "connectors/dispatch/invoice_files.hpp"
#include "connectors/kivra/files.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/print/kivra/content.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/kivra/kivra_double.hpp"
#include "tests/print/kivra_samples.hpp"

namespace brygga::kivra::test {
namespace {

using namespace std::chrono_literals;
using dispatch::test::customer;
using dispatch::test::invoice;
using dispatch::test::invoice_office;
using dispatch::test::json;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using transfer::fault;

class kivra_files : public testing::Test {
 protected:
    std::unique_ptr<transfer::remote_files> made() {
        return connect(
            kivra_.settings(), [this] { return now_; }, {}, [this](std::chrono::seconds time) { waited_.push_back(time); });
    }
    transfer::outcome<std::string> put(const std::string& bytes) {
        const auto files = made();
        noted_ = 0;
        return std::get<transfer::whole_upload*>(files->uploads())
            ->put("in/x.json", bytes, sha256_hex(bytes), [this](bool last) -> transfer::outcome<void> {
                noted_ += last ? 1 : 0;
                return {};
            });
    }
    void refuse(int code, int times = 1) {
        kivra_.plan({"/content", trouble::refuses, code / 100, fmt::format("{{\"code\":{}}}", code), {}, times});
    }

    std::chrono::sys_seconds now_{1796083200s};
    kivra_double kivra_{[this] { return now_; }};
    std::vector<std::chrono::seconds> waited_;
    int noted_ = 0;
    const std::string letter_ = *write_content(sample_invoice());
};

TEST_F(kivra_files, are_taken_for_who_has_a_mailbox) {
    const auto taken = put(letter_);
    ASSERT_TRUE(taken) << taken.error().text;
    EXPECT_EQ(*taken, sha256_hex(letter_));
    EXPECT_EQ(noted_, 1);
    EXPECT_THAT(kivra_.delivered(), SizeIs(1));
}

TEST_F(kivra_files, are_not_sent_to_who_has_none) {
    kivra_.mailboxes.clear();
    EXPECT_EQ(put(letter_).error().what, fault::no_recipient) << "KIV-R09";
    EXPECT_EQ(noted_, 0);
    EXPECT_THAT(kivra_.delivered(), IsEmpty());
}

TEST_F(kivra_files, that_kivra_sends_to_paper_go_there) {
    refuse(41300);
    EXPECT_EQ(put(letter_).error().what, fault::no_recipient);
}

TEST_F(kivra_files, without_an_answer_are_repeated_and_delivered_once) {
    kivra_.plan({"/content", trouble::half_answer});
    const auto taken = put(letter_);
    ASSERT_TRUE(taken) << taken.error().text;
    EXPECT_THAT(waited_, ElementsAre(1s)) << "KIV-R11";
    ASSERT_THAT(kivra_.delivered(), SizeIs(1)) << "KIV-R10";
}

TEST_F(kivra_files, without_any_answer_are_a_persons_to_ask_about) {
    refuse(50400, 10);
    EXPECT_EQ(put(letter_).error().what, fault::unanswered) << "KIV-R11";
    EXPECT_THAT(waited_, ElementsAre(1s, 5s, 30s));
    EXPECT_EQ(noted_, 1);
}

TEST_F(kivra_files, are_tried_later_when_kivra_is_busy) {
    refuse(50300);
    EXPECT_EQ(put(letter_).error().what, fault::try_later);
}

// ---- the channel ----

const std::string with_mailboxes = R"(formats = ["print-batch"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[[tenant.partner]]
id = "kivra"
protocol = "kivra"
client_id = "energi"
client_secret = {file = "secret"}
tenant_key = "1551"
attempts = 3
first_retry_ms = 1000
longest_retry_ms = 1000
[[tenant.partner.send]]
outbox = "energi/kivra"
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
[[tenant.invoices.channel]]
by = "mailbox"
partner = "kivra"
[tenant.print]
partner = "bank"
folder = "in"
tenant_ref = "exempel-energi"
mailboxes = false
[tenant.protected]
print = "provider"
)";

class mailbox_channel : public testing::Test {
 protected:
    mailbox_channel() {
        at.how.connect = [this](const partners::partner& to,
                                std::stop_token stop) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
            if (to.id != "kivra") return at.bank.connect();
            return connect(
                kivra_.settings(), [this] { return now(); }, std::move(stop), [](std::chrono::seconds) {});
        };
        kivra_.mailboxes = {"198112289874", "SE992234567401", "200001252386"};
        json wishes = {{"first_channel", "mailbox"}};
        json person = customer("K1", "198112289874"), business = customer("K2", "169922345674", "business"),
             other = customer("K3", "193806013888"), hidden = customer("K4", "200001252386");
        for (json* each : {&person, &business, &other, &hidden})
            (*each)["invoices"] = wishes;
        hidden["protected_identity"] = true;
        at.import({person, business, other, hidden});
    }
    void take_all() {
        at.take({invoice("1001", "K1", "100164"), invoice("1002", "K2", "100263", 2), invoice("1003", "K3", "100362", 4),
                 invoice("1004", "K4", "100461")});
    }
    void run(int passes) {
        for (int i = 0; i != passes; ++i) {
            static_cast<void>(at.run());
            at.clock.now_ms += 2000;
        }
    }

    [[nodiscard]] std::chrono::sys_seconds now() const {
        return std::chrono::sys_seconds(std::chrono::seconds(at.clock.now_ms / 1000));
    }

    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), with_mailboxes};
    kivra_double kivra_{[this] { return now(); }};
};

TEST_F(mailbox_channel, delivers_and_prints_the_rest) {
    take_all();
    run(3);
    EXPECT_THAT(at.documents(),
                ElementsAre(StartsWith("1001 mailbox delivered"), StartsWith("1002 mailbox delivered"),
                            StartsWith("1003 print queued cpb_"), StartsWith("1004 forwarding queued cpb_5566778899_pro_")));
    ASSERT_THAT(kivra_.delivered(), SizeIs(2));
    for (const auto& each : kivra_.delivered()) {
        EXPECT_EQ(each.times, 1);
        EXPECT_NE(each.recipient, "200001252386") << "PRO-R02";
    }
    for (const auto& [name, bytes] : at.bank.files)
        EXPECT_TRUE(print::batch::read_batch(bytes).accepted()) << name;
}

TEST_F(mailbox_channel, never_prints_what_kivra_may_have_taken) {
    kivra_.plan({"/content", trouble::refuses, 504, R"({"code":50400})", {}, 100});
    at.take({invoice("1001", "K1", "100164")});
    run(5);
    EXPECT_THAT(at.documents(), ElementsAre(HasSubstr("1001 mailbox queued"))) << "KIV-R11";
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("failed 2 in-doubt"))) << "a person asks Kivra";
    EXPECT_THAT(at.bank.files, IsEmpty());
}

TEST_F(mailbox_channel, waits_for_kivra_when_it_is_busy) {
    kivra_.plan({"/content", trouble::refuses, 503, R"({"code":50300})", {}, 1});
    at.take({invoice("1001", "K1", "100164")});
    run(3);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 mailbox delivered")));
    EXPECT_THAT(kivra_.delivered(), SizeIs(1));
}

}  // namespace
}  // namespace brygga::kivra::test
