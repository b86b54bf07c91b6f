#include "formats/iso20022/pain/detail/answer.hpp"

#include <fmt/format.h>

#include "formats/invented/payers.hpp"
#include "formats/iso20022/pain/reader.hpp"
#include "formats/xml/texts.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::pain::detail {

namespace {

constexpr std::uint16_t version = 3;

struct answered_payment {
    std::string id;
    std::string_view status, reason, words;
};
struct answered_group {
    std::string id;
    std::vector<answered_payment> payments;
};

// Decides what becomes of each payment of the order.
class decisions : public sink {
 public:
    explicit decisions(std::uint64_t seed) : random_(seed + 2) {}

    void payment(const payment_view& item) override {
        if (item.group_ordinal == 1) groups.push_back({std::string(item.group->id.text), {}});
        answered_payment made{item.what.id, "ACCP", {}, {}};
        const std::uint64_t lot = random_.below(100);
        if (!faults_of(item.what, {}).empty())
            reject(made, "AC01", "Kontonumret är fel");
        else if (lot < 3)
            reject(made, "AC04", "Kontot är avslutat");
        else if (lot < 6)
            reject(made, "AM04", "Täckning saknas");
        else if (lot < 70)
            made.status = "ACSP";
        groups.back().payments.push_back(std::move(made));
    }

    std::vector<answered_group> groups;

 private:
    static void reject(answered_payment& made, std::string_view reason, std::string_view words) {
        made.status = "RJCT";
        made.reason = reason;
        made.words = words;
    }

    invented::random_numbers random_;
};

struct tally {
    std::size_t rejected = 0, all = 0;

    void add(const answered_group& of) {
        for (const answered_payment& each : of.payments)
            rejected += each.reason.empty() ? 0U : 1U;
        all += of.payments.size();
    }
    [[nodiscard]] std::string_view status() const noexcept {
        if (rejected == 0) return "ACCP";
        return rejected == all ? "RJCT" : "PART";
    }
};

class report_writer {
 public:
    report_writer(const std::vector<answered_group>& groups, const output& to) : groups_(groups), out_(to, version) {}

    void run(const initiation_file& order, bool with_original_id) {
        tally of_order;
        for (const answered_group& each : groups_)
            of_order.add(each);
        report made;
        made.id = header_.keep("ANSWER-" + order.id);
        made.created = header_.keep(order.created);
        if (with_original_id) made.original_id = header_.keep(order.id);
        made.original_name = header_.keep(fmt::format("pain.001.001.{:02}", order.version));
        made.status = header_.keep(std::string(of_order.status()));
        out_.document("Document", fmt::format("urn:iso:std:iso:20022:tech:xsd:pain.002.001.{:02}", version), [&] {
            out_.open("CstmrPmtStsRpt", report_table(), &made);
            for (const answered_group& each : groups_)
                group(each);
            out_.close();
        });
    }

 private:
    void group(const answered_group& item) {
        texts_.clear();
        tally of_group;
        of_group.add(item);
        instruction_status made;
        made.id = texts_.keep(item.id);
        made.status = texts_.keep(std::string(of_group.status()));
        out_.open("OrgnlPmtInfAndSts", instruction_status_table(), &made);
        for (const answered_payment& each : item.payments)
            payment(each);
        out_.close();
    }

    void payment(const answered_payment& item) {
        payment_texts_.clear();
        transaction_status made;
        made.instruction_id = payment_texts_.keep(item.id);
        made.end_to_end_id = payment_texts_.keep(item.id);
        made.status = payment_texts_.keep(std::string(item.status));
        if (!item.reason.empty()) {
            status_reason& why = made.reasons.add();
            why.code = payment_texts_.keep(std::string(item.reason));
            why.additional.add() = payment_texts_.keep(std::string(item.words));
        }
        out_.whole("TxInfAndSts", transaction_status_table(), &made);
    }

    const std::vector<answered_group>& groups_;
    xml::writer out_;
    xml::texts header_, texts_, payment_texts_;
};

}  // namespace

void answer(std::string_view order, const answer_settings& how, const output& to) {
    decisions made(how.seed);
    const initiation_file file = read(order, {}, &made);
    report_writer(made.groups, to).run(file, how.with_original_id);
}

}  // namespace brygga::pain::detail
